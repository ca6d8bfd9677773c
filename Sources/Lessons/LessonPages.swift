package import Tree

/// A lesson as the console's pages get it.
extension Lesson {
  /// The lesson in a list of lessons, in all languages.
  package var summary: Value {
    [
      "id": .string(id), "track": .string(track), "minutes": .integer(minutes), "title": title.value,
      "prerequisites": .array(prerequisites.map(Value.string)),
      "summary": synopsis.value,
      "steps": .array(steps.map { ["id": .string($0.id), "title": $0.title.value] }),
    ]
  }

  /// The whole lesson in one language: texts as HTML, files, hints, solutions, predictions without their answers.
  package func page(language code: String) -> Value {
    let language = Language(code: code)
    return [
      "id": .string(id), "track": .string(track), "minutes": .integer(minutes),
      "concepts": .array(concepts.map(Value.string)), "title": .string(title[language]),
      "summary": .string(synopsis[language]), "intro": .string(intro[language]),
      "steps": .array(steps.map { $0.page(language) }), "outro": .string(outro[language]),
      "view": .string(view.rawValue),
    ]
  }

  /// The verdict on a prediction: `correct` and `explanation` (HTML); nil where step or choice do not exist.
  package func verdict(step: String, choice: String, language code: String) -> Value? {
    let language = Language(code: code)
    guard let prediction = self.step(step)?.prediction,
      let choice = prediction.choices.first(where: { $0.id == choice })
    else { return nil }
    let explanation = choice.explanation ?? prediction.explanation
    return ["correct": .boolean(choice.isCorrect), "explanation": .string(explanation[language])]
  }
}

extension Step {
  fileprivate func page(_ language: Language) -> Value {
    [
      "id": .string(id), "title": .string(title[language]), "html": .string(html[language]),
      "files": .array(files.map { ["name": .string($0.name), "content": .string($0.content)] }),
      "hints": .array(hints.map { .string($0.html[language]) }), "solution": .array(solution.map(Value.string)),
      "corrections": .array(
        zip(files, solvedFiles).filter { $0 != $1 }.map {
          ["name": .string($1.name), "content": .string($1.content)]
        }),
      "conditions": .array(conditions.map { ["id": .string($0.id), "text": .string($0.text[language])] }),
      "prediction": prediction?.page(language) ?? .null, "view": view.map { .string($0.rawValue) } ?? .null,
    ]
  }
}

extension Prediction {
  fileprivate func page(_ language: Language) -> Value {
    [
      "question": .string(question[language]),
      "choices": .array(choices.map { ["id": .string($0.id), "text": .string($0.text[language])] }),
    ]
  }
}

extension Localized<String> {
  fileprivate var value: Value {
    [Language.korean.rawValue: .string(korean), Language.english.rawValue: .string(english)]
  }
}
