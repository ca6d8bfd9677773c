import Tree

/// The lines of a description: two blanks a level, and tabs between a label and its value that become columns.
struct Description {
  private(set) var tabbed = ""

  /// A line with a label and a value.
  mutating func field(_ label: String, _ value: String, level: Int = 0) { line("\(label):\t\(value)", level: level) }

  mutating func line(_ text: String, level: Int = 0) {
    tabbed += String(repeating: "  ", count: level) + text + "\n"
  }

  /// Labels or annotations: one a line, aligned under each other; `<none>` for none.
  mutating func map(_ label: String, _ value: Value?, level: Int = 0, hiding hidden: [String] = []) {
    let hidden = hidden + ["kubectl.kubernetes.io/last-applied-configuration"]
    let pairs = (value?.object ?? Members()).filter { !hidden.contains($0.key) }.sorted { $0.key < $1.key }
    if pairs.isEmpty { return field(label, "<none>", level: level) }
    let separator = label == "Labels" || label == "Node-Selectors" ? "=" : ": "
    for (index, pair) in pairs.enumerated() {
      let text = "\(pair.key)\(separator)\(JSONPath.text(pair.value))"
      line(index == 0 ? "\(label):\t\(text)" : "\t\(text)", level: index == 0 ? level : 0)
    }
  }

  /// The lines with their tabs as columns: each block's cells as wide as its widest, two blanks apart.
  var aligned: String { Tabs.align(tabbed) }
}

/// Go's text/tabwriter, as describe uses it: a column ends with a tab, and runs over adjacent lines that have it.
enum Tabs {
  static func align(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    align(&lines, lines.startIndex..<lines.endIndex, column: 0)
    return lines.map { $0.joined() }.joined(separator: "\n")
  }

  private static func align(_ lines: inout [[String]], _ range: Range<Int>, column: Int) {
    var index = range.lowerBound
    while index < range.upperBound {
      guard lines[index].count > column + 1 else {
        index += 1
        continue
      }
      var end = index
      var width = 0
      while end < range.upperBound, lines[end].count > column + 1 {
        width = Swift.max(width, lines[end][column].unicodeScalars.count)
        end += 1
      }
      let padded = width + 2
      for line in index..<end {
        let missing = padded - lines[line][column].unicodeScalars.count
        lines[line][column] += String(repeating: " ", count: Swift.max(0, missing))
      }
      align(&lines, index..<end, column: column + 1)
      index = end
    }
  }
}
