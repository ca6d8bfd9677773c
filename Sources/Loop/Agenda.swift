/// Whose turn it is among those who have work at the same moment.
package enum Precedence: Int, Comparable, Sendable {
  /// The control plane: it brings to an end what it has begun at that moment.
  case controlPlane
  /// The nodes, which are a way from it: they see at that moment what it left.
  case nodes

  package static func < (first: Precedence, second: Precedence) -> Bool { first.rawValue < second.rawValue }
}

/// A piece of work that waits for its moment. Cancelling it makes it do nothing.
package final class Appointment {
  package let deadline: Time
  package let component: String
  private let precedence: Precedence
  fileprivate let order: UInt64
  private var work: (() -> Void)?

  fileprivate init(
    deadline: Time, precedence: Precedence, component: String, order: UInt64, work: @escaping () -> Void
  ) {
    self.deadline = deadline
    self.precedence = precedence
    self.component = component
    self.order = order
    self.work = work
  }

  package func cancel() { work = nil }

  package var isCancelled: Bool { work == nil }

  func perform() {
    let work = self.work
    self.work = nil
    work?()
  }

  fileprivate func comesBefore(_ other: Appointment) -> Bool {
    (deadline, precedence, order) < (other.deadline, other.precedence, other.order)
  }
}

/// Appointments by deadline, then by precedence, then by the order in which they were made: a binary heap.
struct Agenda {
  private var heap: [Appointment] = []
  private var made: UInt64 = 0

  /// The first appointment that still stands.
  var next: Appointment? {
    mutating get {
      while let first = heap.first, first.isCancelled { removeNext() }
      return heap.first
    }
  }

  mutating func add(
    at deadline: Time, precedence: Precedence, component: String, work: @escaping () -> Void
  ) -> Appointment {
    made += 1
    let appointment = Appointment(
      deadline: deadline, precedence: precedence, component: component, order: made, work: work)
    heap.append(appointment)
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child].comesBefore(heap[parent]) else { break }
      heap.swapAt(child, parent)
      child = parent
    }
    return appointment
  }

  mutating func removeNext() {
    guard let last = heap.popLast(), !heap.isEmpty else { return }
    heap[0] = last
    var parent = 0
    while true {
      var first = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child].comesBefore(heap[first]) {
        first = child
      }
      guard first != parent else { return }
      heap.swapAt(parent, first)
      parent = first
    }
  }
}
