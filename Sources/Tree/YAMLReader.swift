/// Makes values of a YAML text's events.
struct YAMLReader: ~Copyable {
  /// A value, how deep it nests, and how many values it holds with itself.
  private struct Node {
    var value: Value
    var height = 0
    var count = 1
  }

  private var events: YAMLEvents
  private let bytes: UnsafeBufferPointer<UInt8>
  private let limits: ParseLimits
  /// What each anchor of the document names; nil while it is being read.
  private var anchors: [String: Node?] = [:]
  private var count = 0
  private var depth = 0
  private(set) var duplicates: [YAML.Duplicate] = []

  init(bytes: UnsafeBufferPointer<UInt8>, limits: ParseLimits) {
    self.bytes = bytes
    self.limits = limits
    events = YAMLEvents(bytes)
  }

  mutating func documents() throws(SyntaxError) -> [Value] {
    var values: [Value] = []
    while true {
      let event = try events.next()
      switch event.kind {
      case .streamEnd: return values
      case .documentStart:
        anchors = [:]
        values.append(try node(try events.next()).value)
      default: break
      }
    }
  }

  private mutating func node(_ event: YAMLEvent) throws(SyntaxError) -> Node {
    if event.kind == .alias { return try alias(event) }
    if let anchor = event.anchor { anchors[anchor] = .some(nil) }
    let before = count
    try step(1, at: event)
    var node: Node
    switch event.kind {
    case .sequenceStart: node = try sequence(event)
    case .mappingStart: node = try mapping(event)
    default: node = Node(value: try scalar(event))
    }
    node.count = count - before
    if let anchor = event.anchor { anchors[anchor] = .some(node) }
    return node
  }

  private func error(_ message: String, at event: YAMLEvent) -> SyntaxError {
    SyntaxError("yaml: " + message, at: event.offset, in: bytes)
  }

  private mutating func step(_ values: Int, at event: YAMLEvent) throws(SyntaxError) {
    count += values
    if count > limits.values { throw error("document contains more than \(limits.values) values", at: event) }
  }

  private mutating func alias(_ event: YAMLEvent) throws(SyntaxError) -> Node {
    let name = event.anchor ?? ""
    guard let anchored = anchors[name] else { throw error("unknown anchor '\(name)' referenced", at: event) }
    guard let node = anchored else { throw error("anchor '\(name)' value contains itself", at: event) }
    count += node.count
    if count > limits.values { throw error("document contains excessive aliasing", at: event) }
    if depth + node.height > limits.depth { throw tooDeep(event) }
    return node
  }

  private func tooDeep(_ event: YAMLEvent) -> SyntaxError {
    error("line \(event.line): exceeded max depth of \(limits.depth)", at: event)
  }

  private mutating func descend(_ event: YAMLEvent) throws(SyntaxError) {
    depth += 1
    if depth > limits.depth { throw tooDeep(event) }
  }

  private mutating func sequence(_ start: YAMLEvent) throws(SyntaxError) -> Node {
    try descend(start)
    var elements: [Value] = []
    var height = 0
    while true {
      let event = try events.next()
      if event.kind == .sequenceEnd { break }
      let element = try node(event)
      height = Swift.max(height, element.height)
      elements.append(element.value)
    }
    depth -= 1
    return Node(value: .array(elements), height: height + 1)
  }

  private mutating func mapping(_ start: YAMLEvent) throws(SyntaxError) -> Node {
    try descend(start)
    var members = MemberCollector()
    var merged: [Value] = []
    var height = 0
    while true {
      let event = try events.next()
      if event.kind == .mappingEnd { break }
      if isMerge(event) {
        let source = try node(try events.next())
        height = Swift.max(height, source.height)
        merged += try sources(source.value, at: event)
        continue
      }
      let key = try key(event)
      let member = try node(try events.next())
      height = Swift.max(height, member.height)
      if members.add(key, member.value) { duplicates.append(YAML.Duplicate(key: key, line: event.line)) }
    }
    for source in merged {
      for member in source.object ?? Members() { members.addMissing(member.key, member.value) }
    }
    depth -= 1
    return Node(value: members.object, height: height + 1)
  }

  private func isMerge(_ event: YAMLEvent) -> Bool {
    event.kind == .scalar && event.text == "<<" && event.isPlain
      && (event.tag == nil || event.tag == YAMLScalar.mergeTag)
  }

  /// The objects that a merge key names.
  private func sources(_ value: Value, at event: YAMLEvent) throws(SyntaxError) -> [Value] {
    let sources = value.array ?? [value]
    for source in sources where source.object == nil {
      throw error("map merge requires map or sequence of maps as the value", at: event)
    }
    return sources
  }

  /// A key as text: numbers and booleans as JSON writes them.
  private mutating func key(_ event: YAMLEvent) throws(SyntaxError) -> String {
    let value = try node(event).value
    switch value {
    case .string(let text): return text
    case .integer, .number, .boolean: return value.jsonText
    case .null: throw error("line \(event.line): unsupported map key of type: null", at: event)
    case .array, .object: throw error("line \(event.line): invalid map key: \(value.jsonText)", at: event)
    }
  }

  private func scalar(_ event: YAMLEvent) throws(SyntaxError) -> Value {
    if event.tag == nil && !event.isPlain { return .string(event.text) }
    guard let value = YAMLScalar.value(event.text, tag: event.tag) else {
      let tag = YAMLScalar.shortTag(event.tag)
      throw error(
        "line \(event.line): cannot decode \(YAMLScalar.kind(event.text)) `\(event.text)` as a \(tag)", at: event)
    }
    if case .number(let number) = value, !number.isFinite {
      throw error("line \(event.line): unsupported value: \(event.text)", at: event)
    }
    return value
  }
}
