import Kinds
import Tree

/// Amounts by resource: a `ResourceList` as numbers.
struct ResourceAmounts {
  private var amounts: [String: Quantity] = [:]

  init(_ value: Value?) {
    for amount in value?.object ?? Members() {
      amounts[amount.key] =
        amount.value.string.flatMap(Quantity.init) ?? amount.value.integer.map { Quantity(value: $0) }
    }
  }

  init(_ amounts: [String: Quantity]) { self.amounts = amounts }

  subscript(name: String) -> Quantity? {
    get { amounts[name] }
    set { amounts[name] = newValue }
  }

  /// In alphabetical order.
  var names: [String] { amounts.keys.sorted() }

  var value: Value { .object(Members(names.map { ($0, .string((amounts[$0] ?? .zero).description)) })) }

  /// Only these names.
  func masked(_ names: [String]) -> ResourceAmounts { ResourceAmounts(amounts.filter { names.contains($0.key) }) }

  mutating func add(_ other: ResourceAmounts) {
    for (name, amount) in other.amounts { amounts[name] = (amounts[name] ?? .zero) + amount }
  }

  mutating func raise(to other: ResourceAmounts) {
    for (name, amount) in other.amounts { amounts[name] = max(amounts[name] ?? .zero, amount) }
  }

  /// `cpu=1,pods=2`
  var text: String { names.map { "\($0)=\(amounts[$0] ?? .zero)" }.joined(separator: ",") }

  /// What a pod needs in all: its containers together, or its largest init container if that is more; init containers
  /// that keep running count with both (Kubernetes documentation, "Init Containers", resource sharing).
  static func ofPod(_ pod: Value, _ side: String, withOverhead: Bool) -> ResourceAmounts {
    var sum = ResourceAmounts(nil)
    for container in pod["spec", "containers"]?.array ?? [] { sum.add(ResourceAmounts(container["resources", side])) }
    var running = ResourceAmounts(nil)
    var most = ResourceAmounts(nil)
    for container in pod["spec", "initContainers"]?.array ?? [] {
      let own = ResourceAmounts(container["resources", side])
      if container["restartPolicy"]?.string == "Always" {
        sum.add(own)
        running.add(own)
        most.raise(to: running)
      } else {
        var together = running
        together.add(own)
        most.raise(to: together)
      }
    }
    sum.raise(to: most)
    sum.raise(to: ResourceAmounts(pod["spec", "resources", side]))
    if withOverhead { addOverhead(of: pod, side, to: &sum) }
    return sum
  }

  /// The overhead counts towards limits only where there is one.
  private static func addOverhead(of pod: Value, _ side: String, to sum: inout ResourceAmounts) {
    let overhead = ResourceAmounts(pod["spec", "overhead"])
    sum.add(side == "requests" ? overhead : overhead.masked(sum.names))
  }
}
