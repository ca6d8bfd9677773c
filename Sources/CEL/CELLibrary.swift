/// A value that a library adds to the language: it answers methods, and nothing else is known of it.
package protocol CELObject: Sendable {
  /// The type's name, as messages show it.
  var typeName: String { get }
  /// What `string()` makes of it; nil where it has no text.
  var text: String? { get }
  /// A field's value, as `object.field` gives it.
  func member(_ name: String) -> CELValue?
  /// What a method gives; nil where there is none of that name for such arguments.
  func call(_ method: String, _ arguments: [CELValue]) throws(CELError) -> CELValue?
  /// Whether it is the same value as another of its library.
  func isEqual(to other: any CELObject) -> Bool
}

extension CELObject {
  package var text: String? { nil }
  package func member(_ name: String) -> CELValue? { nil }
  package func isEqual(to other: any CELObject) -> Bool { false }
}

/// Functions and types that an expression may use beside the language's own.
package struct CELLibrary: Sendable {
  /// A function's result, or nil where the arguments' types do not fit.
  package typealias Body = @Sendable ([CELValue]) throws(CELError) -> CELValue?

  private var table: [String: [Function]] = [:]
  /// The words before a dot that are part of a function's name.
  private(set) var namespaces: Set<String> = []
  /// The first words of the types whose values an expression may construct: `Object{spec: Object.spec{…}}`.
  package private(set) var types: Set<String>

  /// The language's own functions only.
  package static let none = CELLibrary()

  package init(types: Set<String> = []) { self.types = types }

  /// This library with everything of another.
  package func adding(_ other: CELLibrary) -> CELLibrary {
    var library = self
    for (name, functions) in other.table { library.table[name, default: []] += functions }
    library.namespaces.formUnion(other.namespaces)
    library.types.formUnion(other.types)
    return library
  }

  /// Adds a function: `name(a)`, or `namespace.name(a)` where the name has a dot.
  package mutating func add(_ name: String, _ count: ClosedRange<Int>, _ body: @escaping Body) {
    let parts = name.split(separator: ".")
    if parts.count == 2 { namespaces.insert(String(parts[0])) }
    table[name, default: []].append(
      Function(name: name, isMethod: false, count: count, cost: Function.weight, body: body))
  }

  /// Says that objects of the library have these methods, each with so many arguments.
  package mutating func addMethods(_ methods: [(name: String, count: ClosedRange<Int>)]) {
    for method in methods {
      let isKnown = table[method.name]?.contains { $0.isMethod && $0.count.lowerBound == method.count.lowerBound + 1 }
      if isKnown == true { continue }
      let name = method.name
      table[name, default: []].append(
        .method(name, method.count) { (arguments) throws(CELError) in
          guard case .object(let object) = arguments[0] else { return nil }
          return try object.call(name, Array(arguments.dropFirst()))
        })
    }
  }

  func functions(named name: String) -> [Function] { table[name] ?? [] }
}

extension CELError {
  /// An error of a library's function, in its own words.
  package init(_ message: String) { self.init(.conversion, message) }
}
