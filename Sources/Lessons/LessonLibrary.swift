/// All lessons of a folder, ready to teach.
package struct LessonLibrary: Sendable {
  /// The lessons that are in order, by track, then in its order.
  package let lessons: [Lesson]
  /// What is wrong with the others. A broken lesson stops only itself.
  package let broken: [LessonProblem]
  /// The texts that the lessons were made of, for the linter.
  let texts: [String: Localized<LessonText>]

  /// Reads every folder in `directory` that has a `lesson.yaml`, and the glossary beside them.
  ///
  /// - Throws: a `LessonProblem` where the directory cannot be read.
  package static func load(directory: String) throws(LessonProblem) -> LessonLibrary {
    let root = LessonFolder(path: directory)
    let folders: [String]
    do {
      folders = try root.folders()
    } catch {
      throw LessonProblem(lesson: directory, file: "", line: nil, message: error.message, remedy: error.remedy)
    }
    return LessonLibrary(
      folders: folders.map { ($0, LessonFolder(path: "\(directory)/\($0)")) },
      glossary: try? root.text(of: Self.glossaryFile))
  }

  /// What changes whenever a file in the directory does.
  package static func version(of directory: String) -> String {
    // FNV-1a: the text itself would be long.
    let hash = LessonFolder(path: directory).version().utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    return String(hash, radix: 16)
  }

  private static let glossaryFile = "glossary.yaml"

  /// The lessons of folders by name, with the text of their glossary.
  init(folders: [(name: String, files: any LessonFiles)], glossary text: String?) {
    let glossaryProblems = ProblemList(lesson: "")
    let glossary = text.map { Glossary($0, file: Self.glossaryFile, problems: glossaryProblems) } ?? .empty
    var broken = glossaryProblems.problems
    var lessons: [Lesson] = []
    var texts: [String: Localized<LessonText>] = [:]
    for (name, files) in folders {
      let problems = ProblemList(lesson: name)
      let reader = LessonReader(folder: name, files: files, glossary: glossary, problems: problems)
      if let (lesson, text) = reader.read() {
        lessons.append(lesson)
        texts[lesson.id] = text
      }
      broken += problems.problems
    }
    self.lessons = lessons.sorted { ($0.track, $0.order, $0.id) < ($1.track, $1.order, $1.id) }
    self.broken = broken
    self.texts = texts
  }

  /// No lessons at all.
  package static let empty = LessonLibrary(folders: [], glossary: nil)

  /// The commands of a lesson's text, by step; the same in every language.
  package func commands(of id: String) -> [String: [String]] {
    var commands: [String: [String]] = [:]
    for section in texts[id]?.korean.sections ?? [] { commands[section.id] = section.commands }
    return commands
  }

  package func lesson(_ id: String) -> Lesson? { lessons.first { $0.id == id } }
}
