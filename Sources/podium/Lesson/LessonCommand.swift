import ArgumentParser

/// What authors of lessons need.
struct LessonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lesson",
    abstract: "Write lessons: begin one, check it, look at it, prove it.",
    discussion: """
      A lesson is a folder; docs/authoring.md describes it. The author's loop:

        podium lesson new my-lesson
        podium lesson preview lessons/my-lesson
        podium lesson lint && podium lesson test
      """,
    subcommands: [LessonNew.self, LessonLint.self, LessonPreview.self, LessonTest.self])
}

/// Lessons that a command line names: folders of lessons, or folders of one.
struct LessonArguments: ParsableArguments {
  @Argument(help: ArgumentHelp("Folders of one lesson or of many. (default: lessons)", valueName: "path"))
  var paths: [String] = []

  func selections() throws -> [LessonSelection] {
    if paths.isEmpty { return [try LessonSelection(ResourceFolder.find("lessons", given: nil, option: "a path"))] }
    return try paths.map { try LessonSelection($0) }
  }
}
