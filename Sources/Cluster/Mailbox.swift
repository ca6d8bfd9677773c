import Glibc

/// A queue between threads: many put in, one takes all that is there, waiting at most until a moment.
package final class Mailbox<Element: Sendable>: @unchecked Sendable {
  // `elements` and `isClosed` are guarded by `mutex`.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let filled = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var elements: [Element] = []
  private var isClosed = false

  package init() {
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(filled, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(filled)
    pthread_mutex_destroy(mutex)
    filled.deallocate()
    mutex.deallocate()
  }

  /// Puts an element in; false if the mailbox is closed.
  @discardableResult
  package func put(_ element: Element) -> Bool {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    guard !isClosed else { return false }
    elements.append(element)
    if elements.count == 1 { pthread_cond_signal(filled) }
    return true
  }

  /// All elements that are there, as soon as there is one or the monotonic clock has come to `deadline` (nil: never);
  /// nil when the mailbox is closed and empty.
  package func takeAll(until deadline: Int64?) -> [Element]? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while elements.isEmpty, !isClosed {
      guard let deadline else {
        pthread_cond_wait(filled, mutex)
        continue
      }
      var moment = timespec(tv_sec: Int(deadline / 1_000_000_000), tv_nsec: Int(deadline % 1_000_000_000))
      if pthread_cond_timedwait(filled, mutex, &moment) == ETIMEDOUT { break }
    }
    if elements.isEmpty, isClosed { return nil }
    defer { elements.removeAll(keepingCapacity: true) }
    return elements
  }

  /// Lets nothing more in; what is there can still be taken.
  package func close() {
    pthread_mutex_lock(mutex)
    isClosed = true
    pthread_cond_signal(filled)
    pthread_mutex_unlock(mutex)
  }
}
