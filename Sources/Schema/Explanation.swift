import Tree

/// What there is to say of a field: the facts behind `kubectl explain`.
package struct Explanation: Sendable {
  /// The field's name.
  package let name: String
  /// As `kubectl explain` prints types: `string`, `[]Container`, `map[string]string`.
  package let type: String
  package let documentation: String
  package let isRequired: Bool
  package let words: [String]
  package let defaultValue: String?
  /// The fields below, if it holds objects.
  package let shape: Shape?

  init(_ field: Field) {
    name = field.name
    type = field.type.explainName
    documentation = field.documentation
    isRequired = field.isRequired
    words = field.limits.words.isEmpty ? field.type.words : field.limits.words
    defaultValue = field.defaultValue.map(\.jsonText)
    shape = field.type.shape
  }
}

extension Shape {
  /// The field at the end of a path of names, lists and maps passed through; nil if there is none.
  package func explain(_ path: some Sequence<String>) -> Explanation? {
    var shape: Shape? = self
    var found: Explanation?
    for name in path {
      guard let field = shape?.field(name) else { return nil }
      found = Explanation(field)
      shape = found?.shape
    }
    return found
  }

  /// All fields, in the order of their names.
  package var explanations: [Explanation] { fields.map(Explanation.init).sorted { $0.name < $1.name } }
}

extension FieldType {
  fileprivate var explainName: String {
    switch self {
    case .boolean: "boolean"
    case .int32, .int64: "integer"
    case .double: "number"
    case .text, .bytes: "string"
    case .quantity: "Quantity"
    case .intOrString: "IntOrString"
    case .time: "Time"
    case .microTime: "MicroTime"
    case .anything(let form): form.name
    case .fieldSet: "FieldsV1"
    case .object(let shape): shape.name
    case .list(let element, _), .wrappedList(let element, _): "[]" + element.explainName
    case .map(let element, _): "map[string]" + element.explainName
    }
  }

  fileprivate var words: [String] {
    switch self {
    case .text(let text): text.words
    case .list(let element, _), .map(let element, _): element.words
    default: []
    }
  }
}
