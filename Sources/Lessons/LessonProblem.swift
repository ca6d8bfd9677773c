/// What is wrong with a lesson, where, and how to mend it.
package struct LessonProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The lesson's folder name.
  package let lesson: String
  /// The file inside that folder; empty where the folder itself is meant.
  package let file: String
  /// The line in that file, from 1; nil where no line is to blame.
  package let line: Int?
  package let message: String
  package let remedy: String

  package init(lesson: String, file: String, line: Int?, message: String, remedy: String) {
    self.lesson = lesson
    self.file = file
    self.line = line
    self.message = message
    self.remedy = remedy
  }

  /// "birth-of-a-pod/lesson.yaml:12: there is no 'id': add 'id: …'".
  package var description: String {
    let path = [lesson, file].filter { !$0.isEmpty }.joined(separator: "/")
    let place = line.map { "\(path):\($0)" } ?? path
    return "\(place): \(message): \(remedy)"
  }
}

/// Collects a lesson's problems, so that an author sees all of them at once.
final class ProblemList {
  /// More than these would not help anybody.
  private static let limit = 100

  let lesson: String
  private(set) var problems: [LessonProblem] = []

  init(lesson: String) { self.lesson = lesson }

  func add(_ message: String, mend remedy: String, file: String, line: Int? = nil) {
    let problem = LessonProblem(lesson: lesson, file: file, line: line, message: message, remedy: remedy)
    guard problems.count < Self.limit, !problems.contains(problem) else { return }
    problems.append(problem)
  }
}
