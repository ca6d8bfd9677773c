/// Header fields in the order they came; names compare without regard to case.
package struct HTTPHeaders: Sendable {
  /// Every field as sent, in order.
  package private(set) var fields: [(name: String, value: String)] = []

  /// No fields.
  package init() {}

  /// The given fields, in order.
  package init(_ fields: [(String, String)]) {
    self.fields = fields.map { (name: $0.0, value: $0.1) }
  }

  /// The first value of the field, or nil when it was not sent.
  package subscript(name: String) -> String? {
    fields.first { ASCII.equalIgnoringCase($0.name, name) }?.value
  }

  /// Every value of the field, in order.
  package func all(_ name: String) -> [String] {
    fields.filter { ASCII.equalIgnoringCase($0.name, name) }.map(\.value)
  }

  /// Adds one field at the end.
  package mutating func append(_ name: String, _ value: String) {
    fields.append((name: name, value: value))
  }
}
