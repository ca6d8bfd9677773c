/// One cluster's event loop: its present moment, the work that waits for a deadline, and its random streams.
///
/// Work runs in the order of its deadline, then of its precedence, then of its scheduling, so the same inputs give the
/// same run. A loop is not Sendable: whoever drives it holds it.
///
///     let loop = Loop(now: Time(seconds: 0), seed: 7)
///     loop.schedule(after: .seconds(5), as: "kubelet") { … }
///     loop.advance(to: loop.now + .seconds(5))
package final class Loop {
  package private(set) var now: Time
  package let seed: UInt64
  private var agenda = Agenda()
  private var streams: [String: RandomStream] = [:]
  /// The work queues' counters, by component.
  package private(set) var queues: [String: QueueCounter] = [:]

  /// How many pieces of work have run, and how many were ever to run.
  package private(set) var performed = 0
  package private(set) var scheduled = 0
  /// Whether a piece of work is running.
  package private(set) var isWorking = false

  package init(now: Time, seed: UInt64) {
    self.now = now
    self.seed = seed
  }

  /// Runs the work once, when the cluster's time has come to `deadline` (at once, if that is past).
  @discardableResult
  package func schedule(
    at deadline: Time, _ precedence: Precedence = .controlPlane, as component: String, _ work: @escaping () -> Void
  ) -> Appointment {
    scheduled += 1
    return agenda.add(at: max(deadline, now), precedence: precedence, component: component, work: work)
  }

  /// Runs the work once, after that much of the cluster's time.
  @discardableResult
  package func schedule(
    after delay: Duration = .zero, as component: String, _ work: @escaping () -> Void
  ) -> Appointment {
    schedule(at: now + delay, as: component, work)
  }

  /// When the next work is due; nil when nothing waits.
  package var nextDeadline: Time? { agenda.next?.deadline }

  /// Runs the one next piece of work if it is due by now. Answers whether there was one.
  @discardableResult
  package func runOne() -> Bool {
    guard let appointment = agenda.next, appointment.deadline <= now else { return false }
    agenda.removeNext()
    performed += 1
    isWorking = true
    appointment.perform()
    isWorking = false
    return true
  }

  /// Runs what is due by now, and what that makes due, up to `limit` pieces, and only while `goesOn` says so. Answers
  /// how many ran.
  @discardableResult
  package func runDue(limit: Int = .max, while goesOn: () -> Bool = { true }) -> Int {
    var count = 0
    while count < limit, goesOn(), runOne() { count += 1 }
    return count
  }

  /// Moves the present on to `time`, running everything that becomes due on the way, each at its own moment.
  /// Answers how many pieces ran; stops early, at the moment it got to, when `limit` is reached or `goesOn` says no.
  @discardableResult
  package func advance(to time: Time, limit: Int = .max, while goesOn: () -> Bool = { true }) -> Int {
    var count = runDue(limit: limit, while: goesOn)
    while count < limit, let deadline = nextDeadline, deadline <= time, goesOn() {
      now = max(now, deadline)
      count += runDue(limit: limit - count, while: goesOn)
    }
    if count < limit, (nextDeadline ?? .distantFuture) > time { now = max(now, time) }
    return count
  }

  /// Goes to a place of a run that was made before: until so many pieces of work have run, each at its own moment, and
  /// then on to `time`. Answers whether this run can get there.
  package func replay(to time: Time, performed count: Int) -> Bool {
    while performed < count {
      guard let deadline = nextDeadline else { return false }
      now = max(now, deadline)
      runOne()
    }
    now = max(now, time)
    return performed == count
  }

  /// Forgets all work that waits and goes on from another moment, earlier or later: for those who build everything anew
  /// that had work to do. The random streams go on where they are.
  package func restart(at time: Time) {
    agenda = Agenda()
    now = time
    for counter in queues.values { counter.forgetQueues() }
  }

  func counter(of component: String) -> QueueCounter {
    let counter = queues[component] ?? QueueCounter()
    queues[component] = counter
    return counter
  }

  /// A stream of random numbers of its own for each name, so that one component's draws never disturb another's.
  package func random(_ name: String) -> RandomStream {
    if let stream = streams[name] { return stream }
    let stream = RandomStream(seed: seed, name: name)
    stream.tape = tape
    streams[name] = stream
    return stream
  }

  /// Where draws are kept, and taken from, until this is nil again.
  package var tape: Tape? {
    didSet { for stream in streams.values { stream.tape = tape } }
  }
}
