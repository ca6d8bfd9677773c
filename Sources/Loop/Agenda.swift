/// A piece of work that waits for its moment. Cancelling it makes it do nothing.
package final class Appointment {
  package let deadline: Time
  package let component: String
  fileprivate let order: UInt64
  private var work: (() -> Void)?

  fileprivate init(deadline: Time, component: String, order: UInt64, work: @escaping () -> Void) {
    self.deadline = deadline
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
    (deadline, order) < (other.deadline, other.order)
  }
}

/// Appointments by deadline, then by the order in which they were made: a binary heap.
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

  mutating func add(at deadline: Time, component: String, work: @escaping () -> Void) -> Appointment {
    made += 1
    let appointment = Appointment(deadline: deadline, component: component, order: made, work: work)
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
