import Kinds

/// Amounts of the resources that a pod asks for or a node has.
struct ResourceAmounts: Sendable, Equatable {
  /// Thousandths of a core.
  var milliCPU: Int64 = 0
  /// Bytes.
  var memory: Int64 = 0
  /// Bytes.
  var ephemeralStorage: Int64 = 0
  /// Everything else that is counted (`nvidia.com/gpu`, `hugepages-2Mi`).
  var extended: [String: Int64] = [:]

  init() {}

  init(_ quantities: TextMap) {
    for (name, text) in quantities.pairs {
      guard let quantity = Quantity(text) else { continue }
      switch name {
      case "cpu": milliCPU = quantity.milliValue
      case "memory": memory = quantity.value
      case "ephemeral-storage": ephemeralStorage = quantity.value
      case "pods": break
      default: extended[name] = quantity.value
      }
    }
  }

  static func += (left: inout ResourceAmounts, right: ResourceAmounts) {
    left.combine(right, by: +)
  }

  static func -= (left: inout ResourceAmounts, right: ResourceAmounts) {
    left.combine(right, by: -)
  }

  static func + (left: ResourceAmounts, right: ResourceAmounts) -> ResourceAmounts {
    var sum = left
    sum += right
    return sum
  }

  /// Raises each amount to at least the other's.
  mutating func raise(to other: ResourceAmounts) {
    combine(other, by: max)
  }

  private mutating func combine(_ other: ResourceAmounts, by operation: (Int64, Int64) -> Int64) {
    milliCPU = operation(milliCPU, other.milliCPU)
    memory = operation(memory, other.memory)
    ephemeralStorage = operation(ephemeralStorage, other.ephemeralStorage)
    guard !other.extended.isEmpty else { return }
    for (name, amount) in other.extended { extended[name] = operation(extended[name] ?? 0, amount) }
  }
}
