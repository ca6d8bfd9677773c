import Tree

/// Reads the text in which types are declared, one line a field.
///
///     package io.k8s.api.apps.v1 apps/v1
///
///     words DeploymentStrategyType: Recreate RollingUpdate
///     alias ResourceList: {Quantity}
///
///     kind Deployment list  -- Keeps a set of pods running.
///       metadata   1: ObjectMeta
///       spec       2: DeploymentSpec   -- What should be.
///
///     type DeploymentSpec
///       replicas   1: int32? = 1       min 0               -- How many pods should run.
///       selector  2!: LabelSelector?   required immutable  -- Which pods belong here.
///
/// A line that begins at the margin declares a type: `kind` has `kind` and `apiVersion`, `list` gives it a list type,
/// `atomic` and `open` (keeps unknown fields) are marks. A field is a name, its protobuf number (`1.2` inside an
/// embedded message; `!` says required in the documents), its type (`[T]` a list, `{T}` a map, `?` where absent differs
/// from zero), a default after `=`, marks (see `FieldMarks`), and after `--` what it is for. A type is looked up in its
/// own package first, then among all.
struct DeclarationReader {
  private var shapes: [Shape] = []
  private var types: [String: FieldType] = [:]
  private var localTypes: [LocalName: FieldType] = [:]
  /// What is declared but not read yet, for each shape whose fields are still missing.
  private var pending: [PendingShape] = []
  private var pendingIndexes: [ObjectIdentifier: Int] = [:]
  private var aliases: [PendingAlias] = []

  private struct LocalName: Hashable {
    let home: String
    let name: String
  }

  private struct PendingShape {
    let shape: Shape
    let list: Shape?
    var lines: [DeclarationLine] = []
  }

  private struct PendingAlias {
    let name: String
    let home: SchemaPackage
    let line: DeclarationLine
    var words: LineWords
  }

  /// Reads what types there are, and of each only its name: their fields are read by `complete`.
  mutating func readHeads(_ texts: [Declarations]) throws(DeclarationError) -> [Shape] {
    for text in texts { try collect(text) }
    for alias in aliases { try resolve(alias) }
    for (index, entry) in pending.enumerated() {
      pendingIndexes[ObjectIdentifier(entry.shape)] = index
      if let list = entry.list { pendingIndexes[ObjectIdentifier(list)] = index }
    }
    return shapes
  }

  /// Reads the fields of a shape and of all shapes below it, so that all of them are as they will ever be.
  mutating func complete(_ shape: Shape) throws(DeclarationError) {
    var found: [Shape] = []
    var next = [shape]
    while let shape = next.popLast() {
      guard let index = pendingIndexes.removeValue(forKey: ObjectIdentifier(shape)) else { continue }
      let entry = pending[index]
      if shape === entry.list { try declareList(shape, of: entry.shape) } else { try declare(entry) }
      found.append(shape)
      next += shape.fields.compactMap(\.type.shape)
    }
    Shape.finish(found)
  }

  // MARK: Heads

  private mutating func collect(_ source: Declarations) throws(DeclarationError) {
    var home: SchemaPackage?
    for line in lines(of: source) where !line.range.isEmpty {
      if line.bytes[line.range.lowerBound] == UInt8(ascii: " ") {
        if pending.isEmpty { throw line.error("a field before any type") }
        pending[pending.count - 1].lines.append(line)
        continue
      }
      var words = LineWords(line)
      let head = words.next() ?? ""
      if head == "package" {
        home = try readPackage(&words)
        continue
      }
      guard let home else { throw line.error("a type before `package`") }
      switch head {
      case "type", "kind": try readShape(head, &words, in: home)
      case "words", "alias": try readAlias(head, words, in: home)
      default: throw line.error("expected package, type, kind, words or alias, found `\(head)`")
      }
    }
  }

