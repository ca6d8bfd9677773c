import Glibc
import Synchronization

/// Counts events from any thread; a test waits for them, up to a bound.
final class Latch: Sendable {
  private final class Signal: @unchecked Sendable {
    var semaphore = sem_t()
    init() { sem_init(&semaphore, 0, 0) }
    deinit { sem_destroy(&semaphore) }
  }

  private let signal = Signal()

  func signalOne() {
    sem_post(&signal.semaphore)
  }

  /// False when fewer came within the time.
  func wait(for count: Int = 1, seconds: Int = 20) -> Bool {
    var limit = timespec()
    clock_gettime(CLOCK_REALTIME, &limit)
    limit.tv_sec += seconds
    for _ in 0..<count {
      while sem_timedwait(&signal.semaphore, &limit) != 0 {
        if errno != EINTR { return false }
      }
    }
    return true
  }
}

/// A value several threads share.
final class Shared<Value: Sendable>: Sendable {
  private let mutex: Mutex<Value>

  init(_ value: Value) {
    mutex = Mutex(value)
  }

  var value: Value {
    mutex.withLock { $0 }
  }

  func change(_ body: (inout Value) -> Void) {
    mutex.withLock { value in body(&value) }
  }
}

/// Runs work on a thread of its own.
func onThread(_ work: @escaping @Sendable () -> Void) {
  final class Box: Sendable {
    let work: @Sendable () -> Void
    init(_ work: @escaping @Sendable () -> Void) { self.work = work }
  }
  var thread = pthread_t()
  pthread_create(
    &thread, nil,
    { argument in
      if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().work() }
      return nil
    }, Unmanaged.passRetained(Box(work)).toOpaque())
  pthread_detach(thread)
}

func secondsNow() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
