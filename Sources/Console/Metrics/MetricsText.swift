/// Writes figures as Prometheus reads them (Prometheus documentation, "Exposition formats", text format 0.0.4).
struct MetricsText {
  enum Kind: String {
    case counter
    case gauge
    case histogram
  }

  private(set) var text = ""

  /// Begins a family of figures.
  mutating func family(_ name: String, _ kind: Kind, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
  }

  /// One figure, with its labels in the order in which they are given.
  mutating func add(_ name: String, _ labels: [(String, String)] = [], _ value: Double) {
    text += name + Self.text(labels) + " " + Self.text(value) + "\n"
  }

  /// A histogram: counts below each bound, their number, their sum.
  mutating func add(_ name: String, _ labels: [(String, String)], bounds: [Double], counts: [UInt64], sum: Double) {
    var total: UInt64 = 0
    for (index, count) in counts.enumerated() {
      total += count
      let bound = index < bounds.count ? Self.text(bounds[index]) : "+Inf"
      add(name + "_bucket", labels + [("le", bound)], Double(total))
    }
    add(name + "_sum", labels, sum)
    add(name + "_count", labels, Double(total))
  }

  private static func text(_ value: Double) -> String {
    if let integer = Int64(exactly: value) { return String(integer) }
    return "\(value)"
  }

  private static func text(_ labels: [(String, String)]) -> String {
    guard !labels.isEmpty else { return "" }
    return "{" + labels.map { "\($0)=\"\(escaped($1))\"" }.joined(separator: ",") + "}"
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      default: result.append(character)
      }
    }
    return result
  }
}
