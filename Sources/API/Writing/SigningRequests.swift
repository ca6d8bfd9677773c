import Kinds
import Loop
package import Tree

/// What happens to CertificateSigningRequests on their way in (k8s.io/kubernetes, registry/certificates/certificates).
enum SigningRequests {
  /// Notes who asks; a new request is never approved.
  static func prepareForCreate(_ value: inout Value, _ kind: Kind, _ sender: Sender?) {
    guard kind == .certificateSigningRequest else { return }
    let caller = sender?.caller
    value["spec", "username"] = caller.map { .string($0.name) }
    value["spec", "uid"] = caller?.uid.map(Value.string)
    value["spec", "groups"] = caller.map { .array($0.groups.map(Value.string)) }
    value["spec", "extra"] = caller?.userInfo["extra"]
  }

  /// Gives conditions that have none their times.
  static func stamp(_ value: inout Value, old: Value, _ kind: Kind, at now: Time) {
    guard kind == .certificateSigningRequest, var conditions = value["status", "conditions"]?.array else { return }
    let known = old["status", "conditions"]?.array ?? []
    for (index, condition) in conditions.enumerated() {
      let same = known.first { $0["type"] == condition["type"] && $0["status"] == condition["status"] }
      if condition["lastTransitionTime"]?.string == nil {
        conditions[index]["lastTransitionTime"] = same?["lastTransitionTime"] ?? .string(now.timestamp)
      }
      if condition["lastUpdateTime"]?.string == nil { conditions[index]["lastUpdateTime"] = .string(now.timestamp) }
    }
    value["status", "conditions"] = .array(conditions)
  }

  /// What is wrong with the request and the certificate themselves; the rules of the other fields are the kind's.
  static func errors(
    _ value: Value, old: Value?, _ kind: Kind, _ signer: (any CertificateSigner)?
  ) -> [FieldError] {
    guard kind == .certificateSigningRequest, let signer else { return [] }
    return requestErrors(value, signer) + certificateErrors(value, old: old, signer)
  }

  private static func requestErrors(_ value: Value, _ signer: any CertificateSigner) -> [FieldError] {
    let text = value["spec", "request"]
    do throws(CertificateProblem) {
      _ = try signer.read(value.signingRequest)
      return []
    } catch {
      return [.invalid("spec.request", text ?? .null, error.description)]
    }
  }

  private static func certificateErrors(
    _ value: Value, old: Value?, _ signer: any CertificateSigner
  ) -> [FieldError] {
    let certificate = value["status", "certificate"]
    guard let text = certificate?.string, !text.isEmpty, certificate != old?["status", "certificate"] else { return [] }
    do throws(CertificateProblem) {
      _ = try signer.expiries(of: Base64.decode(text, alphabet: .standard) ?? [])
      return []
    } catch {
      return [.invalid("status.certificate", "<certificate data>", error.description)]
    }
  }
}

extension Value {
  /// The PEM text of a CertificateSigningRequest's request; empty where it is no base64.
  package var signingRequest: [UInt8] {
    self["spec", "request"]?.string.flatMap { Base64.decode($0, alphabet: .standard) } ?? []
  }

  /// The PEM text of the certificate that a CertificateSigningRequest got; nil before.
  package var issuedCertificate: [UInt8]? {
    guard let text = self["status", "certificate"]?.string, !text.isEmpty else { return nil }
    return Base64.decode(text, alphabet: .standard)
  }

  /// Puts a certificate into a CertificateSigningRequest.
  package mutating func setIssuedCertificate(_ certificate: [UInt8]) {
    self["status", "certificate"] = .string(Base64.encode(certificate, alphabet: .standard))
  }
}
