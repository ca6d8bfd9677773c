/// Why an expression could not be compiled or run, and where in its text.
package struct CELError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Kind: String, Sendable {
    case syntax, unknownName, noSuchKey, noOverload, overflow, divisionByZero, conversion, outOfRange, duplicateKey
    case noValue, limit
  }

  /// A place in an expression's text: line and column, both from 1, the column in Unicode code points.
  package struct Position: Hashable, Sendable {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }
  }

  package let kind: Kind
  package let message: String
  /// Where in the text; nil only inside functions, which do not know where they are called.
  package internal(set) var position: Position?

  init(_ kind: Kind, _ message: String, at position: Position? = nil) {
    self.kind = kind
    self.message = message
    self.position = position
  }

  package var description: String {
    guard let position else { return message }
    return "\(position.line):\(position.column): \(message)"
  }

  /// This error, placed at `position` unless it knows better.
  func placed(at position: Position) -> CELError {
    var error = self
    error.position = self.position ?? position
    return error
  }
}

typealias Position = CELError.Position
