import Schema
import Tree

/// The paths of one kind with their operations, as kubectl, helm and client generators read them.
struct OpenAPIPaths {
  private let kind: Kind
  private let document: SchemaDocument
  private let parameters: OpenAPIParameters

  init(_ kind: Kind, _ document: SchemaDocument) {
    self.kind = kind
    self.document = document
    parameters = OpenAPIParameters(document)
  }

  private var isTwo: Bool { document.version == .two }

  private var root: String { kind.group.isEmpty ? "/api/\(kind.version)" : "/apis/\(kind.group)/\(kind.version)" }

  func add(to paths: inout Members) {
    if kind.isNamespaced, kind.verbs.contains("list") {
      paths["\(root)/\(kind.plural)"] = item([("get", list(suffix: "ForAllNamespaces"))], isNamespaced: false)
    }
    let collection = kind.isNamespaced ? "\(root)/namespaces/{namespace}/\(kind.plural)" : "\(root)/\(kind.plural)"
    paths[collection] = item(collectionOperations, isNamespaced: kind.isNamespaced)
    guard kind.verbs.contains("get") else { return }
    let object = collection + "/{name}"
    paths[object] = item(objectOperations, isNamespaced: kind.isNamespaced, isNamed: true)
    for name in kind.subresources {
      guard let subresource = Subresource(of: kind, named: name) else { continue }
      paths[object + "/" + name] = item(
        operations(of: subresource), isNamespaced: kind.isNamespaced, isNamed: true)
    }
  }

  // MARK: Operations

  private var collectionOperations: [(String, Value)] {
    var operations: [(String, Value)] = []
    if kind.verbs.contains("list") { operations.append(("get", list(suffix: ""))) }
    if kind.verbs.contains("create") {
      operations.append(("post", write("post", "create", kind, suffix: "")))
    }
    if kind.verbs.contains("deletecollection") {
      operations.append(
        (
          "delete",
          operation(
            "deletecollection", "delete", kind, suffix: "", collection: true,
            parameters.deletion + parameters.list, body: .reference("DeleteOptions"), answer: "Status")
        ))
    }
    return operations
  }

  private var objectOperations: [(String, Value)] {
    var operations: [(String, Value)] = [
      ("get", operation("get", "read", kind, suffix: "", [], body: nil, answer: nil))
    ]
    if kind.verbs.contains("update") { operations.append(("put", write("put", "replace", kind, suffix: ""))) }
    if kind.verbs.contains("delete") {
      operations.append(
        (
          "delete",
          operation(
            "delete", "delete", kind, suffix: "", parameters.deletion, body: .reference("DeleteOptions"),
            answer: "Status")
        ))
    }
    if kind.verbs.contains("patch") { operations.append(("patch", patch(kind, suffix: ""))) }
    return operations
  }

  private func operations(of subresource: Subresource) -> [(String, Value)] {
    let suffix = subresource.name.prefix(1).uppercased() + subresource.name.dropFirst()
    return subresource.verbs.map { verb in
      switch verb {
      case "get":
        let answer = subresource.isText ? "" : nil
        let query = subresource.isText ? parameters.log : []
        return ("get", operation("get", "read", subresource.kind, suffix: suffix, query, body: nil, answer: answer))
      case "put": return ("put", write("put", "replace", subresource.kind, suffix: suffix))
      case "patch": return ("patch", patch(subresource.kind, suffix: suffix))
      default: return ("post", write("post", "create", subresource.kind, suffix: suffix))
      }
    }
  }

  private func list(suffix: String) -> Value {
    operation(
      "list", "list", kind, suffix: suffix, collection: suffix.isEmpty, parameters.list, body: nil,
      answer: kind.listShape?.qualifiedName)
  }

  private func write(_ action: String, _ verb: String, _ body: Kind, suffix: String) -> Value {
    operation(action, verb, body, suffix: suffix, parameters.write, body: .kind(body), answer: nil)
  }

  private func patch(_ body: Kind, suffix: String) -> Value {
    operation("patch", "patch", body, suffix: suffix, parameters.write + [parameters.force], body: .patch, answer: nil)
  }

  private enum Body {
    case kind(Kind)
    case reference(String)
    case patch
  }

