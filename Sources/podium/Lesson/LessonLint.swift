import ArgumentParser

struct LessonLint: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Say what is wrong with lessons: file, line, and how to mend it.",
    discussion: "Ends with status 1 where there is a problem. Nothing is run: `podium lesson test` does that.")

  @OptionGroup var lessons: LessonArguments

  func run() throws {
    var count = 0
    for selection in try lessons.selections() {
      let problems = selection.problems
      problems.forEach(selection.show)
      count += problems.count
      let number = selection.lessons.count
      Terminal.show("\(selection.directory): \(number) \(number == 1 ? "lesson" : "lessons"), \(count) problems")
    }
    if count > 0 { throw ExitCode.failure }
  }
}
