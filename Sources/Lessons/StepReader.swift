import CEL
import Tree

/// Makes the steps of a lesson of its YAML and of the texts' sections.
struct StepReader {
  let lesson: LessonReader
  let texts: Localized<LessonText>

  /// More steps than a lesson should have.
  private static let limit = 50

  func read(_ field: LessonField) -> [Step] {
    let items = field.items()
    if items.isEmpty || items.count > Self.limit {
      field.complain("the lesson has \(items.count) steps", mend: "write 1 to \(Self.limit) under 'steps:'")
    }
    let steps = items.map { step($0) }
    for (index, item) in items.enumerated() where steps[..<index].contains(where: { $0.id == steps[index].id }) {
      item["id"].complain("the step '\(steps[index].id)' is there twice", mend: "give each its own id")
    }
    for language in Language.allCases { compare(steps, with: texts[language], in: language) }
    return steps
  }

  /// Complains about sections that are no steps.
  private func compare(_ steps: [Step], with text: LessonText, in language: Language) {
    let ids = steps.map(\.id)
    for section in text.sections
    where section.id != LessonText.outro && !section.id.isEmpty && !ids.contains(section.id) {
      lesson.problems.add(
        "there is no step '\(section.id)'", mend: "use one of \(ids.joined(separator: ", "))",
        file: "\(language.rawValue).md", line: section.line)
    }
  }

  private func step(_ field: LessonField) -> Step {
    field.allow(["id", "files", "start", "checks", "hints", "solution", "prediction", "view"])
    let id = field["id"].identifier()
    let conditions = field["checks"].items().map { condition($0) }
    let names = field["checks"].items().compactMap { $0["id"].value?.string }
    let hints = field["hints"].items().map { hint($0, names) }
    let programs = conditions.compactMap(\.self).flatMap(\.programs) + hints.compactMap(\.when)
    return Step(
      id: id, line: field.line,
      title: Localized(korean: section(id, .korean, field).title, english: section(id, .english, field).title),
      html: Localized(korean: section(id, .korean, field).html, english: section(id, .english, field).html),
      files: lesson.tabs(field["files"]), conditions: conditions.compactMap(\.self), hints: hints,
      solution: commands(field["solution"]), corrections: edits(field["solution"]),
      prediction: prediction(field["prediction"]), start: start(field["start"]),
      reads: CheckVariable.resources(of: programs),
      readsTime: programs.contains { $0.references.contains([CheckVariable.time]) },
      view: field["view"].choice(PictureView.self))
  }

  private func section(_ id: String, _ language: Language, _ field: LessonField) -> (title: String, html: String) {
    guard let section = texts[language].section(id) else {
      let name = "\(language.rawValue).md"
      field["id"].complain("\(name) has no section for the step '\(id)'", mend: "add '## … {#\(id)}' to \(name)")
      return ("", "")
    }
    return (section.title, section.html)
  }

  // MARK: - Checks and hints

  private func condition(_ field: LessonField) -> Condition? {
    field.allow(["id", "that", "text", "expected", "actual", "field"])
    let text = field["text"].localized()
    let id = field["id"].identifier()
    let actual = field["actual"].isMissing ? nil : field["actual"].programs()
    guard let that = field["that"].program() else { return nil }
    return Condition(
      id: id, text: text, that: that,
      expected: field["expected"].isMissing ? nil : field["expected"].localizedOrSame(), actual: actual,
      field: place(field["field"]))
  }

  private func place(_ field: LessonField) -> Condition.Field? {
    if field.isMissing { return nil }
    guard field.value?.object != nil else { return .text(field.text()) }
    field.allow(["cel"])
    return field["cel"].program().map(Condition.Field.program)
  }

  private func hint(_ field: LessonField, _ conditions: [String]) -> Hint {
    field.allow(["for", "when", "mistake", "text"])
    let condition = field["for"].isMissing ? nil : field["for"].text()
    if let condition, !conditions.contains(condition) {
      field["for"].complain(
        "the step has no check '\(condition)'", mend: "use one of \(conditions.joined(separator: ", "))")
    }
    return Hint(
      line: field.line, condition: condition, when: field["when"].isMissing ? nil : field["when"].program(),
      html: html(field["text"]),
      mistake: mistake(field["mistake"]))
  }

  private func mistake(_ field: LessonField) -> Mistake? {
    if field.isMissing { return nil }
    return Mistake(edits: edits(field), commands: commands(field))
  }

  /// Of a list of commands, or of a mapping of `edit` and `commands`.
  private func commands(_ field: LessonField) -> [String] {
    if field.value?.array != nil || field.isMissing { return field.texts() }
    field.allow(["edit", "commands"])
    return field["commands"].texts()
  }

  private func edits(_ field: LessonField) -> Edits {
    let keys = field["edit"].value?.object?.keys ?? []
    return Edits(replacements: keys.map { (old: $0, new: field["edit"][$0].value?.string ?? "") })
  }

  private func html(_ field: LessonField) -> Localized<String> {
    let text = field.localized()
    let render = { (language: Language) in
      LessonText.html(
        of: text[language], language: language, glossary: lesson.glossary, at: field[language.rawValue])
    }
    return Localized(korean: render(.korean), english: render(.english))
  }

  // MARK: - Predictions and starts

  private func prediction(_ field: LessonField) -> Prediction? {
    if field.isMissing { return nil }
    field.allow(["question", "choices", "explanation"])
    let choices = field["choices"].items().map { choice($0) }
    if choices.count < 2 || !choices.contains(where: \.isCorrect) || choices.allSatisfy(\.isCorrect) {
      field["choices"].complain(
        "a prediction needs a right and a wrong choice", mend: "mark the right ones with 'correct: true'")
    }
    return Prediction(
      question: field["question"].localized(), choices: choices, explanation: html(field["explanation"]))
  }

  private func choice(_ field: LessonField) -> Prediction.Choice {
    field.allow(["id", "text", "correct", "explanation"])
    let correct = field["correct"]
    if !correct.isMissing, correct.value?.boolean == nil {
      correct.complain("'correct' is neither true nor false", mend: "write 'correct: true'")
    }
    return Prediction.Choice(
      id: field["id"].identifier(), text: field["text"].localizedOrSame(), isCorrect: correct.value?.boolean ?? false,
      explanation: field["explanation"].isMissing ? nil : html(field["explanation"]))
  }

  private func start(_ field: LessonField) -> StepStart? {
    if field.isMissing { return nil }
    field.allow(["manifests", "commands"])
    return StepStart(manifests: lesson.manifests(field["manifests"]), commands: field["commands"].texts())
  }
}

extension Condition {
  fileprivate var programs: [Program] {
    var programs = [that] + (actual.map { [$0.korean, $0.english] } ?? [])
    if case .program(let program)? = field { programs.append(program) }
    return programs
  }
}