  /// One operation. `answer` is the name of the schema of what comes back: nil for the kind, empty for text.
  private func operation(
    _ action: String, _ verb: String, _ named: Kind, suffix: String, collection: Bool = false,
    _ query: [Value], body: Body?, answer: String?
  ) -> Value {
    let scope = kind.isNamespaced && suffix != "ForAllNamespaces" ? "Namespaced" : ""
    let prefix = action == "deletecollection" ? "deleteCollection" : verb
    var operation: Value = [
      "description": .string("\(verb) \(named.name)"),
      "operationId": .string(prefix + groupName + kind.version.capitalizedFirst + scope + kind.name + suffix),
      "tags": [.string(tag)],
    ]
    if isTwo {
      operation["consumes"] = .array((isPatch(body) ? Self.patchTypes : ["*/*"]).map(Value.string))
      operation["produces"] = .array(Self.types.map(Value.string))
      operation["schemes"] = ["https"]
      operation["parameters"] = .array(body.map { [bodyParameter($0)] + query } ?? query)
    } else {
      if !query.isEmpty { operation["parameters"] = .array(query) }
      operation["requestBody"] = body.map(requestBody)
    }
    operation["responses"] = responses(answer ?? named.shape?.qualifiedName ?? "", isCreation: action == "post")
    operation["x-kubernetes-action"] = .string(action)
    operation["x-kubernetes-group-version-kind"] = OpenAPI.name(
      group: named.group, version: named.version, kind: named.name)
    return operation
  }

  private func isPatch(_ body: Body?) -> Bool { if case .patch = body { true } else { false } }

  /// `Core`, `Apps`, `RbacAuthorization`
  private var groupName: String {
    if kind.group.isEmpty { return "Core" }
    return kind.group.split(separator: ".").filter { $0 != "k8s" && $0 != "io" }
      .map { String($0).capitalizedFirst }.joined()
  }

  private var tag: String {
    groupName.prefix(1).lowercased() + groupName.dropFirst() + "_" + kind.version
  }

  // MARK: Bodies

  private static let types = ["application/json", "application/yaml", "application/vnd.kubernetes.protobuf"]
  private static let patchTypes = [
    "application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json",
    "application/apply-patch+yaml",
  ]

  private func schema(_ body: Body) -> Value {
    switch body {
    case .kind(let kind): document.reference(to: kind.shape?.qualifiedName ?? "")
    case .reference(let name): document.reference(to: OpenAPI.meta(name)?.qualifiedName ?? "")
    case .patch: document.reference(to: SchemaDocument.patchName)
    }
  }

  private func isRequired(_ body: Body) -> Bool { if case .reference = body { false } else { true } }

  private func bodyParameter(_ body: Body) -> Value {
    var parameter: Value = ["in": "body", "name": "body", "schema": schema(body)]
    if isRequired(body) { parameter["required"] = true }
    return parameter
  }

  private func requestBody(_ body: Body) -> Value {
    let types = isPatch(body) ? Self.patchTypes : Self.types
    var request: Value = ["content": content(schema(body), types)]
    if isRequired(body) { request["required"] = true }
    return request
  }

  private func content(_ schema: Value, _ types: [String]) -> Value {
    .object(Members(types.map { ($0, ["schema": schema]) }))
  }

  private func responses(_ name: String, isCreation: Bool) -> Value {
    let isText = name.isEmpty
    let full = name.contains(".") ? name : OpenAPI.meta(name)?.qualifiedName ?? name
    let schema: Value = isText ? ["type": "string"] : document.reference(to: full)
    func response(_ description: String) -> Value {
      if isTwo { return ["description": .string(description), "schema": schema] }
      return [
        "description": .string(description), "content": content(schema, isText ? ["text/plain"] : Self.types),
      ]
    }
    var responses: Value = ["200": response("OK")]
    if isCreation {
      responses["201"] = response("Created")
      responses["202"] = response("Accepted")
    }
    responses["401"] = ["description": "Unauthorized"]
    return responses
  }

  // MARK: Items

  private func item(_ operations: [(String, Value)], isNamespaced: Bool, isNamed: Bool = false) -> Value {
    var item = Value.object(Members(operations))
    var path: [Value] = []
    if isNamed { path.append(parameters.path("name", "name of the \(kind.name)")) }
    if isNamespaced { path.append(parameters.path("namespace", "where the object lives")) }
    path.append(parameters.pretty)
    item["parameters"] = .array(path)
    return item
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
