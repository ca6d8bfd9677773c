import Glibc
import Synchronization

/// A thread that runs until it is woken for its end.
final class ServerThread: Sendable {
  private struct Running: @unchecked Sendable {
    let thread: pthread_t
    let wake: (output: Int32, input: Int32)
  }

  private let running: Mutex<Running?>

  /// Starts the body, which has to return soon after the descriptor it is given has become readable. Nil when the
  /// system has no thread or no descriptor left.
  init?(_ body: @escaping @Sendable (_ wake: Int32) -> Void) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let work = Unmanaged.passRetained(Work(body: body, wake: ends[0]))
    var thread = pthread_t()
    let result = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
      }, work.toOpaque())
    guard result == 0 else {
      work.release()
      for end in ends { close(end) }
      return nil
    }
    running = Mutex(Running(thread: thread, wake: (output: ends[0], input: ends[1])))
  }

  /// Returns when the thread has ended.
  func stop() {
    guard let running = running.withLock({ $0.take() }) else { return }
    close(running.wake.input)
    pthread_join(running.thread, nil)
    close(running.wake.output)
  }

  private final class Work: Sendable {
    private let body: @Sendable (Int32) -> Void
    private let wake: Int32

    init(body: @escaping @Sendable (Int32) -> Void, wake: Int32) {
      self.body = body
      self.wake = wake
    }

    func run() { body(wake) }
  }
}
