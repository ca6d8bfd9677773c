/// Accepted sockets whose first byte has not come.
struct SilentSockets {
  private let limit: Int
  private var arrivals: [Int32: Arrival] = [:]

  /// At most so many.
  init(limit: Int) {
    self.limit = max(1, limit)
  }

  var count: Int { arrivals.count }

  /// Takes one in; gives back the oldest when there are too many.
  mutating func add(_ arrival: Arrival) -> Arrival? {
    let oldest = arrivals.count < limit ? nil : arrivals.values.min { $0.deadline < $1.deadline }
    if let oldest { arrivals[oldest.descriptor] = nil }
    arrivals[arrival.descriptor] = arrival
    return oldest
  }

  subscript(descriptor: Int32) -> Arrival? { arrivals[descriptor] }

  mutating func remove(_ descriptor: Int32) {
    arrivals[descriptor] = nil
  }

  /// Takes out those whose deadline has passed.
  mutating func removeOverdue(at now: UInt64) -> [Arrival] {
    let overdue = arrivals.values.filter { $0.deadline < now }
    for arrival in overdue { arrivals[arrival.descriptor] = nil }
    return overdue
  }

  /// Takes all out.
  mutating func removeAll() -> [Arrival] {
    defer { arrivals = [:] }
    return Array(arrivals.values)
  }
}
