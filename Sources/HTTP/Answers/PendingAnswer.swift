import CMicroHTTPD
import Synchronization

/// An answer that comes later, from any thread, while its connection is suspended.
///
///     let answer = PendingAnswer()
///     mailbox.post(work) { result in answer.complete(response(for: result)) }
///     return .later(answer)
///
/// It may be completed before the server has suspended the connection; only the first completion counts; a completion
/// after the client has gone is ignored.
package final class PendingAnswer: Sendable {
  private struct State {
    var response: HTTPResponse?
    var isComplete = false
    var isGone = false
    var parked: ConnectionHandle?
    var goneSince: UInt64?
    var cancellation: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  /// An answer not known yet.
  package init() {}

  /// Gives the answer. Callable from any thread.
  package func complete(_ response: HTTPResponse) {
    let accepted = state.withLock { state in
      guard !state.isComplete, !state.isGone else { return false }
      state.isComplete = true
      state.response = response
      Self.wake(&state)
      return true
    }
    if !accepted { response.abandon() }
  }

  /// What to do, once, when the client goes before the answer was given. Called at once when it has gone already.
  package func onCancel(_ work: @escaping @Sendable () -> Void) {
    let isLate = state.withLock { state in
      guard !state.isGone, state.goneSince == nil else { return !state.isComplete }
      state.cancellation = work
      return false
    }
    if isLate { work() }
  }

  /// Suspends the connection unless the answer is there. The connection's thread, inside the request callback.
  func suspend(_ connection: ConnectionHandle) -> HTTPResponse? {
    state.withLock { state in
      if state.isComplete { return Self.take(&state) }
      state.parked = connection
      MHD_suspend_connection(connection.raw)
      return nil
    }
  }

  /// The answer once the connection is awake again; nil when it was given up.
  func take() -> HTTPResponse? {
    state.withLock { Self.take(&$0) }
  }

  /// The request is over: nothing can be sent any more.
  func detach() {
    let (leftover, cancellation) = state.withLock { state in
      state.isGone = true
      state.parked = nil
      defer { state.cancellation = nil }
      return (Self.take(&state), state.isComplete ? nil : state.cancellation)
    }
    leftover?.abandon()
    cancellation?()
  }

  private static func take(_ state: inout State) -> HTTPResponse? {
    defer { state.response = nil }
    return state.response
  }

  /// Under the lock, so that a connection is resumed exactly once per suspension.
  private static func wake(_ state: inout State) {
    guard let connection = state.parked else { return }
    state.parked = nil
    MHD_resume_connection(connection.raw)
  }
}

extension PendingAnswer: Suspension {
  /// A client that only closed its sending half may still read, so the answer has a short grace to come.
  func peerHasLeft(at now: UInt64) {
    let cancellation = state.withLock { state in
      guard !state.isComplete, !state.isGone else { return nil as (@Sendable () -> Void)? }
      if let since = state.goneSince {
        if now > since + ServerTiming.halfCloseGrace { Self.wake(&state) }
        return nil
      }
      state.goneSince = now
      defer { state.cancellation = nil }
      return state.cancellation
    }
    cancellation?()
  }

  func drain(with refusal: HTTPResponse) {
    complete(refusal)
  }

  func cut() {
    state.withLock { Self.wake(&$0) }
  }
}
