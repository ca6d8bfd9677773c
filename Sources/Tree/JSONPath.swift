/// A kubectl template: text with JSONPath expressions in braces.
///
///     let template = try JSONPath(#"{range .items[*]}{.metadata.name}{"\n"}{end}"#)
///     try template.text(of: pods)
package struct JSONPath: Sendable {
  /// Why a template cannot be read, or finds nothing where it must.
  package struct TemplateError: Error, Hashable, Sendable {
    /// In kubectl's words.
    package let message: String

    init(_ message: String) { self.message = message }
  }

  /// How deep filters and ranges may nest in a template.
  static let depthLimit = 50

  let nodes: [Node]

  package init(_ template: String) throws(TemplateError) {
    var parser = JSONPathParser(template)
    nodes = try parser.template()
  }

  /// The template that kubectl makes of a column's or `--sort-by`'s expression, where braces and the first point may
  /// be missing: `metadata.name`, `.metadata.name` and `{.metadata.name}` are the same.
  package init(relaxed expression: String) throws(TemplateError) {
    var path = expression
    if path.hasPrefix("{"), path.hasSuffix("}"), path.utf8.count > 1 { path = String(path.dropFirst().dropLast()) }
    if path.hasPrefix("{") || path.hasSuffix("}") {
      throw TemplateError(
        "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'")
    }
    if path.hasPrefix("$") { path.removeFirst() }
    try self.init(path.hasPrefix(".") || path.hasPrefix("[") ? "{\(path)}" : "{.\(path)}")
  }

  /// What every expression of the template found, one after the other.
  ///
  /// - Parameter allowsMissing: whether a key that is not there gives nothing, rather than an error.
  package func results(in value: Value, allowsMissing: Bool = true) throws(TemplateError) -> [Value] {
    var found: [Value] = []
    let finder = JSONPathFinder(root: value, allowsMissing: allowsMissing)
    for node in nodes {
      if case .expression(let steps) = node { found += try finder.find(steps, in: [value]) }
    }
    return found
  }

  /// The template's text for a value, as `kubectl get -o jsonpath=…` prints it.
  package func text(of value: Value, allowsMissing: Bool = true) throws(TemplateError) -> String {
    var text = ""
    let finder = JSONPathFinder(root: value, allowsMissing: allowsMissing)
    try JSONPath.write(nodes, for: value, finder, into: &text)
    return text
  }

  private static func write(
    _ nodes: [Node], for value: Value, _ finder: JSONPathFinder, into text: inout String
  ) throws(TemplateError) {
    for node in nodes {
      switch node {
      case .text(let literal): text += literal
      case .expression(let steps):
        text += try finder.find(steps, in: [value]).map(JSONPath.text).joined(separator: " ")
      case .range(let steps, let body):
        for element in try finder.find(steps, in: [value]) { try write(body, for: element, finder, into: &text) }
      }
    }
  }

  /// A found value as a template prints it: strings as they are, objects and arrays as JSON with sorted keys.
  package static func text(_ value: Value) -> String {
    switch value {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value): value.general
    case .string(let value): value
    case .array, .object: value.sortedByKeys.jsonText
    }
  }
}

extension JSONPath {
  indirect enum Node: Sendable {
    case text(String)
    case expression([Step])
    case range([Step], [Node])
  }

  enum Step: Sendable {
    case root
    case current
    case field(String)
    case wildcard
    case recursive
    case slice(Slice)
    case filter(Filter)
    case union([[Step]])
    case literal(Value)
  }

  struct Slice: Sendable {
    var start: Int?
    var end: Int?
    var stride: Int?
    /// Whether it is one index, which must be there.
    var isIndex = false
  }

  struct Filter: Sendable {
    let left: [Step]
    /// The comparison; nil asks only whether `left` finds something.
    let comparison: String?
    let right: [Step]
  }
}

extension Value {
  /// The value with the members of every object in the order of their keys, as Go writes its maps.
  package var sortedByKeys: Value {
    switch self {
    case .array(let elements): .array(elements.map(\.sortedByKeys))
    case .object(let members):
      .object(
        Members(
          distinct: members.sorted { $0.key < $1.key }.map {
            Members.Member(key: $0.key, value: $0.value.sortedByKeys)
          }))
    default: self
    }
  }
}
