import Tree

/// The kinds of field errors in Kubernetes' words (k8s.io/apimachinery, util/validation/field).
extension FieldError {
  static func required(_ field: String, _ detail: String = "") -> FieldError {
    FieldError(.required, field: field, message: detail.isEmpty ? "Required value" : "Required value: " + detail)
  }

  static func forbidden(_ field: String, _ detail: String) -> FieldError {
    FieldError(.forbidden, field: field, message: "Forbidden: " + detail)
  }

  static func duplicate(_ field: String, _ value: Value) -> FieldError {
    FieldError(.duplicate, field: field, message: "Duplicate value: " + value.jsonText)
  }

  static func notFound(_ field: String, _ value: Value) -> FieldError {
    FieldError(.notFound, field: field, message: "Not found: " + value.jsonText)
  }

  static func notSupported(_ field: String, _ value: String, _ words: [String]) -> FieldError {
    let supported = words.map { Value.string($0).jsonText }.joined(separator: ", ")
    return FieldError(
      .notSupported, field: field,
      message: "Unsupported value: \(Value.string(value).jsonText): supported values: \(supported)")
  }

  /// Where Kubernetes shows the object around the word.
  static func notSupported(_ field: String, shown: Value, _ words: [String]) -> FieldError {
    let supported = words.map { Value.string($0).jsonText }.joined(separator: ", ")
    let message = "Unsupported value: \(shown.jsonText): supported values: \(supported)"
    return FieldError(.notSupported, field: field, message: message)
  }

  static func tooLong(_ field: String, limit: Int) -> FieldError {
    FieldError(.tooLong, field: field, message: "Too long: may not be more than \(limit) bytes")
  }

  /// One error for each message about the same value. The field's path is put together only if there is one.
  static func invalid(
    _ field: @autoclosure () -> String, _ value: @autoclosure () -> Value, _ messages: [String]
  ) -> [FieldError] {
    messages.map { .invalid(field(), value(), $0) }
  }
}

extension Value {
  /// The elements of a list with their paths: `spec.containers[0]`.
  func elements(_ key: String, in path: @autoclosure () -> String) -> [(path: String, value: Value)] {
    guard let elements = self[key]?.array, !elements.isEmpty else { return [] }
    let list = path() + "." + key + "["
    return elements.enumerated().map { (list + String($0) + "]", $1) }
  }

  /// A text that is read as empty where it is not set.
  func text(_ key: String) -> String { self[key]?.string ?? "" }
}

/// Syntaxes that several kinds' fields share (k8s.io/apimachinery, util/validation).
enum FieldSyntax {
  /// A port's name (an IANA service name, RFC 6335).
  static func portNameErrors(_ name: String) -> [String] {
    var errors: [String] = []
    let bytes = Array(name.utf8)
    if bytes.count > 15 { errors.append("must be no more than 15 characters") }
    if bytes.isEmpty || !bytes.allSatisfy({ isLowercase($0) || isDigit($0) || $0 == UInt8(ascii: "-") }) {
      errors.append("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)")
    }
    if !bytes.contains(where: isLowercase) { errors.append("must contain at least one letter (a-z)") }
    if name.contains("--") { errors.append("must not contain consecutive hyphens") }
    if name.hasPrefix("-") || name.hasSuffix("-") { errors.append("must not begin or end with a hyphen") }
    return errors
  }

  /// A port by number or by name.
  static func portErrors(_ port: Value, at path: @autoclosure () -> String) -> [FieldError] {
    if let name = port.string { return FieldError.invalid(path(), port, portNameErrors(name)) }
    let number = port.integer ?? 0
    return (1...65_535).contains(number) ? [] : [.invalid(path(), port, "must be between 1 and 65535, inclusive")]
  }

  static func environmentNameErrors(_ name: String) -> [String] {
    name.utf8.allSatisfy { $0 >= 32 && $0 < 127 && $0 != UInt8(ascii: "=") }
      ? []
      : ["a valid environment variable name must consist only of printable ASCII characters other than '='"]
  }

