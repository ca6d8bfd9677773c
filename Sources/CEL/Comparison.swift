/// Equality and order of values.
///
/// Values of different types are unequal, but numbers are compared as numbers whatever their types (cel-spec, "Numeric
/// Values"). Strings are compared by code points, so that text that merely looks the same differs.

/// Whether two values are equal.
func equal(_ left: CELValue, _ right: CELValue) -> Bool {
  switch (left, right) {
  case (.null, .null): true
  case (.bool(let left), .bool(let right)): left == right
  case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
  case (.bytes(let left), .bytes(let right)): left == right
  case (.timestamp(let left), .timestamp(let right)): left == right
  case (.duration(let left), .duration(let right)): left == right
  case (.type(let left), .type(let right)): left == right
  case (.list(let left), .list(let right)): left.count == right.count && zip(left, right).allSatisfy(equal)
  case (.map(let left), .map(let right)): equalMaps(left, right)
  case (.optional(let left), .optional(let right)): equalOptionals(left, right)
  case (.object(let left), .object(let right)): left.isEqual(to: right)
  default: Order(left, right) == .same
  }
}

private func equalMaps(_ left: CELMap, _ right: CELMap) -> Bool {
  left.count == right.count
    && left.entries.allSatisfy { entry in
      guard let other = right.value(at: entry.key) else { return false }
      return equal(entry.value, other)
    }
}

private func equalOptionals(_ left: CELValue?, _ right: CELValue?) -> Bool {
  switch (left, right) {
  case (nil, nil): true
  case (let left?, let right?): equal(left, right)
  default: false
  }
}

/// How one value stands to another.
enum Order {
  case before, same, after
  /// Not a number stands in no order to anything.
  case none

  /// The order of two values; nil where their types have none.
  init?(_ left: CELValue, _ right: CELValue) {
    switch (left, right) {
    case (.bool(let left), .bool(let right)): self = .of(left ? 1 : 0, right ? 1 : 0)
    case (.string(let left), .string(let right)):
      self =
        left.utf8.elementsEqual(right.utf8) ? .same : left.utf8.lexicographicallyPrecedes(right.utf8) ? .before : .after
    case (.bytes(let left), .bytes(let right)):
      self = left == right ? .same : left.lexicographicallyPrecedes(right) ? .before : .after
    case (.timestamp(let left), .timestamp(let right)): self = .of(left, right)
    case (.duration(let left), .duration(let right)): self = .of(left, right)
    case (.int(let left), .int(let right)): self = .of(left, right)
    case (.uint(let left), .uint(let right)): self = .of(left, right)
    case (.double(let left), .double(let right)): self = left.isNaN || right.isNaN ? .none : .of(left, right)
    case (.int(let left), .uint(let right)): self = left < 0 ? .before : .of(UInt64(left), right)
    case (.uint(let left), .int(let right)): self = right < 0 ? .after : .of(left, UInt64(right))
    case (.int(let left), .double(let right)): self = .integer(left, to: right)
    case (.uint(let left), .double(let right)): self = .integer(left, to: right)
    case (.double(let left), .int(let right)): self = Order.integer(right, to: left).reversed
    case (.double(let left), .uint(let right)): self = Order.integer(right, to: left).reversed
    default: return nil
    }
  }

  private static func of<T: Comparable>(_ left: T, _ right: T) -> Order {
    left == right ? .same : left < right ? .before : .after
  }

  /// An integer and a double, compared without rounding either.
  private static func integer<T: BinaryInteger>(_ left: T, to right: Double) -> Order {
    if right.isNaN { return .none }
    return Double(exactly: left) == right ? .same : left < right ? .before : .after
  }

  private var reversed: Order {
    switch self {
    case .before: .after
    case .after: .before
    default: self
    }
  }
}

extension BinaryInteger {
  /// Whether this integer is less than a number, exactly.
  fileprivate static func < (left: Self, right: Double) -> Bool {
    if right >= 0x1p64 { return true }
    if right < -0x1p63 { return false }
    let floor = right.rounded(.down)
    return floor < 0
      ? left < Int64(floor) || left == Int64(floor) && floor < right
      : left < UInt64(floor) || left == UInt64(floor) && floor < right
  }
}
