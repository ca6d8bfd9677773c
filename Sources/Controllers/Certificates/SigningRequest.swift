import API
import Kinds
import Loop
import Tree

/// A CertificateSigningRequest, read.
struct SigningRequest: ObjectView {
  var value: Value

  init(_ value: Value) { self.value = value }

  var signerName: String { value["spec", "signerName"]?.string ?? "" }
  var usages: [String] { value["spec", "usages"]?.array?.compactMap(\.string) ?? [] }
  var username: String { value["spec", "username"]?.string ?? "" }
  var expirationSeconds: Int64? { value["spec", "expirationSeconds"]?.integer }
  var conditions: [Value] { value["status", "conditions"]?.array ?? [] }

  /// Who asks for it.
  var caller: Caller {
    Caller(
      name: username, uid: value["spec", "uid"]?.string,
      groups: value["spec", "groups"]?.array?.compactMap(\.string) ?? [],
      extra: (value["spec", "extra"]?.object ?? Members()).map { member in
        Caller.Extra(key: member.key, values: member.value.array?.compactMap(\.string) ?? [])
      })
  }

  func has(_ type: String) -> Bool { condition(type) != nil }

  func condition(_ type: String) -> Value? { conditions.first { $0["type"]?.string == type } }

  mutating func add(_ type: String, reason: String, message: String, at now: Time) {
    let condition: Value = [
      "type": .string(type), "status": "True", "reason": .string(reason), "message": .string(message),
      "lastUpdateTime": .string(now.timestamp), "lastTransitionTime": .string(now.timestamp),
    ]
    value["status", "conditions"] = .array(conditions + [condition])
  }
}

/// The signers that a cluster has by itself (Kubernetes documentation, "Certificates and Certificate Signing
/// Requests").
enum Signer {
  static let client = "kubernetes.io/kube-apiserver-client"
  static let kubeletClient = "kubernetes.io/kube-apiserver-client-kubelet"
  static let kubeletServing = "kubernetes.io/kubelet-serving"
  static let legacy = "kubernetes.io/legacy-unknown"

  /// What is wrong with a request to that signer; nil for nothing. Only for the cluster's own signers.
  static func problem(_ wish: CertificateRequest, _ request: SigningRequest) -> String? {
    switch request.signerName {
    case client: ClientRequests.problem(usages: request.usages)
    case kubeletClient: KubeletRequests.clientProblem(wish, usages: request.usages)
    case kubeletServing: KubeletRequests.servingProblem(wish, usages: request.usages)
    default: nil
    }
  }

  static func isOwn(_ name: String) -> Bool { [client, kubeletClient, kubeletServing, legacy].contains(name) }
}
