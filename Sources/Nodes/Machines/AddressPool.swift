/// The pod addresses of one node: `10.244.N.2` upwards, the next free after the last given out, as host-local does.
struct AddressPool {
  private let prefix: String
  /// The last number that a pod's address may end with.
  private static let highest = 254
  private var taken: Set<Int> = []
  private var last = 1

  /// `10.244.3.0/24` for the node with index 3.
  static func range(node index: Int) -> String { "10.\(244 + index / 256).\(index % 256).0/24" }

  init(range: String) {
    let parts = range.split(separator: "/").first?.split(separator: ".") ?? []
    prefix = parts.prefix(3).joined(separator: ".") + "."
  }

  mutating func take() -> String {
    for _ in 0..<Self.highest {
      last = last >= Self.highest ? 2 : last + 1
      if taken.insert(last).inserted { return prefix + String(last) }
    }
    return prefix + "255"
  }

  /// Marks an address as taken that a pod had before a restart.
  mutating func take(_ address: String) {
    guard let number = number(of: address) else { return }
    taken.insert(number)
    last = max(last, number)
  }

  mutating func release(_ address: String) {
    if let number = number(of: address) { taken.remove(number) }
  }

  private func number(of address: String) -> Int? {
    address.hasPrefix(prefix) ? Int(address.dropFirst(prefix.count)) : nil
  }
}
