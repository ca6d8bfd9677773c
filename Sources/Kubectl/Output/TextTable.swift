/// Columns of text, as wide as their widest cell, three blanks apart; the last is as wide as its own text.
struct TextTable {
  private var widths: [Int]
  private var rows: [[String]] = []
  private let padding: Int
  private let minimum: Int

  /// - Parameters:
  ///   - padding: blanks behind the widest cell.
  ///   - minimum: how wide a column is at least, with its padding.
  init(padding: Int = 3, minimum: Int = 6) {
    widths = []
    self.padding = padding
    self.minimum = minimum
  }

  mutating func add(_ row: [String]) { rows.append(row) }

  /// The rows as text. Widths are kept, so that rows which come later (a watch's) align with these.
  mutating func flush() -> String {
    for row in rows {
      for (index, cell) in row.enumerated() {
        if index == widths.count { widths.append(0) }
        if index < row.count - 1 { widths[index] = Swift.max(widths[index], cell.unicodeScalars.count) }
      }
    }
    var text = ""
    for row in rows {
      for (index, cell) in row.enumerated() {
        text += cell
        if index == row.count - 1 { break }
        let width = Swift.max(minimum, widths[index] + padding)
        text += String(repeating: " ", count: Swift.max(0, width - cell.unicodeScalars.count))
      }
      text += "\n"
    }
    rows = []
    return text
  }
}
