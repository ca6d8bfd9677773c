import CEL

/// Finds what a lesson can be taught with, but should not have: differences between the languages, steps that cannot be
/// finished or skipped. What breaks a lesson altogether is found when it is loaded.
package struct LessonLinter {
  private let library: LessonLibrary

  package init(_ library: LessonLibrary) { self.library = library }

  /// All problems of all lessons, those of broken lessons first.
  package func problems() -> [LessonProblem] {
    library.broken
      + library.lessons.flatMap { lesson in
        let problems = ProblemList(lesson: lesson.id)
        if let texts = library.texts[lesson.id] { compare(texts, of: lesson, problems) }
        for step in lesson.steps { lint(step, problems) }
        lint(lesson, problems)
        return problems.problems
      }
  }

  /// Both languages have the same steps in the same order, commands and terms.
  private func compare(_ texts: Localized<LessonText>, of lesson: Lesson, _ problems: ProblemList) {
    for language in Language.allCases {
      let sections = texts[language].sections.map(\.id)
      let expected = lesson.steps.map(\.id) + [LessonText.outro]
      if sections != expected {
        problems.add(
          "the sections are \(sections.joined(separator: ", "))",
          mend: "put them in the steps' order, with an outro: \(expected.joined(separator: ", "))",
          file: "\(language.rawValue).md")
      }
    }
    for section in [texts.korean.intro] + texts.korean.sections {
      let other = section.id.isEmpty ? texts.english.intro : texts.english.section(section.id)
      guard let other else { continue }
      compare(section.commands, other.commands, "commands", at: other.line, problems)
      compare(section.terms.sorted(), other.terms.sorted(), "terms", at: other.line, problems)
    }
  }

  private func compare(_ korean: [String], _ english: [String], _ what: String, at line: Int, _ problems: ProblemList) {
    guard korean != english else { return }
    let only = english.filter { !korean.contains($0) } + korean.filter { !english.contains($0) }
    problems.add(
      "the \(what) of this section differ between ko.md and en.md: \(only.joined(separator: " / "))",
      mend: "write the same \(what) in the same order", file: "en.md", line: line)
  }

  private func lint(_ lesson: Lesson, _ problems: ProblemList) {
    let file = LessonReader.description
    for id in lesson.prerequisites
    where library.lesson(id) == nil && !library.broken.contains(where: { $0.lesson == id }) {
      problems.add("there is no lesson '\(id)' to build on", mend: "correct 'prerequisites:'", file: file)
    }
    for other in library.lessons
    where other.id < lesson.id && (other.track, other.order) == (lesson.track, lesson.order) {
      problems.add(
        "'\(other.id)' has the same place in track \(lesson.track)", mend: "give it another 'order:'", file: file)
    }
  }

  private func lint(_ step: Step, _ problems: ProblemList) {
    let file = LessonReader.description
    if step.conditions.isEmpty {
      problems.add(
        "the step '\(step.id)' asks for nothing", mend: "add a check, such as \"answer != ''\" of a prediction",
        file: file, line: step.line)
    }
    if step.conditions.contains(where: { !$0.isAnswer }), step.solution.isEmpty {
      problems.add(
        "the step '\(step.id)' has checks but no solution", mend: "add 'solution:' with commands", file: file,
        line: step.line)
    }
    if step.conditions.contains(where: { !$0.isAnswer }), step.hints.isEmpty {
      problems.add(
        "the step '\(step.id)' has no hint", mend: "add one for the mistake learners make", file: file,
        line: step.line)
    }
    for condition in step.conditions where condition.actual == nil || condition.expected == nil {
      problems.add(
        "the check '\(condition.id)' of '\(step.id)' does not say what it sees",
        mend: "add 'expected:' and 'actual:'", file: file, line: step.line)
    }
    for tab in step.files where !uses(step, tab.name) {
      problems.add(
        "no command of '\(step.id)' uses the file \(tab.name)", mend: "name it in the solution or remove it",
        file: file,
        line: step.line)
    }
  }

  private func uses(_ step: Step, _ file: String) -> Bool { step.solution.contains { $0.contains(file) } }
}

extension Condition {
  /// Whether it asks for nothing but an answer.
  fileprivate var isAnswer: Bool { that.references.allSatisfy { $0[0] == CheckVariable.answer } }
}
