import Synchronization

/// How many of something are heard in a minute, from one address and from all together: wrong codes, wrong passwords,
/// people who join. Who is beyond it is not heard at all, right or wrong, until the minute is over.
package final class TryLimit: Sendable {
  private static let nanoseconds: Int64 = 60_000_000_000
  /// Addresses that are remembered; beyond it only the limit for all holds.
  private static let addressLimit = 10_000

  private struct State {
    var start: Int64 = 0
    var total = 0
    var byAddress: [String: Int] = [:]
  }

  package let perAddress: Int
  package let inAll: Int
  private let state = Mutex(State())

  package init(perAddress: Int, inAll: Int) {
    self.perAddress = perAddress
    self.inAll = inAll
  }

  /// Seconds until the address is heard again; nil if it is heard now. `now` is a monotonic clock's reading.
  /// - Parameter limit: for one address; nil: the standing one.
  package func wait(_ address: String, limit: Int? = nil, now: Int64) -> Int? {
    state.withLock { state in
      Self.turn(&state, now)
      let count = state.byAddress[Self.network(address), default: 0]
      guard state.total >= inAll || count >= limit ?? perAddress else { return nil }
      return Int((state.start + Self.nanoseconds - now) / 1_000_000_000) + 1
    }
  }

  /// Notes one that counts.
  package func note(_ address: String, now: Int64) {
    state.withLock { state in
      Self.turn(&state, now)
      state.total += 1
      let network = Self.network(address)
      guard state.byAddress[network] != nil || state.byAddress.count < Self.addressLimit else { return }
      state.byAddress[network, default: 0] += 1
    }
  }

  private static func turn(_ state: inout State, _ now: Int64) {
    if now - state.start >= nanoseconds { state = State(start: now) }
  }

  /// Of an IPv4 address in IPv6's form.
  private static let mapped = "::ffff:"

  /// An IPv6 address by its first four groups: whoever has one has a whole /64.
  private static func network(_ address: String) -> String {
    if address.hasPrefix(mapped) { return String(address.dropFirst(mapped.count)) }
    guard address.contains(":") else { return address }
    let groups = address.split(separator: ":", omittingEmptySubsequences: false)
    return groups.prefix { !$0.isEmpty }.prefix(4).joined(separator: ":") + "::/64"
  }
}
