import CEL

/// `format.dns1123Label()` in expressions: a syntax that texts can be held against.
struct CELFormat: CELObject {
  let name: String

  var typeName: String { "kubernetes.NamedFormat" }

  /// What is wrong with a text, by the format's name.
  private static let checks: [(name: String, errors: @Sendable (String) -> [String])] = [
    ("dns1123Label", { NameSyntax.labelErrors($0) }), ("dns1123Subdomain", { NameSyntax.subdomainErrors($0) }),
    ("dns1035Label", { FieldFormat.labelErrors($0) }), ("qualifiedName", { NameSyntax.qualifiedNameErrors($0) }),
    ("dns1123LabelPrefix", { NameSyntax.errors(inPrefix: $0, .label) }),
    ("dns1123SubdomainPrefix", { NameSyntax.errors(inPrefix: $0, .subdomain) }),
    ("dns1035LabelPrefix", { FieldFormat.labelErrors($0.last == "-" ? $0.dropLast() + "a" : $0) }),
    ("labelValue", { NameSyntax.labelValueErrors($0) }),
    ("uri", { CELURL($0) == nil ? ["invalid URI"] : [] }),
    ("uuid", { FieldFormat.isUUID($0) ? [] : ["does not match the UUID format"] }),
    ("byte", { FieldFormat.isBase64($0) ? [] : ["invalid base64"] }),
    ("date", { CELTimestamp($0 + "T00:00:00Z") == nil ? ["invalid date"] : [] }),
    ("datetime", { CELTimestamp($0) == nil ? ["invalid datetime"] : [] }),
  ]

  static func add(to library: inout CELLibrary) {
    for check in checks {
      let name = check.name
      library.add("format." + name, 0...0) { (_) throws(CELError) in .object(CELFormat(name: name)) }
    }
    library.add("format.named", 1...1) { (arguments) throws(CELError) in
      guard case .string(let name) = arguments[0] else { return nil }
      return .optional(checks.contains { $0.name == name } ? .object(CELFormat(name: name)) : nil)
    }
    library.addMethods([("validate", 1...1)])
  }

  func isEqual(to other: any CELObject) -> Bool { (other as? CELFormat)?.name == name }

  /// Nothing where the text is good, else what is wrong with it.
  func call(_ method: String, _ arguments: [CELValue]) throws(CELError) -> CELValue? {
    guard method == "validate", case .string(let text)? = arguments.first else { return nil }
    let errors = Self.checks.first { $0.name == name }?.errors(text) ?? []
    return .optional(errors.isEmpty ? nil : .list(errors.map(CELValue.string)))
  }
}

/// Syntaxes that only expressions name.
private enum FieldFormat {
  /// A DNS label of RFC 1035.
  static func labelErrors(_ text: String) -> [String] {
    let isGood = NameSyntax.labelErrors(text).isEmpty && text.first?.isLetter == true
    return isGood
      ? []
      : [
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic "
          + "character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for "
          + "validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"
      ]
  }

  /// Eight, four, four, four and twelve hexadecimal digits (RFC 9562).
  static func isUUID(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return parts.map(\.count) == [8, 4, 4, 4, 12] && parts.allSatisfy { $0.allSatisfy(\.isHexDigit) }
  }

  /// Base64 with padding (RFC 4648, section 4).
  static func isBase64(_ text: String) -> Bool {
    let digits = text.utf8.reversed().drop { $0 == UInt8(ascii: "=") }
    let padding = text.utf8.count - digits.count
    return text.utf8.count.isMultiple(of: 4) && padding <= 2
      && digits.allSatisfy {
        (48...57).contains($0) || ($0 | 32 >= 97 && $0 | 32 <= 122) || $0 == UInt8(ascii: "+")
          || $0 == UInt8(ascii: "/")
      }
  }
}
