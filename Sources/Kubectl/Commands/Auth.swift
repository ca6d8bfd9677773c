import Tree

extension Command {
  static let auth = Command(
    name: "auth", summary: "Inspect authorization",
    subcommands: [
      Command(
        name: "can-i", summary: "Check whether an action is allowed", usage: "VERB [TYPE | TYPE/NAME | NONRESOURCEURL]",
        examples: [
          "kubectl auth can-i create pods", "kubectl auth can-i delete pods --as learner", "kubectl auth can-i --list",
        ],
        flags: Flag.allNamespaces + [
          .isSwitch("list", "Whether to show all that is allowed."),
          .isSwitch("quiet", "q", "Whether only the exit status answers."),
          .isSwitch("no-headers", "Whether to leave out the headers."),
          .text("subresource", "The subresource, such as log."),
        ],
        run: { (invocation) throws(Failure) in try CanI(invocation).run() }),
      Command(
        name: "whoami", summary: "Experimental: Check self subject attributes", flags: Flag.output,
        run: { (invocation) throws(Failure) in try whoAmI(invocation) }),
    ])

  private static func whoAmI(_ invocation: Invocation) throws(Failure) {
    let review: Value = ["apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"]
    let answer = try invocation.session.request(
      "POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", body: review)
    let user = answer["status", "userInfo"]
    var table = TextTable()
    table.add(["ATTRIBUTE", "VALUE"])
    table.add(["Username", user?["username"]?.string ?? ""])
    if let uid = user?["uid"]?.string { table.add(["UID", uid]) }
    let groups = (user?["groups"]?.array ?? []).compactMap(\.string)
    if !groups.isEmpty { table.add(["Groups", "[\(groups.joined(separator: " "))]"]) }
    for extra in (user?["extra"]?.object ?? Members()).sorted(by: { $0.key < $1.key }) {
      table.add(["Extra: \(extra.key)", "[\((extra.value.array ?? []).compactMap(\.string).joined(separator: " "))]"])
    }
    invocation.session.out(table.flush())
  }
}

private struct CanI {
  private let invocation: Invocation
  private let session: Session

  init(_ invocation: Invocation) {
    self.invocation = invocation
    session = invocation.session
  }

  func run() throws(Failure) {
    if invocation.isOn("list") { return try list() }
    guard invocation.arguments.count == 2 else {
      throw .error(
        "you must specify two arguments: verb resource or verb resource/resourceName.\n"
          + "See 'kubectl auth can-i -h' for help and examples.")
    }
    let answer = try review(invocation.arguments[0], invocation.arguments[1])
    let status = answer["status"]
    let isAllowed = status?["allowed"] == true
    if !invocation.isOn("quiet") {
      var line = isAllowed ? "yes" : "no"
      for field in ["reason", "evaluationError"] where !isAllowed {
        if let text = status?[field]?.string, !text.isEmpty { line += " - " + text }
      }
      session.line(line)
    }
    if !isAllowed { throw .silent }
  }

  private func review(_ verb: String, _ word: String) throws(Failure) -> Value {
    var spec: Value
    if word.hasPrefix("/") {
      spec = ["nonResourceAttributes": ["verb": .string(verb), "path": .string(word)]]
    } else {
      spec = ["resourceAttributes": try attributes(verb, word)]
    }
    return try session.request(
      "POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
      body: ["kind": "SelfSubjectAccessReview", "apiVersion": "authorization.k8s.io/v1", "spec": spec])
  }

  private func attributes(_ verb: String, _ word: String) throws(Failure) -> Value {
    let parts = word.split(separator: "/", maxSplits: 1).map(String.init)
    var attributes: Value = ["verb": .string(verb)]
    var isNamespaced = true
    if parts[0] == "*" {
      attributes["resource"] = "*"
    } else if let resource = try? session.discovery().resource(parts[0]) {
      attributes["group"] = .string(resource.group)
      attributes["resource"] = .string(resource.name)
      isNamespaced = resource.isNamespaced
      if !resource.verbs.contains(verb), verb != "*",
        resource.subresources.isEmpty || invocation.text("subresource").isEmpty
      {
        let known = ["use", "bind", "escalate", "impersonate", "approve", "sign"]
        if !known.contains(verb) { session.warn("Warning: verb '\(verb)' is not a known verb") }
      }
      if !isNamespaced {
        let place = resource.group.isEmpty ? "" : " in group '\(resource.group)'"
        session.warn("Warning: resource '\(resource.name)' is not namespace scoped\(place)\n")
      }
    } else {
      session.warn("Warning: the server doesn't have a resource type '\(parts[0])'\n")
      let pieces = parts[0].split(separator: ".", maxSplits: 1).map(String.init)
      attributes["resource"] = .string(pieces[0])
      if pieces.count > 1 { attributes["group"] = .string(pieces[1]) }
    }
    if parts.count > 1 { attributes["name"] = .string(parts[1]) }
    if !invocation.text("subresource").isEmpty { attributes["subresource"] = .string(invocation.text("subresource")) }
    if isNamespaced, !invocation.isOn("all-namespaces") { attributes["namespace"] = .string(session.namespace) }
    return attributes
  }

  private func list() throws(Failure) {
    let answer = try session.request(
      "POST", "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
      body: [
        "kind": "SelfSubjectRulesReview", "apiVersion": "authorization.k8s.io/v1",
        "spec": ["namespace": .string(session.namespace)],
      ])
    let status = answer["status"]
    if status?["incomplete"] == true {
      session.warn("warning: the list may be incomplete: \(status?["evaluationError"]?.string ?? "")")
    }
    let rules = (status?["resourceRules"]?.array ?? []) + (status?["nonResourceRules"]?.array ?? [])
    var table = TextTable()
    if !invocation.isOn("no-headers") { table.add(["Resources", "Non-Resource URLs", "Resource Names", "Verbs"]) }
    for line in Rules.lines(.array(rules)) { table.add(line) }
    session.out(table.flush())
  }
}