  private func lines(of source: Declarations) -> [DeclarationLine] {
    let bytes = Array(source.text.utf8)
    var lines: [DeclarationLine] = []
    var start = 0
    while start <= bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
      lines.append(
        DeclarationLine(source: source.name, number: lines.count + 1, bytes: bytes, range: start..<end))
      start = end + 1
    }
    return lines
  }

  private func readPackage(_ words: inout LineWords) throws(DeclarationError) -> SchemaPackage {
    guard let path = words.next() else { throw words.line.error("a package needs a path") }
    guard let served = words.next() else { return SchemaPackage(path: path, group: "", version: "") }
    let parts = served.split(separator: "/")
    return SchemaPackage(
      path: path, group: parts.count == 2 ? String(parts[0]) : "", version: String(parts[parts.count - 1]))
  }

  private mutating func readShape(
    _ head: String, _ words: inout LineWords, in home: SchemaPackage
  ) throws(DeclarationError) {
    guard let name = words.next() else { throw words.line.error("a type needs a name") }
    var isAtomic = false
    var isOpen = false
    var hasList = false
    while let word = words.next() {
      switch word {
      case "atomic": isAtomic = true
      case "open": isOpen = true
      case "list": hasList = true
      default: throw words.line.error("unknown mark `\(word)` of a type")
      }
    }
    let shape = Shape(
      name: name, home: home, isKind: head == "kind", isAtomic: isAtomic,
      preservesUnknownFields: isOpen, documentation: words.documentation)
    var list: Shape?
    if hasList {
      list = Shape(
        name: name + "List", home: home, isKind: true, documentation: "Several objects of kind \(name).")
    }
    for shape in [shape, list].compactMap({ $0 }) {
      shapes.append(shape)
      try define(shape.name, .object(shape), in: home, words.line)
    }
    pending.append(PendingShape(shape: shape, list: list))
  }

  private mutating func readAlias(
    _ head: String, _ words: LineWords, in home: SchemaPackage
  ) throws(DeclarationError) {
    var words = words
    guard let name = words.nextBeforeColon() else { throw words.line.error("expected `\(head) Name: …`") }
    if head == "alias" {
      aliases.append(PendingAlias(name: name, home: home, line: words.line, words: words))
      return
    }
    var allowed: [String] = []
    while let word = words.next() { allowed.append(word) }
    let type = TextType(name: home.goName + "." + name, words: allowed)
    try define(name, .text(type), in: home, words.line)
  }

  private mutating func define(
    _ name: String, _ type: FieldType, in home: SchemaPackage, _ line: DeclarationLine
  ) throws(DeclarationError) {
    let known = localTypes.updateValue(type, forKey: LocalName(home: home.path, name: name))
    if known != nil { throw line.error("`\(name)` is declared twice") }
    if types[name] == nil { types[name] = type }
  }

  // MARK: Types

  private mutating func resolve(_ alias: PendingAlias) throws(DeclarationError) {
    var words = alias.words
    let goName = alias.home.goName + "." + alias.name
    guard let text = words.next() else { throw alias.line.error("an alias needs a type") }
    let isWrapped = words.next() == "wrapped"
    let type: FieldType
    switch try self.type(text, in: alias.home, alias.line) {
    case .text: type = .text(TextType(name: goName))
    case .list(let element, _): type = isWrapped ? .wrappedList(element, name: goName) : .list(element, name: goName)
    case .map(let element, _): type = .map(element, name: goName)
    case let other: type = other
    }
    try define(alias.name, type, in: alias.home, alias.line)
  }

  private func type(
    _ text: String, in home: SchemaPackage, _ line: DeclarationLine
  ) throws(DeclarationError) -> FieldType {
    switch text {
    case "string": return .text(.plain)
    case "boolean": return .boolean
    case "int32": return .int32
    case "int64": return .int64
    case "double": return .double
    case "bytes": return .bytes
    case "Quantity": return .quantity
    case "IntOrString": return .intOrString
    case "Time": return .time
    case "MicroTime": return .microTime
    case "RawExtension": return .anything()
    case "JSON": return .anything(.json)
    case "JSONSchemaPropsOrBool": return .anything(.schemaOrBoolean)
    case "JSONSchemaPropsOrStringArray": return .anything(.schemaOrTexts)
    case "FieldsV1": return .fieldSet
    default: break
    }
    if text.utf8.first == UInt8(ascii: "["), text.utf8.last == UInt8(ascii: "]") {
      return .list(try type(String(text.dropFirst().dropLast()), in: home, line), name: nil)
    }
    if text.utf8.first == UInt8(ascii: "{"), text.utf8.last == UInt8(ascii: "}") {
      return .map(try type(String(text.dropFirst().dropLast()), in: home, line), name: nil)
    }
    guard let type = localTypes[LocalName(home: home.path, name: text)] ?? types[text] else {
      throw line.error("unknown type `\(text)`")
    }
    return type
  }

  // MARK: Fields

  private func declare(_ pending: PendingShape) throws(DeclarationError) {
    var fields: [Field] = pending.shape.isKind ? DeclarationReader.kindFields : []
    for line in pending.lines { fields.append(try field(line, of: pending.shape)) }
    pending.shape.declare(fields)
  }

  private func declareList(_ list: Shape, of element: Shape) throws(DeclarationError) {
    guard case .object(let metadata)? = types["ListMeta"] else {
      throw DeclarationError(source: element.qualifiedName, line: 0, text: "", message: "no type `ListMeta`")
    }
    list.declare(DeclarationReader.kindFields + DeclarationReader.listFields(element, metadata))
  }

  private static let kindFields = [
    Field(name: "kind", numbers: [], type: .text(.plain), documentation: "What sort of object this is."),
    Field(
      name: "apiVersion", numbers: [], type: .text(.plain),
      documentation: "The group and version in which the object is written."),
  ]

  private static func listFields(_ element: Shape, _ metadata: Shape) -> [Field] {
    [
      Field(name: "metadata", numbers: [1], type: .object(metadata), documentation: "What is said of the list itself."),
      Field(
        name: "items", numbers: [2], type: .list(.object(element), name: nil), isRequired: true, isShown: true,
        documentation: "The objects."),
    ]
  }

  private func field(_ line: DeclarationLine, of shape: Shape) throws(DeclarationError) -> Field {
    var words = LineWords(line)
    guard let name = words.next(), let number = words.nextBeforeColon(), let text = words.next() else {
      throw line.error("expected `name number: type`")
    }
    var numberText = number[...]
    let isRequired = numberText.last == "!"
    if isRequired { numberText = numberText.dropLast() }
    var numbers: [Int] = []
    for part in numberText.split(separator: ".") {
      guard let number = Int(part), number > 0 else { throw line.error("`\(part)` is no field number") }
      numbers.append(number)
    }
    let isOptional = text.last == "?"
    let type = try type(isOptional ? String(text.dropLast()) : text, in: shape.home, line)
    var marks = FieldMarks(isMap: type.isMap)
    try marks.read(&words)
    return Field(
      name: name, numbers: numbers, type: type, isOptional: isOptional, isRequired: isRequired,
      isShown: marks.isShown, defaultValue: marks.defaultValue, list: marks.list, patch: marks.patch,
      limits: marks.limits, documentation: words.documentation)
  }
}

extension FieldType {
  fileprivate var isMap: Bool { if case .map = self { true } else { false } }
}
