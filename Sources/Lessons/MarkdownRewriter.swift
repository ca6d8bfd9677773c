import CMarkdown

/// Puts a lesson's own elements into a Markdown tree: commands to click, call-outs and terms.
struct MarkdownRewriter {
  let language: Language
  let glossary: Glossary
  let file: String
  /// The line of the file on which the Markdown begins, less one.
  let lineOffset: Int
  let problems: ProblemList

  private func complain(_ message: String, mend remedy: String, at node: Markdown.Node) {
    problems.add(message, mend: remedy, file: file, line: lineOffset + Markdown.line(of: node))
  }

  /// Rewrites all blocks and answers the commands and terms in them.
  func rewrite(_ blocks: [Markdown.Node]) -> [(block: Markdown.Node, commands: [String], terms: [String])] {
    blocks.map { block in
      var commands: [String] = []
      var terms: [String] = []
      for node in Markdown.all(in: block).dropFirst() { rewrite(node, &commands, &terms) }
      return (rewrite(block, &commands, &terms), commands, terms)
    }
  }

  /// Rewrites one node; answers what now stands in its place.
  @discardableResult
  private func rewrite(_ node: Markdown.Node, _ commands: inout [String], _ terms: inout [String]) -> Markdown.Node {
    switch Markdown.type(of: node) {
    case CMARK_NODE_HTML_BLOCK, CMARK_NODE_HTML_INLINE:
      complain("raw HTML is never shown", mend: "write Markdown, or '&lt;' for '<'", at: node)
    case CMARK_NODE_TEXT where Markdown.literal(of: node).contains("**"):
      complain(
        "'**' stays in the text as it is",
        mend: "let the bold text end with a letter: '**이름**(name)은', not '**이름(name)**은'", at: node)
    case CMARK_NODE_CODE_BLOCK: return commandBlock(node, &commands)
    case CMARK_NODE_BLOCK_QUOTE: return callOut(node)
    case CMARK_NODE_LINK: term(node, &terms)
    default: break
    }
    return node
  }

  // MARK: - Commands

  private func commandBlock(_ node: Markdown.Node, _ commands: inout [String]) -> Markdown.Node {
    guard let info = cmark_node_get_fence_info(node), String(cString: info) == "command" else { return node }
    let lines = Markdown.literal(of: node).split(separator: "\n").map(String.init)
    commands += lines
    let buttons = lines.map { line in
      let text = escapedHTML(line)
      return "<button class=\"command\" type=\"button\" data-command=\"\(text)\">\(text)</button>"
    }
    let html = "<div class=\"commands\">\n\(buttons.joined(separator: "\n"))\n"
    guard let block = Markdown.custom(CMARK_NODE_CUSTOM_BLOCK, before: html, after: "</div>") else { return node }
    Markdown.replace(node, by: block)
    return block
  }

  // MARK: - Call-outs

  /// The kinds of call-outs and their titles.
  private static let callOuts: [String: Localized<String>] = [
    "NOTE": Localized(korean: "참고", english: "Note"),
    "TIP": Localized(korean: "도움말", english: "Tip"),
    "IMPORTANT": Localized(korean: "중요", english: "Important"),
    "WARNING": Localized(korean: "주의", english: "Warning"),
    "MYTH": Localized(korean: "흔한 오해", english: "Common misconception"),
  ]

  private func callOut(_ node: Markdown.Node) -> Markdown.Node {
    guard let paragraph = cmark_node_first_child(node), let first = cmark_node_first_child(paragraph),
      Markdown.type(of: first) == CMARK_NODE_TEXT
    else { return node }
    let text = Markdown.literal(of: first)
    guard text.hasPrefix("[!"), text.hasSuffix("]") else { return node }
    let kind = String(text.dropFirst(2).dropLast())
    guard let title = Self.callOuts[kind] else {
      let known = Self.callOuts.keys.sorted().joined(separator: ", ")
      complain("there is no call-out '[!\(kind)]'", mend: "use one of \(known)", at: node)
      return node
    }
    if let next = cmark_node_next(first), Markdown.type(of: next) == CMARK_NODE_SOFTBREAK { cmark_node_free(next) }
    cmark_node_free(first)
    let name = kind.lowercased()
    let before = "<aside class=\"callout callout-\(name)\">\n<p class=\"callout-title\">\(title[language])</p>"
    guard let block = Markdown.custom(CMARK_NODE_CUSTOM_BLOCK, before: before, after: "</aside>") else { return node }
    Markdown.moveChildren(of: node, to: block)
    Markdown.replace(node, by: block)
    return block
  }

  // MARK: - Terms

  private func term(_ node: Markdown.Node, _ terms: inout [String]) {
    guard let address = cmark_node_get_url(node).map({ String(cString: $0) }), address.hasPrefix("term:") else {
      return
    }
    let term = String(address.dropFirst("term:".count))
    guard let definition = glossary.definition(of: term, in: language) else {
      complain("the term '\(term)' is not in the glossary", mend: "add it to glossary.yaml", at: node)
      return
    }
    terms.append(term)
    let before = "<dfn class=\"term\" tabindex=\"0\" title=\"\(escapedHTML(definition))\">"
    guard let element = Markdown.custom(CMARK_NODE_CUSTOM_INLINE, before: before, after: "</dfn>") else { return }
    Markdown.moveChildren(of: node, to: element)
    Markdown.replace(node, by: element)
  }
}
