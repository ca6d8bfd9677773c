/// Media types with parameters, as Accept and Content-Type have them (RFC 9110, sections 8.3 and 12.5.1).
enum MediaTypes {
  struct Clause {
    /// In lower case, without parameters.
    var type: String
    var parameters: [String: String]
    var quality: Double

    /// Whether a type is meant by the clause.
    func includes(_ other: String) -> Bool {
      type == other || type == "*/*" || type.hasSuffix("/*") && other.hasPrefix(type.dropLast())
    }

    private var isAnyType: Bool { type.hasPrefix("*/") }
    private var isAnySubtype: Bool { type.hasSuffix("/*") }

    /// Kubernetes' order: by quality, and what is named exactly before what is not.
    fileprivate func precedes(_ other: Clause) -> Bool {
      quality > other.quality || !isAnyType && other.isAnyType || !isAnySubtype && other.isAnySubtype
    }
  }

  /// The header's clauses, most wanted first.
  static func clauses(_ header: String) -> [Clause] {
    if header == MediaType.json { return [Clause(type: header, parameters: [:], quality: 1)] }
    var clauses: [Clause] = []
    for text in header.split(separator: ",") {
      let clause = clause(text)
      // The order is not one of numbers (two clauses may each precede the other), so each finds its place in turn.
      var place = clauses.count
      while place > 0, clause.precedes(clauses[place - 1]) { place -= 1 }
      clauses.insert(clause, at: place)
    }
    return clauses
  }

  /// The type of a Content-Type header, without parameters; empty where there is none.
  static func type(_ header: String?) -> String { clauses(header ?? "").first?.type ?? "" }

  private static func clause(_ text: Substring) -> Clause {
    let parts = text.split(separator: ";").map(trimmed)
    var parameters: [String: String] = [:]
    for part in parts.dropFirst() {
      let sides = part.split(separator: "=", maxSplits: 1).map(trimmed)
      if sides.count == 2 { parameters[sides[0]] = sides[1] }
    }
    return Clause(
      type: parts.first?.lowercased() ?? "", parameters: parameters,
      quality: parameters["q"].flatMap(Double.init) ?? 1)
  }

  private static func trimmed(_ text: Substring) -> String {
    var bytes = text.utf8
    while bytes.first == UInt8(ascii: " ") { bytes.removeFirst() }
    while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
    return String(Substring(bytes))
  }
}
