import CMarkdown

/// A Markdown text (CommonMark with GitHub's tables), read and owned as cmark's tree.
///
/// Raw HTML and addresses that run scripts never reach the page: cmark leaves them out.
final class Markdown {
  typealias Node = OpaquePointer

  /// Tables must be registered once in a process, before the first text is read.
  private static let registration: Void = cmark_gfm_core_extensions_ensure_registered()

  let root: Node

  init(_ text: String) {
    Self.registration
    let parser = cmark_parser_new(CMARK_OPT_DEFAULT)
    defer { cmark_parser_free(parser) }
    if let table = cmark_find_syntax_extension("table") { cmark_parser_attach_syntax_extension(parser, table) }
    var text = text
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
    }
    root = cmark_parser_finish(parser)
    cmark_consolidate_text_nodes(root)
  }

  deinit { cmark_node_free(root) }

  /// The HTML of a node and all in it.
  static func html(of node: Node) -> String {
    guard let text = cmark_render_html(node, CMARK_OPT_DEFAULT, nil) else { return "" }
    defer { cmark_get_default_mem_allocator().pointee.free(text) }
    return String(cString: text)
  }

  /// The HTML of blocks, which are taken out of the tree.
  static func html(of blocks: [Node]) -> String {
    let document = cmark_node_new(CMARK_NODE_DOCUMENT)
    defer { cmark_node_free(document) }
    for block in blocks {
      cmark_node_unlink(block)
      cmark_node_append_child(document, block)
    }
    return document.map { html(of: $0) } ?? ""
  }

  static func children(of node: Node) -> [Node] {
    var children: [Node] = []
    var next = cmark_node_first_child(node)
    while let child = next {
      children.append(child)
      next = cmark_node_next(child)
    }
    return children
  }

  /// The node and everything below it, from the top.
  static func all(in node: Node) -> [Node] { [node] + children(of: node).flatMap { all(in: $0) } }

  static func type(of node: Node) -> cmark_node_type { cmark_node_get_type(node) }

  static func line(of node: Node) -> Int {
    var node: Node? = node
    while let present = node {
      let line = cmark_node_get_start_line(present)
      if line > 0 { return Int(line) }
      node = cmark_node_parent(present)
    }
    return 1
  }

  static func literal(of node: Node) -> String { cmark_node_get_literal(node).map { String(cString: $0) } ?? "" }

  /// The text of a node without its markup.
  static func plainText(of node: Node) -> String {
    all(in: node).map { part in
      switch type(of: part) {
      case CMARK_NODE_TEXT, CMARK_NODE_CODE: literal(of: part)
      case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: " "
      default: ""
      }
    }.joined()
  }

  /// A node that stands for HTML of our own around its children.
  static func custom(_ type: cmark_node_type, before: String, after: String) -> Node? {
    let node = cmark_node_new(type)
    cmark_node_set_on_enter(node, before)
    cmark_node_set_on_exit(node, after)
    return node
  }

  static func moveChildren(of node: Node, to other: Node) {
    for child in children(of: node) {
      cmark_node_unlink(child)
      cmark_node_append_child(other, child)
    }
  }

  static func replace(_ node: Node, by other: Node) {
    cmark_node_replace(node, other)
    cmark_node_free(node)
  }
}

/// A text as HTML shows it, in an element or an attribute.
func escapedHTML(_ text: String) -> String {
  var escaped = ""
  for character in text {
    switch character {
    case "&": escaped += "&amp;"
    case "<": escaped += "&lt;"
    case ">": escaped += "&gt;"
    case "\"": escaped += "&quot;"
    default: escaped.append(character)
    }
  }
  return escaped
}
