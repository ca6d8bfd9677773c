import Tree

/// The terms that lessons explain in passing: `lessons/glossary.yaml`, a mapping of term ids to texts in each language.
struct Glossary: Sendable {
  private let definitions: [String: Localized<String>]

  static let empty = Glossary(definitions: [:])

  /// The glossary of a YAML text; problems go to the list.
  init(_ text: String, file: String, problems: ProblemList) {
    guard let root = LessonReader.root(of: text, file: file, problems: problems) else {
      definitions = [:]
      return
    }
    var definitions: [String: Localized<String>] = [:]
    for key in root.value?.object?.keys ?? [] { definitions[key] = root[key].localized() }
    self.definitions = definitions
  }

  private init(definitions: [String: Localized<String>]) { self.definitions = definitions }

  func definition(of term: String, in language: Language) -> String? { definitions[term]?[language] }
}
