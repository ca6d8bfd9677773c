package import API
import Kinds
import Loop
import Store
import Tree

/// Lets Events go an hour after they were last written, as the API server's storage does (kube-apiserver,
/// `--event-ttl`).
///
/// All of them live equally long, so they end in the order in which they were written: one line of them, and one
/// appointment for its head, whatever their number.
package final class EventExpiry {
  /// How long an Event is kept, of the cluster's time.
  package static let life = Duration.seconds(3_600)

  private struct End {
    let time: Time
    let key: ObjectKey
    /// The write from which the time is counted; a later one stands further back in the line.
    let revision: Int64
  }

  private let component: Component
  private var line: [End] = []
  /// Where the line begins: what is before has gone.
  private var head = 0
  private var appointment: Appointment?

  package init(client: Client) { component = Component("kube-apiserver", client: client) }

  package func start() {
    let stored = component.client.list(.event).map { end(of: $0, from: Self.lastWrite(of: $0.value) ?? component.now) }
    line = stored.sorted { ($0.time, $0.revision) < ($1.time, $1.revision) }
    head = 0
    component.store.observe { [unowned self] change in
      guard change.key.groupResource == Kind.event.groupResource, change.kind != .deleted else { return }
      line.append(end(of: change.object, from: component.now))
      makeAppointment()
    }
    makeAppointment()
  }

  private func end(of event: StoredObject, from moment: Time) -> End {
    End(time: moment + Self.life, key: event.key, revision: event.revision)
  }

  /// When an Event was written last, by what it says of itself.
  private static func lastWrite(of event: Value) -> Time? {
    [
      event["lastTimestamp"], event["series", "lastObservedTime"], event["eventTime"],
      event["metadata", "creationTimestamp"],
    ]
    .compactMap { $0?.string.flatMap(Time.init(timestamp:)) }.max()
  }

  private func makeAppointment() {
    guard appointment == nil, head < line.count else { return }
    appointment = component.loop.schedule(at: line[head].time, as: "event-expiry") { [unowned self] in removeExpired() }
  }

  private func removeExpired() {
    appointment = nil
    while head < line.count, line[head].time <= component.now {
      let end = line[head]
      head += 1
      // A write since then has put it further back; who deleted it was faster.
      guard component.store[end.key]?.revision == end.revision else { continue }
      component.store.remove(end.key, cause: Cause(actor: component.name, request: "event expiry"))
    }
    if head * 2 > line.count {
      line.removeFirst(head)
      head = 0
    }
    makeAppointment()
  }
}
