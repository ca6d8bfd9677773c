import Store

/// A thread that runs clusters, one turn of one of them at a time. A server has as many as the machine has cores.
package final class Lane: Sendable {
  enum Message: Sendable {
    case open(
      Door, make: @Sendable () throws(JournalError) -> Cluster, ready: @Sendable (Result<Void, JournalError>) -> Void)
    case wake(Door)
    case close(Door)
  }

  /// A cluster that runs here. Only the lane's thread touches it.
  private final class Resident {
    let cluster: Cluster
    let door: Door
    /// The monotonic reading at which its next turn is due; nil if only a command can cause one.
    var nextTurn: Int64?

    init(_ cluster: Cluster, door: Door) {
      self.cluster = cluster
      self.door = door
    }
  }

  private let mailbox = Mailbox<Message>()

  /// A lane with a thread of its own, which ends with `stop`, or when nobody has the lane any more.
  package init() {
    let mailbox = mailbox
    BackgroundThread.start { Self.run(mailbox) }
  }

  deinit { mailbox.close() }

  func put(_ message: Message) { mailbox.put(message) }

  private static func run(_ mailbox: Mailbox<Message>) {
    var residents: [ObjectIdentifier: Resident] = [:]
    while let messages = mailbox.takeAll(until: residents.values.lazy.compactMap(\.nextTurn).min()) {
      for message in messages { take(message, &residents) }
      let now = MonotonicClock.now
      for id in dueResidents(at: now, residents) {
        // Somebody waits for a cluster that is opened; what is due in others can wait a little.
        for message in mailbox.takeAll(until: now) ?? [] { take(message, &residents) }
        if let resident = residents[id], !turn(resident) { residents[id] = nil }
      }
    }
  }

  /// Not the residents themselves: whoever closes one waits until it and its journal are gone.
  private static func dueResidents(at now: Int64, _ residents: [ObjectIdentifier: Resident]) -> [ObjectIdentifier] {
    residents.compactMap { id, resident in resident.nextTurn.map { $0 <= now } == true ? id : nil }
  }

  private static func take(_ message: Message, _ residents: inout [ObjectIdentifier: Resident]) {
    switch message {
    case .open(let door, let make, let ready): residents[ObjectIdentifier(door)] = open(door, make, ready)
    case .wake(let door): residents[ObjectIdentifier(door)]?.nextTurn = 0
    case .close(let door):
      if let resident = residents.removeValue(forKey: ObjectIdentifier(door)) { close(resident) }
      door.end()
    }
  }

  private static func open(
    _ door: Door, _ make: () throws(JournalError) -> Cluster, _ ready: (Result<Void, JournalError>) -> Void
  ) -> Resident? {
    do throws(JournalError) {
      let cluster = try make()
      let resident = Resident(cluster, door: door)
      resident.nextTurn = 0
      // One that wakes can be read at once; what its parts have to do, they do in its turns.
      if !cluster.isCommitted {
        try turn(cluster, [])
        resident.nextTurn = cluster.nextTurn(real: MonotonicClock.now)
      }
      ready(.success(()))
      return resident
    } catch {
      door.fail(error)
      ready(.failure(error))
      return nil
    }
  }

  /// Runs one turn; false if the cluster has stopped by it.
  private static func turn(_ resident: Resident) -> Bool {
    let (commands, areMore) = resident.door.takeCommands()
    do throws(JournalError) {
      try turn(resident.cluster, commands)
    } catch {
      resident.door.fail(error)
      return false
    }
    resident.door.callWebhooks(of: resident.cluster)
    resident.door.callForks(of: resident.cluster)
    resident.nextTurn = areMore ? 0 : resident.cluster.nextTurn(real: MonotonicClock.now)
    return true
  }

  /// How long the work of one turn goes on, in nanoseconds of the processor, before requests and other clusters are
  /// heard again. A piece of work that has begun ends first.
  private static let turnLength: Int64 = 50_000_000

  private static func turn(_ cluster: Cluster, _ commands: [Door.Command]) throws(JournalError) {
    let start = MonotonicClock.ofThread
    try cluster.turn(commands, real: MonotonicClock.now) { MonotonicClock.ofThread - start < turnLength }
  }

  /// Runs the commands that still wait.
  private static func close(_ resident: Resident) {
    while true {
      let (commands, areMore) = resident.door.takeCommands()
      guard !commands.isEmpty, (try? resident.cluster.turn(commands, real: MonotonicClock.now)) != nil, areMore else {
        return
      }
    }
  }
}
