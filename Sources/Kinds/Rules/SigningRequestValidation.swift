import Tree

/// The rules of certificate signing requests (k8s.io/kubernetes, pkg/apis/certificates/validation). Whether the request
/// itself can be read is for whoever knows certificates.
struct SigningRequestValidation: KindRules {
  private static let shortest: Int64 = 600
  private static let usages = [
    "any", "cert sign", "client auth", "code signing", "content commitment", "crl sign", "data encipherment",
    "decipher only", "digital signature", "email protection", "encipher only", "ipsec end system", "ipsec tunnel",
    "ipsec user", "key agreement", "key encipherment", "microsoft sgc", "netscape sgc", "ocsp signing", "s/mime",
    "server auth", "signing", "timestamping",
  ]

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    let spec = value["spec"] ?? [:]
    var errors = old == nil ? usageErrors(spec["usages"]?.array?.compactMap(\.string) ?? []) : []
    errors += SignerName.errors(spec.text("signerName"), "spec.signerName")
    if let seconds = spec["expirationSeconds"]?.integer, seconds < Self.shortest {
      errors.append(
        .invalid(
          "spec.expirationSeconds", .integer(seconds), "may not specify a duration less than 600 seconds (10 minutes)"))
    }
    errors += SigningConditions(value).errors(old: old.map { SigningConditions($0) })
    if let old {
      errors += SigningConditions(value).changeErrors(from: SigningConditions(old), subresource)
      errors += certificateErrors(value, old, subresource)
    }
    return errors
  }

  private func usageErrors(_ usages: [String]) -> [FieldError] {
    if usages.isEmpty { return [.required("spec.usages")] }
    var errors: [FieldError] = []
    for (index, usage) in usages.enumerated() where !Self.usages.contains(usage) {
      errors.append(.notSupported("spec.usages[\(index)]", usage, Self.usages))
    }
    for (index, usage) in usages.enumerated() where usages[..<index].contains(usage) {
      errors.append(.duplicate("spec.usages[\(index)]", .string(usage)))
    }
    return errors
  }

  private func certificateErrors(_ value: Value, _ old: Value, _ subresource: String?) -> [FieldError] {
    let (next, present) = (value["status", "certificate"], old["status", "certificate"])
    guard next != present else { return [] }
    if subresource != "status" { return [.forbidden("status.certificate", "updates may not set certificate content")] }
    return present?.string?.isEmpty ?? true
      ? [] : [.forbidden("status.certificate", "updates may not modify existing certificate content")]
  }
}

/// The name of a signer: `example.com/signer` (k8s.io/kubernetes, pkg/apis/core/validation ValidateSignerName).
enum SignerName {
  private static let limit = 571
  private static let domainLimit = 253

  static func errors(_ name: String, _ field: String) -> [FieldError] {
    if name.isEmpty { return [.required(field)] }
    if name == "kubernetes.io/legacy-unknown" {
      return [.invalid(field, .string(name), "the legacy signerName is not allowed via this API version")]
    }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else {
      return [
        .invalid(
          field, .string(name), "must be a fully qualified domain and path of the form 'example.com/signer-name'")
      ]
    }
    var errors: [FieldError] = []
    if parts[0].utf8.count > domainLimit { errors.append(.tooLong(field, limit: domainLimit)) }
    errors += labelErrors(parts[0], field, NameSyntax.labelErrors)
    if !parts[0].contains(".") {
      errors.append(
        .invalid(field, .string(parts[0]), "should be a domain with at least two segments separated by dots"))
    }
    errors += labelErrors(parts[1], field, NameSyntax.subdomainErrors)
    if name.utf8.count > limit { errors.append(.tooLong(field, limit: limit)) }
    return errors
  }

  /// What is wrong with the first bad one of a text's parts between dots.
  private static func labelErrors(_ text: String, _ field: String, _ check: (String) -> [String]) -> [FieldError] {
    for label in text.split(separator: ".", omittingEmptySubsequences: false).map(String.init) {
      let found = check(label)
      if !found.isEmpty {
        return found.map { .invalid(field, .string(text), "validating label \"\(label)\": \($0)") }
      }
    }
    return []
  }
}

/// The decisions on a certificate signing request.
private struct SigningConditions {
  private static let decisions = ["Approved", "Denied"]
  private static let field = "status.conditions"

  let conditions: [Value]

  init(_ request: Value) { conditions = request["status", "conditions"]?.array ?? [] }

  private func all(_ type: String) -> [Value] { conditions.filter { $0.text("type") == type } }
  private var types: [String] { conditions.map { $0.text("type") } }
  private var isContradictory: Bool { Self.decisions.allSatisfy(types.contains) }
  private var hasDuplicates: Bool { Set(types).count < types.count }

  /// `old`, where there is one, may have what is forbidden today.
  func errors(old: SigningConditions?) -> [FieldError] {
    var errors: [FieldError] = []
    for (index, condition) in conditions.enumerated() {
      let path = "\(Self.field)[\(index)]"
      let type = condition.text("type")
      if type.isEmpty, old?.types.contains("") != true { errors.append(.required(path + ".type")) }
      errors += statusErrors(condition.text("status"), path, type)
      let earlier = types[..<index]
      if old?.isContradictory != true, Self.decisions.contains(type),
        earlier.contains(where: { Self.decisions.contains($0) && $0 != type })
      {
        errors.append(
          .invalid(path + ".type", .string(type), "Approved and Denied conditions are mutually exclusive"))
      }
      if old?.hasDuplicates != true, earlier.contains(type) {
        errors.append(.duplicate(path + ".type", .string(type)))
      }
    }
    return errors
  }

  private func statusErrors(_ status: String, _ path: String, _ type: String) -> [FieldError] {
    if status.isEmpty { return [.required(path + ".status")] }
    let allowed = ["Approved", "Denied", "Failed"].contains(type) ? ["True"] : ["False", "True", "Unknown"]
    return allowed.contains(status) ? [] : [.notSupported(path + ".status", status, allowed)]
  }

  /// A decision stays, and only `approval` makes one.
  func changeErrors(from old: SigningConditions, _ subresource: String?) -> [FieldError] {
    var errors: [FieldError] = []
    for type in Self.decisions + ["Failed"] where all(type).count < old.all(type).count {
      errors.append(.forbidden(Self.field, "updates may not remove a condition of type \"\(type)\""))
    }
    guard subresource != "approval" else { return errors }
    for type in Self.decisions {
      let (next, present) = (all(type), old.all(type))
      if next.count > present.count {
        errors.append(.forbidden(Self.field, "updates may not add a condition of type \"\(type)\""))
      } else if next.count == present.count, next != present {
        errors.append(.forbidden(Self.field, "updates may not modify a condition of type \"\(type)\""))
      }
    }
    return errors
  }
}
