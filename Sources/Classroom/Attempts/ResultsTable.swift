import API
import Kinds
package import Store
import Tree

/// The classroom's results as comma-separated values (RFC 4180): a row a learner and lesson, a row a learner who has
/// begun none.
package struct ResultsTable: Sendable {
  private static let head = [
    "nickname", "learner", "joined", "lesson", "state", "step", "finished steps", "started", "completed", "hints",
    "predictions right", "predictions",
  ]

  private let snapshot: Snapshot

  package init(_ snapshot: Snapshot) { self.snapshot = snapshot }

  /// With a byte order mark: without one Excel takes UTF-8 for something else, and Korean names are unreadable.
  package var bytes: [UInt8] {
    let rows = [Self.head] + learners.flatMap(rows)
    let text = rows.map { $0.map(Self.field).joined(separator: ",") + "\r\n" }.joined()
    return [0xEF, 0xBB, 0xBF] + Array(text.utf8)
  }

  private var learners: [Learner] {
    snapshot.list(Kind.learner.collection).map { Learner($0.value) }
      .sorted { ($0.spec.nickname, $0.name) < ($1.spec.nickname, $1.name) }
  }

  private func rows(of learner: Learner) -> [[String]] {
    let start = [learner.spec.nickname, learner.name, learner.status.joinedAt ?? ""]
    let attempts = snapshot.list(Kind.attempt.collection).map { Attempt($0.value) }
      .filter { $0.learner == learner.name }
    if attempts.isEmpty { return [start + Array(repeating: "", count: Self.head.count - start.count)] }
    return attempts.map { attempt in
      let status = attempt.status
      return start + [
        attempt.lesson, status.state, status.step, String(status.finishedSteps.count), status.startedAt ?? "",
        status.completedAt ?? "", String(status.hintsShown),
        String(status.predictions.count(where: \.isCorrect)), String(status.predictions.count),
      ]
    }
  }

  /// A field that a spreadsheet takes for text: one that begins like a formula gets an apostrophe before it (OWASP, "CSV
  /// Injection").
  static func field(_ text: String) -> String {
    let isFormula = text.unicodeScalars.first.map { "=+-@\t\r＝＋－＠".unicodeScalars.contains($0) } ?? false
    let safe = isFormula ? "'" + text : text
    guard safe.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return safe }
    return "\"" + safe.replacing("\"", with: "\"\"") + "\""
  }
}
