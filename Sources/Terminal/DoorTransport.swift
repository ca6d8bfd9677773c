package import API
package import Cluster
import Kinds
package import Kubectl
import Loop
package import Store
import Synchronization
package import Tree

/// Somebody's wish that a command end: Ctrl-C, or a closed page.
package final class Cancellation: Sendable {
  private struct State {
    var isCancelled = false
    var handlers: [@Sendable () -> Void] = []
  }

  private let state = Mutex(State())

  package init() {}

  package var isCancelled: Bool { state.withLock { $0.isCancelled } }

  package func cancel() {
    let handlers = state.withLock { state in
      state.isCancelled = true
      defer { state.handlers = [] }
      return state.handlers
    }
    for handler in handlers { handler() }
  }

  /// Calls the handler when (or, if it is so already, because) the command is to end.
  func onCancel(_ handler: @escaping @Sendable () -> Void) {
    let isLate = state.withLock { state in
      if !state.isCancelled { state.handlers.append(handler) }
      return state.isCancelled
    }
    if isLate { handler() }
  }
}

/// kubectl on a running cluster, from a thread that may block.
package struct DoorTransport: Transport {
  let door: Door
  private let feed: Feed
  let api: APIServer
  private let signal: TimeSignal
  let caller: Caller
  let cancellation: Cancellation
  package let serverAddress: String

  /// - Parameter serverAddress: where others reach the server: `https://podium.example.com:8443`.
  package init(
    door: Door, feed: Feed, api: APIServer, signal: TimeSignal, caller: Caller, cancellation: Cancellation,
    serverAddress: String
  ) {
    self.serverAddress = serverAddress
    self.door = door
    self.feed = feed
    self.api = api
    self.signal = signal
    self.caller = caller
    self.cancellation = cancellation
  }

  package var now: Int64 { signal.now.nanoseconds }
  package var isCancelled: Bool { cancellation.isCancelled }

  package func send(_ call: Call) -> Reply {
    do throws(Status) {
      let request = try api.authenticated(APIRequest(call, caller: caller))
      guard !api.isWrite(request) else { return write(request) }
      switch api.read(request) {
      case .response(let response): return Reply(response)
      case .log(let plan): return log(plan)
      case .proxy(let plan): return proxied(plan)
      case .watch: return Reply(Status(code: 400, reason: "BadRequest", message: "a watch is no single answer"))
      }
    } catch {
      return Reply(error)
    }
  }

  private func write(_ request: APIRequest) -> Reply {
    let inbox = Mailbox<Reply>()
    guard door.write(request, to: api, reply: { inbox.put(Reply($0)) }) else { return Reply(Self.stopped) }
    cancellation.onCancel { inbox.close() }
    return inbox.takeAll(until: nil)?.first ?? Reply(Self.interrupted)
  }

  private func log(_ plan: LogPlan) -> Reply {
    wait { cluster, answer in
      let reply: Reply
      do throws(Status) {
        reply = Reply(try plan.answer(from: cluster.logs, now: cluster.loop.now))
      } catch {
        reply = Reply(error)
      }
      return { answer(reply) }
    }
  }

  private func proxied(_ plan: ProxyPlan) -> Reply {
    wait { cluster, answer in
      let reply = Reply(cluster.answer(plan))
      return { answer(reply) }
    }
  }

  /// Has a command run in the cluster's next turn, and waits for its answer.
  private func wait(
    _ command: @escaping @Sendable (Cluster, @escaping @Sendable (Reply) -> Void) -> @Sendable () -> Void
  ) -> Reply {
    let inbox = Mailbox<Reply>()
    let isAccepted = door.submit { cluster in command(cluster) { inbox.put($0) } }
    guard isAccepted else { return Reply(Self.stopped) }
    cancellation.onCancel { inbox.close() }
    return inbox.takeAll(until: nil)?.first ?? Reply(Self.interrupted)
  }

  static let stopped = Status(code: 503, reason: "ServiceUnavailable", message: "the cluster has stopped")
  static let interrupted = Status(code: 499, reason: "", message: "interrupted")

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
    let inbox = Mailbox<[Change]>()
    cancellation.onCancel { inbox.close() }
    let start = feed.watch(after: plan.startRevision) { inbox.put($0) }
    guard let missed = start.missed else {
      _ = WatchEvents.values(plan.expired(oldest: feed.oldestRevision)).allSatisfy(each)
      return nil
    }
    defer { feed.unwatch(start.id) }
    var frames = plan.opening(snapshot: start.snapshot) + missed.flatMap { plan.frames(for: $0) }
    let end = plan.timeoutSeconds.map { MonotonicClock.now + Int64($0) * 1_000_000_000 }
    while true {
      for event in WatchEvents.values(Array(frames.joined())) where !each(event) { return nil }
      guard let changes = inbox.takeAll(until: end), !changes.isEmpty else { return nil }
      frames = changes.flatMap { $0.flatMap { plan.frames(for: $0) } }
    }
  }

  package func stream(_ call: Call, each: ([UInt8]) -> Bool) -> Reply? {
    let plan: LogPlan
    do throws(Status) {
      guard case .log(let found) = api.read(try api.authenticated(APIRequest(call, caller: caller))), found.follows
      else { return whole(call, each: each) }
      plan = found
    } catch {
      return Reply(error)
    }
    return follow(plan, each: each)
  }

  private func whole(_ call: Call, each: ([UInt8]) -> Bool) -> Reply? {
    let reply = send(call)
    guard (200..<300).contains(reply.status) else { return reply }
    _ = each(reply.body)
    return nil
  }

  private func follow(_ plan: LogPlan, each: ([UInt8]) -> Bool) -> Reply? {
    let lines = Mailbox<[UInt8]>()
    cancellation.onCancel { lines.close() }
    let following = Following()
    let kept = wait { cluster, answer in
      let reply: Reply
      do throws(Status) {
        reply = Reply(try plan.answer(from: cluster.logs, now: cluster.loop.now))
        following.id.withLock { id in
          id = cluster.logs.follow(namespace: plan.namespace, pod: plan.pod, container: plan.container) { line in
            if let line { lines.put(plan.encode(line)) } else { lines.close() }
          }
        }
      } catch {
        reply = Reply(error)
      }
      return { answer(reply) }
    }
    guard kept.status == 200 else { return kept }
    defer {
      if let id = following.id.withLock({ $0 }) {
        _ = door.submit { cluster in
          cluster.logs.unfollow(id)
          return nil
        }
      }
    }
    guard each(kept.body) else { return nil }
    while let pieces = lines.takeAll(until: nil) { for piece in pieces where !each(piece) { return nil } }
    return nil
  }

  package func pause(seconds: Double) {
    let end = signal.now + .nanoseconds(Int64(min(seconds, 1e9) * 1e9))
    let bell = Mailbox<Int>()
    cancellation.onCancel { bell.close() }
    while signal.now < end, !isCancelled { _ = bell.takeAll(until: MonotonicClock.now + 20_000_000) }
  }
}

/// Which log is followed, once that is known.
private final class Following: Sendable {
  let id = Mutex<Int?>(nil)
}
