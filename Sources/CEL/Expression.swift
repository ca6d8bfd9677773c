/// A parsed expression: a tree of nodes, each of which knows where it stands in the text.
struct Expression: Sendable {
  indirect enum Kind: Sendable {
    case literal(CELValue)
    /// A variable that the caller of the program gives.
    case variable(String)
    /// A variable that a macro binds, by its place on the evaluator's stack.
    case local(Int)
    case select(Expression, field: String, isOptional: Bool)
    /// The macro `has(e.f)`.
    case has(Expression, field: String)
    case index(Expression, Expression, isOptional: Bool)
    case not(Expression)
    case negate(Expression)
    case binary(BinaryOperator, Expression, Expression)
    /// `&&` of two or more, flat, so that long chains stay shallow.
    case all([Expression])
    /// `||` of two or more.
    case any([Expression])
    case conditional(Expression, Expression, Expression)
    case call(Function, [Expression])
    case list([Element])
    case map([Entry])
    /// An object of a named type, with the fields that it sets.
    case object(type: String, [ObjectField])
    case comprehension(Comprehension)
    /// The macros `o.optMap(x, e)` and, where `isFlat`, `o.optFlatMap(x, e)`.
    case optionalMap(Expression, body: Expression, isFlat: Bool)
  }

  struct Element: Sendable {
    let value: Expression
    let isOptional: Bool
  }

  struct ObjectField: Sendable {
    let name: String
    let value: Expression
    let isOptional: Bool
  }

  struct Entry: Sendable {
    let key: Expression
    let value: Expression
    let isOptional: Bool
  }

  let kind: Kind
  let position: Position
  /// How many nodes lie on the longest way down, this one included.
  let depth: Int
}

enum BinaryOperator: String, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
  case equal = "=="
  case unequal = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case isIn = "in"

  /// How strongly it binds; all of them group from the left.
  var precedence: Int {
    switch self {
    case .multiply, .divide, .remainder: 3
    case .add, .subtract: 2
    default: 1
    }
  }
}

/// A macro over the elements of a list or the keys of a map.
struct Comprehension: Sendable {
  enum Form: String, Sendable {
    case all, exists, existsOne, map, filter, transformList, transformMap, transformMapEntry
  }

  let form: Form
  let range: Expression
  /// One variable: the element or key; two: index and element, or key and value.
  let variableCount: Int
  /// The elements to be taken at all, for `map` and the transforms.
  let filter: Expression?
  let body: Expression
}
