import CMarkdown

/// A lesson's Markdown in one language, cut at its second-level headings.
///
///     # Title
///     Introduction.
///     ## A step's title {#its-id}
///     The step's text.
///     ## What you have learned {#outro}
struct LessonText {
  /// The id of the section after the last step.
  static let outro = "outro"

  struct Section {
    let id: String
    let title: String
    let html: String
    let line: Int
    let commands: [String]
    let terms: [String]
  }

  let title: String
  let intro: Section
  let sections: [Section]

  func section(_ id: String) -> Section? { sections.first { $0.id == id } }

  init(_ text: String, language: Language, glossary: Glossary, file: String, problems: ProblemList) {
    let markdown = Markdown(text)
    let rewriter = MarkdownRewriter(
      language: language, glossary: glossary, file: file, lineOffset: 0, problems: problems)
    var builder = SectionBuilder(file: file, problems: problems)
    for (block, commands, terms) in rewriter.rewrite(Markdown.children(of: markdown.root)) {
      if Markdown.type(of: block) == CMARK_NODE_HEADING, cmark_node_get_heading_level(block) <= 2 {
        builder.open(block, level: Int(cmark_node_get_heading_level(block)))
      } else {
        builder.add(block, commands, terms)
      }
    }
    builder.close()
    title = builder.title
    intro = builder.sections[0]
    sections = Array(builder.sections.dropFirst())
    if title.isEmpty {
      problems.add("the lesson has no title", mend: "begin the file with '# Title'", file: file, line: 1)
    }
  }

  /// A short Markdown text outside the language's file, such as a hint, as HTML.
  static func html(of text: String, language: Language, glossary: Glossary, at field: LessonField) -> String {
    let markdown = Markdown(text)
    let rewriter = MarkdownRewriter(
      language: language, glossary: glossary, file: field.file, lineOffset: (field.line ?? 1) - 1,
      problems: field.problems)
    return Markdown.html(of: rewriter.rewrite(Markdown.children(of: markdown.root)).map(\.block))
  }
}

/// Gathers blocks under headings.
private struct SectionBuilder {
  let file: String
  let problems: ProblemList
  private(set) var title = ""
  private(set) var sections: [LessonText.Section] = []
  private var id = ""
  private var heading = ""
  private var line = 1
  private var blocks: [Markdown.Node] = []
  private var commands: [String] = []
  private var terms: [String] = []

  init(file: String, problems: ProblemList) {
    self.file = file
    self.problems = problems
  }

  mutating func add(_ block: Markdown.Node, _ commands: [String], _ terms: [String]) {
    blocks.append(block)
    self.commands += commands
    self.terms += terms
  }

  mutating func open(_ block: Markdown.Node, level: Int) {
    let text = Markdown.plainText(of: block)
    if level == 1 {
      title = text
      return
    }
    close()
    line = Markdown.line(of: block)
    guard text.hasSuffix("}"), let mark = text.lastIndex(of: "{"), text[mark...].hasPrefix("{#") else {
      problems.add(
        "the heading '\(text)' names no step", mend: "end it with the step's id, as in '## \(text) {#create}'",
        file: file,
        line: line)
      heading = text
      return
    }
    id = String(text[mark...].dropFirst(2).dropLast())
    let words = text[..<mark]
    heading = String(words.reversed().drop { $0 == " " }.reversed())
    if sections.contains(where: { $0.id == id }) {
      problems.add("the section '\(id)' is there twice", mend: "give each its own id", file: file, line: line)
    }
  }

  mutating func close() {
    sections.append(
      LessonText.Section(
        id: id, title: heading, html: Markdown.html(of: blocks), line: line, commands: commands, terms: terms))
    (id, heading, blocks, commands, terms) = ("", "", [], [], [])
  }
}
