import Tree

/// Objects written in files.
enum Manifests {
  struct Document {
    var object: Value
    /// The file's name as it was given; `STDIN` for the standard input.
    let source: String
  }

  /// Files that one command may read.
  static let fileLimit = 1000

  static func normalized(_ name: String) -> String {
    var name = name
    while name.hasPrefix("./") { name.removeFirst(2) }
    return name
  }

  /// The objects of all files of `-f`, lists taken apart.
  static func read(_ invocation: Invocation) throws(Failure) -> [Document] {
    if !invocation.text("kustomize").isEmpty { throw .error("-k is not supported in this terminal: use -f") }
    let validates =
      invocation.command.flags.contains { $0.name == "validate" } && invocation.fieldValidation == "Strict"
    var documents: [Document] = []
    for name in invocation.list("filename") {
      if name.hasPrefix("http://") || name.hasPrefix("https://") {
        throw .error("unable to read URL \(quoted(name)): this terminal reads its own files only")
      }
      if name == "-" {
        guard let input = invocation.session.input else {
          throw .error("no objects passed to \(verb(invocation))")
        }
        documents += try parse(input, source: "STDIN", validates: validates)
        continue
      }
      let matches = try texts(of: name, invocation.session)
      for (source, text) in matches { documents += try parse(text, source: source, validates: validates) }
    }
    if documents.isEmpty { throw .error("no objects passed to \(verb(invocation))") }
    return documents
  }

  private static func verb(_ invocation: Invocation) -> String { invocation.command.name }

  /// A file's text; of a folder's name or `*.yaml`, those of all files in it.
  private static func texts(of name: String, _ session: Session) throws(Failure) -> [(String, String)] {
    if let text = session.files[normalized(name)] { return [(name, text)] }
    let folder = normalized(name).hasSuffix("/") ? normalized(name) : normalized(name) + "/"
    let everything = folder == "./" || name == "."
    let inside = session.files.keys.sorted().filter { file in
      let ending = file.hasSuffix(".yaml") || file.hasSuffix(".yml") || file.hasSuffix(".json")
      if name == "*.yaml" { return file.hasSuffix(".yaml") }
      return ending && (everything ? !file.contains("/") : file.hasPrefix(folder))
    }
    if inside.isEmpty { throw .error("the path \(quoted(name)) does not exist") }
    return inside.prefix(fileLimit).compactMap { file in session.files[file].map { (file, $0) } }
  }

  /// The objects of one text, YAML or JSON, document by document as kubectl splits it.
  static func parse(_ text: String, source: String, validates: Bool) throws(Failure) -> [Document] {
    var documents: [Document] = []
    for part in split(text) {
      for value in try values(part, source: source) where !value.isNull {
        documents += try flattened(value, source: source, validates: validates)
      }
    }
    return documents
  }

  private static func split(_ text: String) -> [String] {
    if text.utf8.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") { return [text] }
    var parts: [String] = [""]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "---" || line.hasPrefix("--- ") || line.hasPrefix("---\r") {
        parts.append("")
      } else {
        parts[parts.count - 1] += line + "\n"
      }
    }
    return parts
  }

  private static func values(_ text: String, source: String) throws(Failure) -> [Value] {
    if text.utf8.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") {
      do {
        return [try JSON.parse(text)]
      } catch {
        // A flow mapping of YAML starts with a brace too.
        if let values = try? YAML.parse(text) { return values }
        throw .error("error parsing \(source): json: offset \(error.offset): \(error.message)")
      }
    }
    do {
      return try YAML.parse(text)
    } catch {
      throw .error("error parsing \(source): error converting YAML to JSON: \(error.message)")
    }
  }

  private static func flattened(
    _ value: Value, source: String, validates: Bool
  ) throws(Failure) -> [Document] {
    guard value.object != nil else {
      throw .error(
        "unable to decode \(quoted(source)): json: cannot unmarshal \(kind(value)) into Go value of type "
          + "unstructured.detector")
    }
    var missing: [String] = []
    for (field, name) in [("apiVersion", "apiVersion"), ("kind", "kind")] where value[field]?.string?.isEmpty != false {
      missing.append("\(name) not set")
    }
    if validates, !missing.isEmpty {
      let list = missing.count == 1 ? missing[0] : "[\(missing.joined(separator: ", "))]"
      throw .error(
        "error validating \(quoted(source)): error validating data: \(list); if you choose to ignore these errors, turn "
          + "validation off with --validate=false")
    }
    guard let kind = value["kind"]?.string, !kind.isEmpty else {
      throw .error("unable to decode \(quoted(source)): Object 'Kind' is missing in '\(value.sortedByKeys.jsonText)'")
    }
    guard kind.hasSuffix("List"), let items = value["items"]?.array else {
      return [Document(object: value, source: source)]
    }
    var documents: [Document] = []
    for item in items { documents += try flattened(item, source: source, validates: validates) }
    return documents
  }

  private static func kind(_ value: Value) -> String {
    switch value {
    case .array: "array"
    case .string: "string"
    case .boolean: "bool"
    default: "number"
    }
  }
}
