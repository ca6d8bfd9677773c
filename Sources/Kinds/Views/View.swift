package import Tree

/// A typed look at a value: `pod.spec.nodeName` instead of a path of names.
///
/// A view holds the whole value, so unknown fields survive a change made through it. Only fields that the engine uses
/// are declared; a test holds every one against the schema.
package protocol View: ValueConvertible, Sendable, Equatable {
  var value: Value { get set }
  init(_ value: Value)
}

/// What can stand in a field: a scalar, a list, a map of texts, another view.
package protocol ValueConvertible {
  init?(from value: Value)
  var asValue: Value { get }
}

extension View {
  package init?(from value: Value) {
    guard value.object != nil else { return nil }
    self.init(value)
  }

  package var asValue: Value { value }

  /// The field's content; nil where it is not set or of another type.
  package subscript<Content: ValueConvertible>(field: String) -> Content? {
    get { value[field].flatMap(Content.init(from:)) }
    set { value[field] = newValue?.asValue }
  }

  /// A part that is read as empty where it is not set.
  package subscript<Part: View>(part field: String) -> Part {
    get { Part(value[field] ?? .object(Members())) }
    set { value[field] = newValue.value }
  }

  /// A list that is read as empty where it is not set; an empty one is not written.
  package subscript<Element: ValueConvertible>(list field: String) -> [Element] {
    get { value[field]?.array?.compactMap(Element.init(from:)) ?? [] }
    set { value[field] = newValue.isEmpty ? nil : .array(newValue.map(\.asValue)) }
  }

  /// A number that is read as 0 where it is not set.
  package subscript(count field: String) -> Int {
    get { value[field]?.integer.map(Int.init) ?? 0 }
    set { value[field] = .integer(Int64(newValue)) }
  }
}

extension Value: ValueConvertible {
  package init?(from value: Value) { self = value }
  package var asValue: Value { self }
}

extension String: ValueConvertible {
  package init?(from value: Value) {
    guard let string = value.string else { return nil }
    self = string
  }
  package var asValue: Value { .string(self) }
}

extension Bool: ValueConvertible {
  package init?(from value: Value) {
    guard let boolean = value.boolean else { return nil }
    self = boolean
  }
  package var asValue: Value { .boolean(self) }
}

extension Int: ValueConvertible {
  package init?(from value: Value) {
    guard let integer = value.integer else { return nil }
    self = Int(integer)
  }
  package var asValue: Value { .integer(Int64(self)) }
}

extension Array: ValueConvertible where Element: ValueConvertible {
  package init?(from value: Value) {
    guard let array = value.array else { return nil }
    self = array.compactMap(Element.init(from:))
  }
  package var asValue: Value { .array(map(\.asValue)) }
}

/// A map of texts, in the order in which it was written: labels, annotations, selectors, data.
package struct TextMap: View {
  package var value: Value

  package init(_ value: Value) { self.value = value }
  package init(_ pairs: [(String, String)]) { value = .object(Members(pairs.map { ($0, .string($1)) })) }

  package static let empty = TextMap([])

  package subscript(key: String) -> String? {
    get { value[key]?.string }
    set { value[key] = newValue.map(Value.string) }
  }

  package var pairs: [(key: String, value: String)] {
    (value.object ?? Members()).map { ($0.key, $0.value.string ?? "") }
  }

  package var isEmpty: Bool { value.object?.isEmpty ?? true }
}
