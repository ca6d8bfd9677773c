/// What a component's work queues have had to do; several queues of one name are counted together.
package final class QueueCounter {
  /// Keys that were added while they did not wait.
  package private(set) var additions = 0
  /// Keys that came back because something went wrong.
  package private(set) var retries = 0
  private var depths: [() -> Int] = []

  /// Keys that are due and wait at this moment.
  package var depth: Int { depths.reduce(0) { $0 + $1() } }

  func watch(_ depth: @escaping () -> Int) { depths.append(depth) }
  func forgetQueues() { depths = [] }
  func noteAddition() { additions += 1 }
  func noteRetry() { retries += 1 }
}
