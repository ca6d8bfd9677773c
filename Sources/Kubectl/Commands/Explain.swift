import Tree

extension Command {
  static let explain = Command(
    name: "explain", summary: "Get documentation for a resource",
    usage: "TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group]",
    examples: ["kubectl explain pods", "kubectl explain deployment.spec.strategy"],
    flags: [
      .isSwitch("recursive", "Whether to show all fields below."), .text("api-version", "The group and version."),
      .text("output", "o", "plaintext", "Only plaintext."),
    ],
    run: { (invocation) throws(Failure) in
      guard let word = invocation.arguments.first else {
        throw .error(
          "You must specify the type of resource to explain. Use \"kubectl api-resources\" for a complete list of supported resources."
        )
      }
      if invocation.arguments.count > 1 { throw .error("We accept only this format: explain RESOURCE") }
      try Explanation(invocation).explain(word)
    })
}

private struct Explanation {
  private static let width = 80

  private let invocation: Invocation
  private let session: Session

  init(_ invocation: Invocation) {
    self.invocation = invocation
    session = invocation.session
  }

  /// The resource that the word starts with, and the fields behind it.
  private func parse(_ word: String) throws(Failure) -> (resource: Resource, fields: [String]) {
    let parts = word.split(separator: ".").map(String.init)
    // The longest start that names a resource counts: `deployments.apps.spec` is the group's, not a field `apps`.
    for count in stride(from: parts.count, to: 0, by: -1) {
      let name = parts[..<count].joined(separator: ".")
      if count > 1, parts[1...].prefix(count - 1).joined(separator: ".") == "" { continue }
      guard let found = try? session.discovery().resource(name) else { continue }
      let wanted = invocation.text("api-version")
      if wanted.isEmpty || found.apiVersion == wanted { return (found, Array(parts[count...])) }
      let all = try session.discovery().resources
      if let other = all.first(where: { $0.name == found.name && $0.apiVersion == wanted }) {
        return (other, Array(parts[count...]))
      }
      throw .error("couldn't find resource for \(quoted("\(wanted), Kind=\(found.kind)"))")
    }
    throw Failure(text: "the server doesn't have a resource type \(quoted(parts.first ?? word))")
  }

  func explain(_ word: String) throws(Failure) {
    let (resource, fields) = try parse(word)
    guard let document = session.schema(of: resource), let schemas = document["components", "schemas"],
      let root = schemas.object?.first(where: { Self.names($0.value, resource) })?.value
    else { throw .error("couldn't find resource for \(quoted("\(resource.apiVersion), Kind=\(resource.kind)"))") }
    var schema = root
    var field: (name: String, property: Value)?
    for name in fields {
      let inner = Self.content(schema, schemas)
      guard let property = inner["properties"]?[name] else {
        session.out(Self.heading(resource))
        throw .error("field \(quoted(name)) does not exist")
      }
      field = (name, property)
      schema = Self.resolved(property, schemas)
    }
    session.out(text(resource, field, schema, schemas))
  }

  private static func names(_ schema: Value, _ resource: Resource) -> Bool {
    (schema["x-kubernetes-group-version-kind"]?.array ?? []).contains {
      $0["group"]?.string == resource.group && $0["version"]?.string == resource.version
        && $0["kind"]?.string == resource.kind
    }
  }

  private static func reference(_ schema: Value) -> String? {
    let text = schema["$ref"]?.string ?? schema["allOf"]?.array?.first?["$ref"]?.string
    return text?.split(separator: "/").last.map(String.init)
  }

  private static func resolved(_ schema: Value, _ schemas: Value) -> Value {
    guard let name = reference(schema), let target = schemas[name] else { return schema }
    return target
  }

  /// The schema in which fields are looked for: of a list or map, that of its elements.
  private static func content(_ schema: Value, _ schemas: Value) -> Value {
    let schema = resolved(schema, schemas)
    if let items = schema["items"] { return content(items, schemas) }
    if let values = schema["additionalProperties"], values.object != nil { return content(values, schemas) }
    return schema
  }

