package import API
package import Cluster
import Kinds
package import Kubectl
import Loop
import Store
import Synchronization
package import Tree

/// kubectl on a cluster that this thread drives: a test's, or a lesson's that is being prepared.
///
/// Waiting lets the cluster's own time run, so nothing takes real time.
package struct LoopTransport: Transport {
  private let cluster: Cluster
  private let api: APIServer
  private let caller: Caller
  /// Cluster time that one watch or wait may take before it is ended.
  package static let patience = Duration.seconds(3_600)

  package init(cluster: Cluster, api: APIServer, caller: Caller) {
    self.cluster = cluster
    self.api = api
    self.caller = caller
  }

  package var now: Int64 { cluster.loop.now.nanoseconds }
  package var isCancelled: Bool { false }

  package func send(_ call: Call) -> Reply {
    do throws(Status) {
      let request = try api.authenticated(APIRequest(call, caller: caller))
      if api.isWrite(request) {
        let response = api.write(request, with: cluster.writer)
        commit()
        return Reply(response)
      }
      switch api.read(request) {
      case .response(let response): return Reply(response)
      case .log(let plan): return Reply(try plan.answer(from: cluster.logs, now: cluster.loop.now))
      case .proxy(let plan): return Reply(cluster.answer(plan))
      case .watch:
        return Reply(Status(code: 400, reason: "BadRequest", message: "a watch is no single answer"))
      }
    } catch {
      return Reply(error)
    }
  }

  package func watch(_ call: Call, each: (Value) -> Bool) -> Reply? {
    let plan: WatchPlan
    do throws(Status) {
      switch api.read(try api.authenticated(APIRequest(call, caller: caller))) {
      case .watch(let found): plan = found
      case .response(let response): return Reply(response)
      case .log, .proxy: return send(call)
      }
    } catch {
      return Reply(error)
    }
    return follow(plan, each: each)
  }

  private func follow(_ plan: WatchPlan, each: (Value) -> Bool) -> Reply? {
    let inbox = Inbox()
    let start = cluster.feed.watch(after: plan.startRevision) { inbox.put($0) }
    guard let missed = start.missed else {
      _ = WatchEvents.values(plan.expired(oldest: cluster.feed.oldestRevision)).allSatisfy(each)
      return nil
    }
    defer { cluster.feed.unwatch(start.id) }
    let end = cluster.loop.now + Self.patience
    var frames = plan.opening(snapshot: start.snapshot) + missed.flatMap { plan.frames(for: $0) }
    while true {
      for event in WatchEvents.values(Array(frames.joined())) where !each(event) { return nil }
      frames = inbox.takeAll().flatMap { plan.frames(for: $0) }
      guard frames.isEmpty else { continue }
      guard let deadline = cluster.loop.nextDeadline, deadline <= end else { return nil }
      cluster.loop.advance(to: deadline, limit: cluster.options.workPerTurn)
      commit()
    }
  }

  package func execute(_ call: Call, input: String?, each: (Output) -> Bool) -> Execution {
    let plan: ConnectionPlan
    let id: Int
    let said = Said()
    do throws(Status) {
      plan = try api.connectionPlan(try api.authenticated(APIRequest(call, caller: caller)))
      id = try cluster.commands.start(plan) { said.put($0) }
    } catch {
      return .refused(Reply(error))
    }
    defer { cluster.commands.stop(id) }
    if let input { cluster.commands.type(input, into: id) }
    if plan.hasInput || plan.purpose == .exec { cluster.commands.endInput(of: id) }
    let end = cluster.loop.now + Self.patience
    while true {
      for event in said.takeAll() {
        if case .exited(let code) = event { return .exited(code: code) }
        if let output = Output(event), !each(output) { return .exited(code: Execution.interrupted) }
      }
      guard let deadline = cluster.loop.nextDeadline, deadline <= end else { return .refused(Reply(Self.tooLong)) }
      cluster.loop.advance(to: deadline, limit: cluster.options.workPerTurn)
      commit()
    }
  }

  private static let tooLong = Status(
    code: 504, reason: "Timeout", message: "the command has not ended within \(patience.components.seconds) seconds")

  package func pause(seconds: Double) {
    cluster.loop.advance(
      to: cluster.loop.now + .nanoseconds(Int64(min(seconds, 1e9) * 1e9)), limit: cluster.options.workPerTurn)
    commit()
  }

  /// A journal that fails has the cluster's turn fail; here it only hides what it could not keep.
  private func commit() { try? cluster.commit(durably: false) }
}

/// What a command has said and nobody has heard yet.
private final class Said {
  private var events: [ExecEvent] = []

  func put(_ event: ExecEvent) { events.append(event) }

  func takeAll() -> [ExecEvent] {
    defer { events = [] }
    return events
  }
}

/// Changes between a feed and the one who waits for them.
private final class Inbox: Sendable {
  private let changes = Mutex<[Change]>([])

  func put(_ new: [Change]) { changes.withLock { $0 += new } }

  func takeAll() -> [Change] {
    changes.withLock { changes in
      defer { changes = [] }
      return changes
    }
  }
}
