import Schema
import Tree

/// What ConfigMaps and Secrets share: keys that can be files' names, a size, and immutability.
enum ConfigContent {
  /// Bytes of all values together.
  static let sizeLimit = 1_048_576

  static func errors(_ value: Value, fields: [String]) -> [FieldError] {
    var errors: [FieldError] = []
    var size = 0
    for field in fields {
      for member in value[field]?.object ?? Members() {
        errors += FieldError.invalid(
          "\(field)[\(member.key)]", .string(member.key), FieldSyntax.configKeyErrors(member.key))
        let length = member.value.string?.utf8.count ?? 0
        // Bytes are written in base64, four characters for three.
        size += field == "data" && fields.contains("binaryData") ? length : length / 4 * 3
      }
    }
    if size > sizeLimit { errors.append(.tooLong(fields.count > 1 ? "" : "data", limit: sizeLimit)) }
    return errors
  }

  static func changeErrors(_ new: Value, from old: Value, fields: [String]) -> [FieldError] {
    guard old["immutable"] == true else { return [] }
    let rule = "field is immutable when `immutable` is set"
    var errors: [FieldError] = new["immutable"] == true ? [] : [.forbidden("immutable", rule)]
    for field in fields where new[field] != old[field] { errors.append(.forbidden(field, rule)) }
    return errors
  }
}

/// The rules of ConfigMaps across fields (k8s.io/kubernetes, pkg/apis/core/validation).
struct ConfigMapValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    var errors = ConfigContent.errors(value, fields: ["data", "binaryData"])
    for member in value["data"]?.object ?? Members() where value["binaryData", member.key] != nil {
      errors.append(
        .invalid("data[\(member.key)]", .string(member.key), "duplicate of key present in binaryData"))
    }
    if let old { errors += ConfigContent.changeErrors(value, from: old, fields: ["data", "binaryData"]) }
    return errors
  }
}

/// The rules of Secrets across fields (k8s.io/kubernetes, pkg/apis/core/validation).
struct SecretValidation: KindRules {
  /// What a Secret of a well-known type must hold.
  private static let keys = [
    "kubernetes.io/dockercfg": [".dockercfg"], "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
    "kubernetes.io/ssh-auth": ["ssh-privatekey"], "kubernetes.io/tls": ["tls.crt", "tls.key"],
  ]
  private static let accountAnnotation = "kubernetes.io/service-account.name"

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    var errors: [FieldError] = []
    if let old {
      if value.text("type") != old.text("type") {
        errors.append(.invalid("type", value["type"] ?? "", "field is immutable"))
      }
      errors += ConfigContent.changeErrors(value, from: old, fields: ["data"])
    }
    errors += ConfigContent.errors(value, fields: ["data"])
    errors += keyErrors(value)
    switch value.text("type") {
    case "kubernetes.io/basic-auth" where value["data", "username"] == nil && value["data", "password"] == nil:
      errors += [.required("data[username]"), .required("data[password]")]
    case "kubernetes.io/service-account-token":
      if (value["metadata", "annotations", Self.accountAnnotation]?.string ?? "").isEmpty {
        errors.append(.required("metadata.annotations[\(Self.accountAnnotation)]"))
      }
    default: break
    }
    return errors
  }

  private func keyErrors(_ secret: Value) -> [FieldError] {
    let type = secret.text("type")
    return (Self.keys[type] ?? []).flatMap { key -> [FieldError] in
      let path = "data[\(key)]"
      guard let encoded = secret["data", key]?.string else { return [.required(path)] }
      if type == "kubernetes.io/ssh-auth" { return encoded.isEmpty ? [.required(path)] : [] }
      guard type.hasPrefix("kubernetes.io/dockerc"), let bytes = Base64.decode(encoded) else { return [] }
      return jsonError(bytes).map { [.invalid(path, "<secret contents redacted>", $0)] } ?? []
    }
  }

  /// What is wrong with a registry's credentials, which are an object in JSON.
  private func jsonError(_ bytes: [UInt8]) -> String? {
    do throws(SyntaxError) {
      switch try JSON.parse(bytes) {
      case .object, .null: return nil
      case .array: return goType("array")
      case .string: return goType("string")
      case .boolean: return goType("bool")
      default: return goType("number")
      }
    } catch {
      return error.message
    }
  }

  private func goType(_ found: String) -> String {
    "json: cannot unmarshal \(found) into Go value of type map[string]interface {}"
  }
}
