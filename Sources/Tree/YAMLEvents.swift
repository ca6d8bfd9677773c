import CLibYAML

/// One step of a YAML text.
struct YAMLEvent {
  enum Kind {
    case streamStart, streamEnd, documentStart, documentEnd
    case alias, scalar
    case sequenceStart, sequenceEnd, mappingStart, mappingEnd
  }

  let kind: Kind
  /// The alias' or the node's anchor, if it has one.
  var anchor: String?
  /// A scalar's explicit tag, if it has one.
  var tag: String?
  /// A scalar's text.
  var text = ""
  /// Whether a scalar was written without quotes.
  var isPlain = false
  /// Where it starts: bytes, and line from 1.
  let offset: Int
  let line: Int
}

/// libyaml's parser over bytes that must live as long as this does.
struct YAMLEvents: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let bytes: UnsafeBufferPointer<UInt8>

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    parser = .allocate(capacity: 1)
    yaml_parser_initialize(parser)
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  mutating func next() throws(SyntaxError) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw problem() }
    defer { yaml_event_delete(&event) }
    var result = YAMLEvent(
      kind: YAMLEvents.kind(event.type), offset: event.start_mark.index, line: event.start_mark.line + 1)
    switch event.type {
    case YAML_ALIAS_EVENT: result.anchor = YAMLEvents.text(event.data.alias.anchor)
    case YAML_SEQUENCE_START_EVENT: result.anchor = YAMLEvents.text(event.data.sequence_start.anchor)
    case YAML_MAPPING_START_EVENT: result.anchor = YAMLEvents.text(event.data.mapping_start.anchor)
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      result.anchor = YAMLEvents.text(scalar.anchor)
      result.tag = YAMLEvents.text(scalar.tag)
      result.text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      result.isPlain = scalar.plain_implicit != 0
    default: break
    }
    return result
  }

  private static func kind(_ type: yaml_event_type_t) -> YAMLEvent.Kind {
    switch type {
    case YAML_STREAM_START_EVENT: .streamStart
    case YAML_DOCUMENT_START_EVENT: .documentStart
    case YAML_DOCUMENT_END_EVENT: .documentEnd
    case YAML_ALIAS_EVENT: .alias
    case YAML_SCALAR_EVENT: .scalar
    case YAML_SEQUENCE_START_EVENT: .sequenceStart
    case YAML_SEQUENCE_END_EVENT: .sequenceEnd
    case YAML_MAPPING_START_EVENT: .mappingStart
    case YAML_MAPPING_END_EVENT: .mappingEnd
    default: .streamEnd
    }
  }

  private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    pointer.map { String(cString: $0) }
  }

  /// What libyaml found wrong. go-yaml counts lines from 0 except in scanner errors, names the line where the
  /// surrounding thing started if there is one, and no line at all for the first.
  private func problem() -> SyntaxError {
    let parser = parser.pointee
    let text = parser.problem.map { String(cString: $0) } ?? "unknown problem parsing YAML content"
    if parser.error == YAML_READER_ERROR {
      return SyntaxError("yaml: " + text, at: Swift.min(parser.problem_offset, bytes.count), in: bytes)
    }
    var line = parser.context_mark.line != 0 ? parser.context_mark.line : parser.problem_mark.line
    if line != 0, parser.error == YAML_SCANNER_ERROR { line += 1 }
    let mark = parser.problem_mark
    return SyntaxError(
      message: line == 0 ? "yaml: \(text)" : "yaml: line \(line): \(text)",
      offset: Swift.min(mark.index, bytes.count), line: mark.line + 1, column: mark.column + 1)
  }
}
