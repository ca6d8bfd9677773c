package import CEL
package import Tree

/// Where checks read objects: one state of one cluster.
package protocol World: Sendable {
  /// All objects of a resource ("pods", "deployments.apps"), in a namespace or, with nil, of all or of none.
  func objects(of resource: String, namespace: String?) -> [Value]
}

/// What a check sees: the cluster now and when the step was entered. Kinds are loaded when an expression first names
/// them, and only then.
package struct CheckContext {
  private let now: any World
  private let before: any World
  private let answer: String
  private let time: CELTimestamp?
  private var loaded: [String: CELValue] = [:]

  /// - Parameters:
  ///   - answer: the choice made in the step's prediction; empty where none was.
  ///   - time: the cluster's time in nanoseconds since 1970.
  package init(now: any World, before: any World, answer: String, time: Int64) {
    self.answer = answer
    self.now = now
    self.before = before
    self.time = CELTimestamp(seconds: 0, nanoseconds: time)
  }

  /// The expression's value over both states; nil where it fails, as it does when an object is not there yet.
  package mutating func evaluate(_ program: Program) -> CELValue? {
    var variables: [String: CELValue] = [:]
    var groups = [CheckVariable.past: [(String, CELValue)](), CheckVariable.everywhere: []]
    for reference in program.references {
      let name = reference[0]
      if let members = groups[name] {
        guard reference.count > 1, !members.contains(where: { $0.0 == reference[1] }) else { continue }
        groups[name]?.append((reference[1], value(of: reference[1], as: name)))
      } else if name == CheckVariable.time {
        variables[name] = time.map(CELValue.timestamp) ?? .null
      } else {
        variables[name] = name == CheckVariable.answer ? .string(answer) : value(of: name, as: "")
      }
    }
    for (name, members) in groups { variables[name] = .map(CELMap(members)) }
    return try? program.evaluate(variables)
  }

  /// Whether the expression is true; false where it fails.
  package mutating func holds(_ program: Program) -> Bool {
    if case .bool(true)? = evaluate(program) { true } else { false }
  }

  /// The expression's value as text; nil where it fails.
  package mutating func text(_ program: Program) -> String? {
    guard let value = evaluate(program)?.value else { return nil }
    return value.string ?? value.integer.map { String($0) } ?? value.boolean.map { String($0) } ?? value.jsonText
  }

  /// The objects of a variable, in the group that has them: `before`, `everywhere` or, with an empty name, now.
  private mutating func value(of name: String, as group: String) -> CELValue {
    let key = "\(group).\(name)"
    if let value = loaded[key] { return value }
    guard let variable = CheckVariable.named(name) else { return .null }
    let world = group == CheckVariable.past ? before : now
    let namespace = group == CheckVariable.everywhere ? nil : variable.namespace
    let objects = world.objects(of: variable.resource, namespace: namespace)
    var value = CELValue.list(objects.map { CELValue($0) })
    if let object = variable.object {
      value = objects.first { $0["metadata", "name"]?.string == object }.map { CELValue($0) } ?? .null
    }
    loaded[key] = value
    return value
  }
}