  /// A key of a ConfigMap or Secret: a file's name.
  static func configKeyErrors(_ key: String) -> [String] {
    var errors: [String] = []
    if key.utf8.count > 253 { errors.append("must be no more than 253 characters") }
    let isGood = key.utf8.allSatisfy { byte in
      isDigit(byte) || isLowercase(byte | 32) && byte >= 65 || [45, 46, 95].contains(byte)
    }
    if key.isEmpty || !isGood {
      errors.append(
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or "
          + "'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')")
    }
    if key == "." || key == ".." {
      errors.append("must not be '\(key)'")
    } else if key.hasPrefix("..") {
      errors.append("must not start with '..'")
    }
    return errors
  }

  static func percentErrors(_ text: String) -> [String] {
    text.hasSuffix("%") && text.utf8.count > 1 && text.utf8.dropLast().allSatisfy(isDigit)
      ? []
      : [
        "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used "
          + "for validation is '[0-9]+%')"
      ]
  }

  /// What is wrong with an address.
  static func addressErrors(_ address: Value, at path: @autoclosure () -> String) -> [FieldError] {
    isAddress(address.string ?? "")
      ? [] : [.invalid(path(), address, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")]
  }

  /// An IP address of version 4 or 6, as far as its form goes.
  static func isAddress(_ text: String) -> Bool {
    if text.contains(":") { return isVersion6(text) }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { !$0.isEmpty && $0.count <= 3 && $0.utf8.allSatisfy(isDigit) && (Int($0) ?? 256) < 256 }
  }

  private static func isVersion6(_ text: String) -> Bool {
    let halves = text.split(separator: "::", omittingEmptySubsequences: false)
    guard halves.count <= 2 else { return false }
    let groups = halves.flatMap { $0.split(separator: ":", omittingEmptySubsequences: false) }.filter { !$0.isEmpty }
    let isGood = groups.allSatisfy { group in
      group.count <= 4 && group.utf8.allSatisfy { isDigit($0) || (97...102).contains($0 | 32) }
    }
    return isGood && (halves.count == 2 ? groups.count < 8 : groups.count == 8)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
  private static func isLowercase(_ byte: UInt8) -> Bool { (97...122).contains(byte) }
}

/// Labels outside of metadata: selectors and templates.
enum LabelValidation {
  /// What is wrong with a map of labels.
  static func errors(_ labels: Value?, at path: @autoclosure () -> String) -> [FieldError] {
    (labels?.object ?? Members()).flatMap { label in
      FieldError.invalid(path(), .string(label.key), NameSyntax.qualifiedNameErrors(label.key))
        + FieldError.invalid(path(), label.value, NameSyntax.labelValueErrors(label.value.string ?? ""))
    }
  }

  /// What is wrong with a label selector (k8s.io/apimachinery, apis/meta/v1/validation).
  static func errors(selector: Value?, at path: @autoclosure () -> String) -> [FieldError] {
    guard let selector else { return [] }
    let path = path()
    var errors = errors(selector["matchLabels"], at: path + ".matchLabels")
    for (path, requirement) in selector.elements("matchExpressions", in: path) {
      errors += expressionErrors(requirement, at: path)
    }
    return errors
  }

  private static func expressionErrors(_ requirement: Value, at path: String) -> [FieldError] {
    var errors: [FieldError] = []
    let values = requirement["values"]?.array ?? []
    switch requirement.text("operator") {
    case "In", "NotIn":
      if values.isEmpty {
        errors.append(.required(path + ".values", "must be specified when `operator` is 'In' or 'NotIn'"))
      }
    case "Exists", "DoesNotExist":
      if !values.isEmpty {
        errors.append(
          .forbidden(path + ".values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"))
      }
    default:
      errors.append(
        .invalid(path + ".operator", requirement["operator"] ?? "", "not a valid selector operator"))
    }
    errors += keyErrors(requirement.text("key"), at: path + ".key")
    for (index, value) in values.enumerated() {
      errors += FieldError.invalid(
        path + ".values[\(index)]", value, NameSyntax.labelValueErrors(value.string ?? ""))
    }
    return errors
  }

  /// What is wrong with the name of a label.
  static func keyErrors(_ key: String, at path: @autoclosure () -> String) -> [FieldError] {
    FieldError.invalid(path(), .string(key), NameSyntax.qualifiedNameErrors(key))
  }
}
