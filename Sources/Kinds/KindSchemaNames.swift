/// The syntax of names, label keys and label values (k8s.io/apimachinery, util/validation).
package enum NameSyntax {
  private static let subdomainLimit = 253
  private static let labelLimit = 63

  /// What is wrong with an object's name; nothing if it is good.
  package static func errors(in name: String, _ rule: NameRule) -> [String] {
    switch rule {
    case .subdomain: subdomainErrors(name)
    case .label: labelErrors(name)
    case .pathSegment: pathSegmentErrors(name)
    }
  }

  /// What is wrong with a name to which a suffix will be added: a dash at its end is all right.
  package static func errors(inPrefix prefix: String, _ rule: NameRule) -> [String] {
    guard prefix.utf8.count > 1, prefix.last == "-" else { return errors(in: prefix, rule) }
    return errors(in: prefix.dropLast() + "a", rule)
  }

  /// A DNS subdomain of RFC 1123.
  package static func subdomainErrors(_ name: String) -> [String] {
    var errors = lengthErrors(name, subdomainLimit)
    if !isSubdomain(name) {
      errors.append(
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must "
          + "start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
          + #"'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"#)
    }
    return errors
  }

  /// A DNS label of RFC 1123.
  package static func labelErrors(_ name: String) -> [String] {
    var errors = lengthErrors(name, labelLimit)
    let parts = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    if parts.count > 1, parts.allSatisfy(isLowercaseLabel) {
      errors.append("must not contain dots")
    } else if !isLowercaseLabel(Substring(name).utf8) {
      errors.append(
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end "
          + "with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is "
          + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?')")
    }
    return errors
  }

  /// A name that can stand between two slashes.
  package static func pathSegmentErrors(_ name: String) -> [String] {
    if name == "." || name == ".." { return ["may not be '\(name)'"] }
    return ["/", "%"].filter { name.contains($0) }.map { "may not contain '\($0)'" }
  }

  /// A label's key, an annotation's key, a finalizer: a name, perhaps behind a DNS subdomain and a slash.
  package static func qualifiedNameErrors(_ text: String) -> [String] {
    if isGoodQualifiedName(text) { return [] }
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map(Substring.init)
    guard parts.count <= 2, let name = parts.last else {
      return [
        "a qualified name " + qualifiedNameRule
          + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"
      ]
    }
    var errors: [String] = []
    if parts.count == 2 {
      if parts[0].isEmpty {
        errors.append("prefix part must be non-empty")
      } else {
        errors += subdomainErrors(String(parts[0])).map { "prefix part " + $0 }
      }
    }
    if name.isEmpty { errors.append("name part must be non-empty") }
    errors += lengthErrors(String(name), labelLimit).map { "name part " + $0 }
    if !isQualifiedName(name.utf8) { errors.append("name part " + qualifiedNameRule) }
    return errors
  }

  /// Nearly every one is good, which is found without cutting it up.
  private static func isGoodQualifiedName(_ text: String) -> Bool {
    let slash = text.utf8.firstIndex(of: UInt8(ascii: "/"))
    let name = text[(slash.map { text.utf8.index(after: $0) } ?? text.startIndex)...].utf8
    guard name.count <= labelLimit, isQualifiedName(name) else { return false }
    return slash.map { subdomainErrors(String(text[..<$0])).isEmpty } ?? true
  }

  /// A label's value: empty, or like a key's name.
  package static func labelValueErrors(_ value: String) -> [String] {
    var errors = lengthErrors(value, labelLimit)
    if !value.isEmpty, !isQualifiedName(Substring(value).utf8) {
      errors.append(
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start "
          + "and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for "
          + "validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')")
    }
    return errors
  }

  private static let qualifiedNameRule =
    "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
    + "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is "
    + "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"

  private static func lengthErrors(_ text: String, _ limit: Int) -> [String] {
    text.utf8.count > limit ? ["must be no more than \(limit) characters"] : []
  }

  private static func isSubdomain(_ name: String) -> Bool {
    let dot = UInt8(ascii: ".")
    guard name.utf8.contains(dot) else { return isLowercaseLabel(Substring(name).utf8) }
    return name.utf8.split(separator: dot, omittingEmptySubsequences: false).allSatisfy(isLowercaseLabel)
  }

  private static func isLowercaseLabel(_ text: Substring.UTF8View) -> Bool {
    func isAlphanumeric(_ byte: UInt8) -> Bool { byte >= 97 && byte <= 122 || byte >= 48 && byte <= 57 }
    guard let first = text.first, let last = text.last, isAlphanumeric(first), isAlphanumeric(last) else {
      return false
    }
    return text.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
  }

  private static func isQualifiedName(_ text: Substring.UTF8View) -> Bool {
    func isAlphanumeric(_ byte: UInt8) -> Bool {
      byte | 32 >= 97 && byte | 32 <= 122 || byte >= 48 && byte <= 57
    }
    guard let first = text.first, let last = text.last, isAlphanumeric(first), isAlphanumeric(last) else {
      return false
    }
    return text.allSatisfy { isAlphanumeric($0) || $0 == 45 || $0 == 46 || $0 == 95 }
  }
}