  /// `string`, `[]Container`, `map[string]string`, `Object`.
  private static func type(_ schema: Value, _ schemas: Value) -> String {
    if let name = reference(schema) {
      let target = schemas[name] ?? [:]
      if target["properties"] == nil, let type = target["type"]?.string, type != "object" { return type }
      return name.split(separator: ".").last.map(String.init) ?? name
    }
    if let items = schema["items"] { return "[]" + type(items, schemas) }
    if let values = schema["additionalProperties"], values.object != nil {
      return "map[string]" + type(values, schemas)
    }
    switch schema["type"]?.string {
    case "object", nil: return "Object"
    case "array": return "[]Object"
    case let name?: return name
    }
  }

  // MARK: The text

  private static func heading(_ resource: Resource) -> String {
    let group = resource.group.isEmpty ? "" : "GROUP:      \(resource.group)\n"
    return group + "KIND:       \(resource.kind)\nVERSION:    \(resource.version)\n\n"
  }

  private func text(_ resource: Resource, _ field: (name: String, property: Value)?, _ schema: Value, _ schemas: Value)
    -> String
  {
    var text = Self.heading(resource)
    if let field {
      text += "FIELD: \(field.name) <\(Self.type(field.property, schemas))>\n"
      let values = field.property["enum"]?.array ?? []
      text += values.isEmpty ? "\n" : "ENUM:\n" + values.map { "    \(JSONPath.text($0))\n" }.joined()
      text += "\n"
    }
    text += "DESCRIPTION:\n"
    let own = field?.property["description"]?.string ?? ""
    let described = Self.content(schema, schemas)["description"]?.string ?? ""
    var paragraphs = own.isEmpty ? [] : [own]
    if !described.isEmpty, field.map({ Self.content(schema, schemas) != $0.property }) ?? true {
      paragraphs.append(described)
    }
    if paragraphs.isEmpty { paragraphs = ["<empty>"] }
    for paragraph in paragraphs { text += Self.wrapped(paragraph, indentation: 4) }
    text += "    \n"
    let content = Self.content(schema, schemas)
    if content["properties"]?.object?.isEmpty == false {
      text += "FIELDS:\n" + fields(content, schemas, level: 1, seen: [])
    }
    return text + "\n"
  }

  private func fields(_ schema: Value, _ schemas: Value, level: Int, seen: [String]) -> String {
    let required = (schema["required"]?.array ?? []).compactMap(\.string)
    let indentation = String(repeating: "  ", count: level)
    var text = ""
    for member in (schema["properties"]?.object ?? Members()).sorted(by: { $0.key < $1.key }) {
      let mark = required.contains(member.key) ? " -required-" : ""
      text += "\(indentation)\(member.key)\t<\(Self.type(member.value, schemas))>\(mark)\n"
      text += Self.values(member.value, indentation: level * 2)
      if invocation.isOn("recursive") {
        let name = Self.reference(member.value) ?? member.value["items"].flatMap(Self.reference) ?? ""
        if !name.isEmpty, seen.contains(name) { continue }
        text += fields(Self.content(member.value, schemas), schemas, level: level + 1, seen: seen + [name])
      } else {
        text +=
          Self.wrapped(member.value["description"]?.string ?? "<no description>", indentation: level * 2 + 2) + "\n"
      }
    }
    return text
  }

  private static func values(_ schema: Value, indentation: Int) -> String {
    guard let values = schema["enum"]?.array, !values.isEmpty else { return "" }
    return String(repeating: " ", count: indentation) + "enum: " + values.map(JSONPath.text).joined(separator: ", ")
      + "\n"
  }

  /// Text in lines of eighty characters; a text's own lines stay.
  private static func wrapped(_ text: String, indentation: Int) -> String {
    let blank = String(repeating: " ", count: indentation)
    var result = ""
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var line = ""
      for word in paragraph.split(separator: " ") {
        if !line.isEmpty, line.count + 1 + word.count > width - indentation {
          result += blank + line + "\n"
          line = ""
        }
        line += line.isEmpty ? String(word) : " " + word
      }
      result += blank + line + "\n"
    }
    return result
  }
}
