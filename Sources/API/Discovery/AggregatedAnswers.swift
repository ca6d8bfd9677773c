import Kinds
import Synchronization

/// Aggregated discovery as bytes, made once for the same kinds: every command of kubectl asks for it, and most clusters of a
/// server serve the same.
final class AggregatedAnswers: Sendable {
  private struct Answer {
    let kinds: [Kind]
    let isCore: Bool
    let bytes: [UInt8]
  }

  static let shared = AggregatedAnswers()
  /// Answers that are kept; those of clusters with kinds of their own come and go.
  private static let limit = 8

  private let answers = Mutex<[Answer]>([])

  /// The answer for these kinds, made if it is not known.
  func bytes(for kinds: [Kind], isCore: Bool, make: () -> [UInt8]) -> [UInt8] {
    let known = answers.withLock { $0.first { $0.isCore == isCore && $0.kinds == kinds }?.bytes }
    if let known { return known }
    let bytes = make()
    answers.withLock { answers in
      if answers.count >= Self.limit { answers.removeFirst() }
      answers.append(Answer(kinds: kinds, isCore: isCore, bytes: bytes))
    }
    return bytes
  }
}
