import Glibc
import Lessons

/// The lessons of a folder: one, with the others beside it for what it refers to, or all.
struct LessonSelection {
  let directory: String
  let library: LessonLibrary
  /// The one lesson that is meant; nil for all.
  let id: String?

  init(_ path: String) throws(Refusal) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    if access(path + "/lesson.yaml", F_OK) == 0 {
      let slash = path.lastIndex(of: "/")
      directory = slash.map { String(path[..<$0]) } ?? "."
      id = slash.map { String(path[path.index(after: $0)...]) } ?? path
    } else {
      directory = path
      id = nil
    }
    do throws(LessonProblem) {
      library = try LessonLibrary.load(directory: directory)
    } catch {
      throw Refusal(error.description)
    }
  }

  var lessons: [Lesson] { library.lessons.filter { id == nil || $0.id == id } }

  /// What the linter says of these lessons.
  var problems: [LessonProblem] {
    LessonLinter(library).problems().filter { id == nil || $0.lesson == id || $0.lesson.isEmpty }
  }

  /// A problem with the path that an editor opens.
  func show(_ problem: LessonProblem) { Terminal.show("\(directory)/\(problem)") }
}
