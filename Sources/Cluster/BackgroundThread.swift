import Glibc

/// A thread for work that blocks, or goes on for long.
package enum BackgroundThread {
  private final class Start: Sendable {
    let work: @Sendable () -> Void
    init(_ work: @escaping @Sendable () -> Void) { self.work = work }
  }

  /// Runs the work on a new thread. Answers whether there could be one.
  @discardableResult
  package static func start(_ work: @escaping @Sendable () -> Void) -> Bool {
    let start = Unmanaged.passRetained(Start(work))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().work()
        return nil
      }, start.toOpaque())
    if code == 0 { pthread_detach(thread) } else { start.release() }
    return code == 0
  }
}
