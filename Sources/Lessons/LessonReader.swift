import Tree

/// Makes a lesson of the files of its folder.
struct LessonReader {
  static let description = "lesson.yaml"

  let folder: String
  let files: any LessonFiles
  let glossary: Glossary
  let problems: ProblemList

  /// A YAML text's one document, or nil with a complaint.
  static func root(of text: String, file: String, problems: ProblemList) -> LessonField? {
    do {
      let documents = try YAML.parse(text)
      guard documents.count == 1, documents[0].object != nil else {
        problems.add("the file is not one mapping", mend: "write 'name: value' lines", file: file, line: 1)
        return nil
      }
      return LessonField(value: documents[0], path: [], file: file, outline: YAMLOutline(text), problems: problems)
    } catch {
      problems.add(
        "this is no YAML: \(error.message)", mend: "look at the indentation and at ':' and quotes near this line",
        file: file, line: error.line)
      return nil
    }
  }

  /// The lesson, and its texts for those who compare the languages; nil where something needed is missing.
  func read() -> (lesson: Lesson, texts: Localized<LessonText>)? {
    guard let source = file(Self.description),
      let root = Self.root(of: source, file: Self.description, problems: problems),
      let texts = texts()
    else { return nil }
    root.allow([
      "id", "track", "order", "concepts", "prerequisites", "minutes", "summary", "start", "steps", "view",
    ])
    let id = root["id"].identifier()
    if id != folder {
      root["id"].complain("the id '\(id)' is not the folder's name", mend: "write 'id: \(folder)'")
    }
    let steps = StepReader(lesson: self, texts: texts)
    root["start"].allow(["manifests"])
    let lesson = Lesson(
      id: id, track: root["track"].text(), order: root["order"].whole(1...1_000), concepts: root["concepts"].texts(),
      prerequisites: root["prerequisites"].texts(), minutes: root["minutes"].whole(1...240),
      title: texts.map(\.title), synopsis: root["summary"].localized(), intro: texts.map(\.intro.html),
      outro: texts.map { $0.section(LessonText.outro)?.html ?? "" }, steps: steps.read(root["steps"]),
      manifests: manifests(root["start"]["manifests"]), view: root["view"].choice(PictureView.self) ?? .cluster)
    return problems.problems.isEmpty ? (lesson, texts) : nil
  }

  private func texts() -> Localized<LessonText>? {
    let korean = text(in: .korean)
    let english = text(in: .english)
    guard let korean, let english else { return nil }
    return Localized(korean: korean, english: english)
  }

  private func text(in language: Language) -> LessonText? {
    let name = "\(language.rawValue).md"
    return file(name).map {
      LessonText($0, language: language, glossary: glossary, file: name, problems: problems)
    }
  }

  /// A file of the folder; nil with a complaint where it cannot be read.
  func file(_ name: String) -> String? {
    do {
      return try files.text(of: name)
    } catch {
      problems.add(error.message, mend: error.remedy, file: name)
      return nil
    }
  }

  /// The editor's files that a list names.
  func tabs(_ field: LessonField) -> [LessonFile] {
    field.items().compactMap { item -> LessonFile? in
      let name = item.text()
      guard !name.isEmpty else { return nil }
      do throws(LessonFileFailure) {
        return LessonFile(name: name, content: try files.text(of: "files/\(name)"))
      } catch {
        item.complain("files/\(name): \(error.message)", mend: error.remedy)
        return nil
      }
    }
  }

  /// The objects of the files that a list names.
  func manifests(_ field: LessonField) -> [Value] {
    var objects: [Value] = []
    for (item, file) in zip(field.items(), tabs(field)) {
      do {
        objects += try YAML.parse(file.content).filter { !$0.isNull }
      } catch {
        item.complain("files/\(file.name) line \(error.line): \(error.message)", mend: "correct that file")
      }
    }
    return objects
  }
}
