import Tree

extension Command {
  /// Podium's own command; kubectl has none like it.
  static let why = Command(
    name: "why", summary: "Explain why an object is as it is, or why something is forbidden",
    usage: "(TYPE NAME | TYPE/NAME | can-i VERB RESOURCE [NAME])",
    examples: ["podium why pod web", "podium why deployment/web", "podium why can-i delete nodes --as learner"],
    flags: [.text("language", "en or ko."), .text("subresource", "With can-i: the part that is asked about.")],
    run: { (invocation) throws(Failure) in try Why(invocation).run() })
}

/// Asks for an Explanation and writes it out.
private struct Why {
  private static let path = "/apis/podium.dev/v1/explanations"

  private let invocation: Invocation
  private let session: Session

  init(_ invocation: Invocation) {
    self.invocation = invocation
    session = invocation.session
  }

  func run() throws(Failure) {
    let isRight = invocation.arguments.first == "can-i"
    session.actAsOneself()
    var spec = isRight ? ["access": try access()] : ["object": try object()] as Value
    spec["language"] = .string(invocation.wasSet("language") ? invocation.text("language") : session.language)
    let question: Value = ["kind": "Explanation", "apiVersion": "podium.dev/v1", "spec": spec]
    show(try session.request("POST", Self.path, body: question)["status"] ?? [:])
  }

  private func object() throws(Failure) -> Value {
    var words = invocation.arguments
    if words.count == 1 { words = words[0].split(separator: "/", maxSplits: 1).map(String.init) }
    guard words.count == 2 else {
      throw .error("name one object: \(invocation.path) TYPE NAME, as in \(invocation.path) pod web")
    }
    let resource = try session.discovery().resource(words[0])
    return [
      "apiVersion": .string(resource.apiVersion), "kind": .string(resource.kind),
      "namespace": .string(session.namespace), "name": .string(words[1]),
    ]
  }

  private func access() throws(Failure) -> Value {
    let words = Array(invocation.arguments.dropFirst())
    guard words.count == 2 || words.count == 3 else {
      throw .error("say what is to be done on what: \(invocation.path) can-i VERB RESOURCE [NAME]")
    }
    var access: Value = ["verb": .string(words[0])]
    if invocation.wasSet("as") { access["user"] = .string(invocation.text("as")) }
    let groups = invocation.list("as-group")
    if !groups.isEmpty { access["groups"] = .array(groups.map(Value.string)) }
    if words[1].hasPrefix("/") {
      access["path"] = .string(words[1])
      return access
    }
    let resource = try session.discovery().resource(words[1])
    access["group"] = .string(resource.group)
    access["resource"] = .string(resource.name)
    access["subresource"] = .string(invocation.text("subresource"))
    if resource.isNamespaced { access["namespace"] = .string(session.namespace) }
    if words.count == 3 { access["name"] = .string(words[2]) }
    return access
  }

  private func show(_ status: Value) {
    session.line(status["summary"]?.string ?? "")
    let findings = status["findings"]?.array ?? []
    if findings.count > 1 {
      session.line("")
      for finding in findings {
        let object = finding["object"]?.string.map { $0 + ": " } ?? ""
        session.line("- \(object)\(finding["text"]?.string ?? "")")
      }
    }
    show(causes: status["causes"]?.array ?? [])
    show(nodes: status["nodes"]?.array ?? [])
    if let rule = status["rule"] { session.out("\n" + YAML.encode(["rules": [rule]])) }
  }

  private func show(causes: [Value]) {
    if causes.isEmpty { return }
    var table = TextTable()
    table.add(["REVISION", "TIME", "WHAT HAPPENED"])
    for cause in causes {
      let revision = cause["revision"]?.integer.map(String.init) ?? ""
      table.add([revision, cause["time"]?.string ?? "", cause["text"]?.string ?? ""])
    }
    session.out("\n" + table.flush())
  }

  private func show(nodes: [Value]) {
    if nodes.isEmpty { return }
    var table = TextTable()
    table.add(["NODE", "SCORE", "REFUSED BY", "REASON"])
    for node in nodes {
      let reasons = (node["reasons"]?.array ?? []).compactMap(\.string).joined(separator: ", ")
      table.add([
        node["name"]?.string ?? "", node["total"]?.integer.map(String.init) ?? "-", node["plugin"]?.string ?? "-",
        reasons.isEmpty ? "-" : reasons,
      ])
    }
    session.out("\n" + table.flush())
  }
}
