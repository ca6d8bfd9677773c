import Tree

/// Prints objects in the form that `-o` asks for.
struct ObjectPrinter {
  enum Form {
    case json, yaml, name
    case template(JSONPath, source: String)
    case templateAsJSON(JSONPath)
    case columns([(header: String, path: JSONPath)])
    /// A table, or after a change one line of what was done.
    case human
    case wide
  }

  let form: Form
  private let showsManagedFields: Bool
  private let allowsMissing: Bool
  private let showsHeaders: Bool

  /// - Parameter shows: what `-o` may be, as the error message lists it.
  init(_ invocation: Invocation) throws(Failure) {
    form = try Self.form(invocation)
    showsManagedFields = invocation.isOn("show-managed-fields")
    allowsMissing = invocation.text("allow-missing-template-keys") != "false"
    showsHeaders = !invocation.isOn("no-headers")
  }

  /// Whether a table or a line of what was done is wanted.
  var isHuman: Bool {
    switch form {
    case .human, .wide: true
    default: false
    }
  }

  var isWide: Bool {
    if case .wide = form { true } else { false }
  }

  var isName: Bool {
    if case .name = form { true } else { false }
  }

  private static func form(_ invocation: Invocation) throws(Failure) -> Form {
    let text = invocation.text("output")
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let argument = parts.count > 1 ? parts[1] : invocation.text("template")
    switch parts.first ?? "" {
    case "": return .human
    case "wide": return .wide
    case "json": return .json
    case "yaml": return .yaml
    case "name": return .name
    case "jsonpath": return .template(try template(argument, invocation), source: argument)
    case "jsonpath-as-json": return .templateAsJSON(try template(argument, invocation))
    case "custom-columns": return .columns(try columns(argument))
    case let other:
      throw .error(
        "unable to match a printer suitable for the output format \(quoted(other)), allowed formats are: "
          + "custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,"
          + "jsonpath-file,name,template,templatefile,wide,yaml")
    }
  }

  private static func template(_ text: String, _ invocation: Invocation) throws(Failure) -> JSONPath {
    if text.isEmpty { throw .error("template format specified but no template given") }
    do {
      return try JSONPath(text)
    } catch {
      throw .error("error parsing jsonpath \(text), \(error.message)")
    }
  }

  private static func columns(_ spec: String) throws(Failure) -> [(header: String, path: JSONPath)] {
    if spec.isEmpty { throw .error("custom-columns format specified but no custom columns given") }
    var columns: [(header: String, path: JSONPath)] = []
    for part in spec.split(separator: ",") {
      let pair = part.split(separator: ":", maxSplits: 1).map(String.init)
      guard pair.count == 2 else {
        throw .error("unexpected custom-columns spec: \(part), expected <header>:<json-path-expr>")
      }
      do {
        columns.append((pair[0], try JSONPath(relaxed: pair[1])))
      } catch {
        throw .error(error.message)
      }
    }
    return columns
  }

  func cleaned(_ object: Value) -> Value {
    if showsManagedFields || object["metadata", "managedFields"] == nil { return object }
    var object = object
    object["metadata", "managedFields"] = nil
    return object
  }

  /// One object.
  func text(_ item: Item) throws(Failure) -> String {
    if isName { return item.title + "\n" }
    return try text(cleaned(item.object), list: [cleaned(item.object)])
  }

  /// Several objects as a list.
  func text(_ items: [Item]) throws(Failure) -> String {
    if isName { return items.map { $0.title + "\n" }.joined() }
    let objects = items.map { cleaned($0.object) }
    let list: Value = [
      "apiVersion": "v1", "kind": "List", "metadata": ["resourceVersion": ""], "items": .array(objects),
    ]
    return try text(list, list: objects)
  }

  private func text(_ value: Value, list: [Value]) throws(Failure) -> String {
    switch form {
    case .json: return JSON.encode(value, indentation: 4, sorted: true) + "\n"
    case .yaml: return YAML.encode(value)
    case .template(let template, let source):
      do {
        return try template.text(of: value, allowsMissing: allowsMissing)
      } catch {
        throw .error(Self.explained(error.message, source, value))
      }
    case .templateAsJSON(let template):
      do {
        let found = try template.results(in: value, allowsMissing: allowsMissing)
        return JSON.encode(.array(found), indentation: 4, sorted: true) + "\n"
      } catch {
        throw .error("error executing jsonpath: \(error.message)")
      }
    case .columns(let columns): return try table(columns, list)
    case .name, .human, .wide: return ""
    }
  }

  private static func explained(_ message: String, _ source: String, _ value: Value) -> String {
    "error executing jsonpath \(quoted(source)): Error executing template: \(message). Printing more information for "
      + "debugging the template:\n\ttemplate was:\n\t\t\(source)\n\tobject given to jsonpath engine was:\n\t\t"
      + value.sortedByKeys.jsonText + "\n"
  }

  private func table(_ columns: [(header: String, path: JSONPath)], _ objects: [Value]) throws(Failure) -> String {
    var table = TextTable()
    if showsHeaders { table.add(columns.map(\.header)) }
    for object in objects {
      var row: [String] = []
      for column in columns {
        do {
          let found = try column.path.results(in: object)
          row.append(
            found.isEmpty ? "<none>" : found.map { $0.isNull ? "<none>" : Self.cell($0) }.joined(separator: ","))
        } catch {
          throw .error(error.message)
        }
      }
      table.add(row)
    }
    return table.flush()
  }

  /// A found value as Go prints it by default: `map[a:b]`, `[a b]`.
  private static func cell(_ value: Value) -> String {
    switch value {
    case .array(let elements): "[" + elements.map(cell).joined(separator: " ") + "]"
    case .object(let members):
      "map[" + members.sorted { $0.key < $1.key }.map { "\($0.key):\(cell($0.value))" }.joined(separator: " ") + "]"
    case .null: "<nil>"
    default: JSONPath.text(value)
    }
  }
}

extension Invocation {
  /// Prints an object that was changed, or the line that says so: `deployment.apps/web scaled`.
  func report(
    _ item: Item, _ verb: String, _ dryRun: DryRun = .none, _ printer: ObjectPrinter
  ) throws(Failure) {
    if printer.isHuman {
      session.line("\(item.title) \(verb)\(Invocation.suffix(dryRun))")
    } else {
      session.out(try printer.text(item))
    }
  }
}
