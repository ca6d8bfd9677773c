/// A function or method that expressions may call.
struct Function: Sendable {
  typealias Body = @Sendable ([CELValue]) throws(CELError) -> CELValue?

  let name: String
  /// Called as `target.name(…)`; the target is the first argument.
  let isMethod: Bool
  /// How many arguments it takes, a method's target included.
  let count: ClosedRange<Int>
  /// The steps that a call costs beside one for the node.
  let cost: @Sendable ([CELValue]) -> Int
  /// The result, or nil where the arguments' types do not fit.
  let body: Body

  /// A function: `name(a, b)`.
  static func global(_ name: String, _ count: Int, _ body: @escaping Body) -> Function {
    Function(name: name, isMethod: false, count: count...count, cost: Self.weight, body: body)
  }

  /// A method with so many arguments beside its target: `target.name(a)`.
  static func method(_ name: String, _ count: ClosedRange<Int> = 0...0, _ body: @escaping Body) -> Function {
    let range = count.lowerBound + 1...count.upperBound + 1
    return Function(name: name, isMethod: true, count: range, cost: Self.weight, body: body)
  }

  static func weight(of arguments: [CELValue]) -> Int { arguments.reduce(0) { $0 + $1.weight } }

  /// The words before a dot that are part of a function's name.
  static let namespaces: Set<String> = ["optional", "sets"]

  private static let table: [String: [Function]] = Dictionary(
    grouping: standardFunctions + conversionFunctions + timeFunctions + stringFunctions + patternFunctions
      + listFunctions + optionalFunctions,
    by: \.name)

  private static func candidates(_ name: String, isMethod: Bool, _ library: CELLibrary) -> [Function] {
    ((table[name] ?? []) + library.functions(named: name)).filter { $0.isMethod == isMethod }
  }

  /// Fails where there is no function of that name at all, before its arguments are looked at.
  static func requireName(_ name: String, isMethod: Bool, _ library: CELLibrary, at position: Position)
    throws(CELError)
  {
    if candidates(name, isMethod: isMethod, library).isEmpty == false { return }
    throw CELError(.unknownName, "there is no \(isMethod ? "method" : "function") '\(name)'", at: position)
  }

  /// The function of that name for so many arguments (a method's target included).
  static func named(
    _ name: String, isMethod: Bool, _ count: Int, _ library: CELLibrary, at position: Position
  ) throws(CELError) -> Function {
    try requireName(name, isMethod: isMethod, library, at: position)
    let sameName = candidates(name, isMethod: isMethod, library)
    if let function = sameName.first(where: { $0.count.contains(count) }) { return function }
    let other = sameName[0]
    let given = isMethod ? count - 1 : count
    let lower = other.count.lowerBound - (isMethod ? 1 : 0)
    let upper = other.count.upperBound - (isMethod ? 1 : 0)
    let expected = lower == upper ? "\(lower)" : "\(lower) to \(upper)"
    throw CELError(.syntax, "\(name)() takes \(expected) arguments, not \(given)", at: position)
  }
}
