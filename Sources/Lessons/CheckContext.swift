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
  private let time: CELTimestamp?
  private var loaded: [String: CELValue] = [:]

  /// - Parameter time: the cluster's time in nanoseconds since 1970.
  package init(now: any World, before: any World, time: Int64) {
    self.now = now
    self.before = before
    self.time = CELTimestamp(seconds: 0, nanoseconds: time)
  }

  /// The expression's value over both states; nil where it fails, as it does when an object is not there yet.
  package mutating func evaluate(_ program: Program) -> CELValue? {
    var variables: [String: CELValue] = [:]
    var past: [(String, CELValue)] = []
    for reference in program.references {
      if reference[0] == CheckVariable.time {
        variables[reference[0]] = time.map(CELValue.timestamp) ?? .null
      } else if reference[0] != CheckVariable.past {
        variables[reference[0]] = value(of: reference[0], in: now, key: reference[0])
      } else if reference.count > 1, !past.contains(where: { $0.0 == reference[1] }) {
        past.append((reference[1], value(of: reference[1], in: before, key: "before.\(reference[1])")))
      }
    }
    variables[CheckVariable.past] = .map(CELMap(past))
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

  private mutating func value(of name: String, in world: any World, key: String) -> CELValue {
    if let value = loaded[key] { return value }
    guard let variable = CheckVariable.named(name) else { return .null }
    let objects = world.objects(of: variable.resource, namespace: variable.namespace)
    var value = CELValue.list(objects.map { CELValue($0) })
    if let object = variable.object {
      value = objects.first { $0["metadata", "name"]?.string == object }.map { CELValue($0) } ?? .null
    }
    loaded[key] = value
    return value
  }
}
