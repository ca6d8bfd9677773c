import API
import Cluster
import Hosting
import Kinds

extension HostedCluster {
  /// Does something on the cluster's loop; `reply` hears, on the loop's thread, once what it wrote is durable.
  func perform<Outcome: Sendable>(
    _ work: @escaping @Sendable (Cluster) throws(Status) -> Outcome,
    reply: @escaping @Sendable (Result<Outcome, Status>) -> Void
  ) {
    let isAccepted = door.submit { world in
      do throws(Status) {
        let result = try work(world)
        return { reply(.success(result)) }
      } catch {
        return { reply(.failure(error)) }
      }
    }
    if !isAccepted { reply(.failure(stopped)) }
  }

  /// Does something on the cluster's loop and waits until what it wrote is durable. Not from a loop's thread.
  func performAndWait<Outcome: Sendable>(
    _ work: @escaping @Sendable (Cluster) throws(Status) -> Outcome
  ) throws(Status) -> Outcome {
    let answers = Mailbox<Result<Outcome, Status>>()
    perform(work) { answers.put($0) }
    guard let answer = answers.takeAll(until: nil)?.first else { throw stopped }
    return try answer.get()
  }
}
