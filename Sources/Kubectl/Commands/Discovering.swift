import Tree

extension Command {
  static let apiResources = Command(
    name: "api-resources", summary: "Print the supported API resources on the server",
    flags: [
      .text("output", "o", "wide or name."), .text("api-group", "Only this group's."),
      .text("sort-by", "name or kind."),
      .isSwitch("namespaced", nil, true, "Only those in namespaces, or with =false only the others."),
      .isSwitch("no-headers", "Whether to leave out the headers."), .list("verbs", "Only those that may be so used."),
      .list("categories", "Only those of these categories."), .isSwitch("cached", "Nothing is cached here."),
    ],
    run: { (invocation) throws(Failure) in
      var resources = try invocation.session.discovery().resources
      if invocation.wasSet("namespaced") {
        resources = resources.filter { $0.isNamespaced == invocation.isOn("namespaced") }
      }
      if invocation.wasSet("api-group") { resources = resources.filter { $0.group == invocation.text("api-group") } }
      for verb in invocation.list("verbs") { resources = resources.filter { $0.verbs.contains(verb) } }
      for category in invocation.list("categories") {
        resources = resources.filter { $0.categories.contains(category) }
      }
      resources.sort { left, right in
        switch invocation.text("sort-by") {
        case "name": left.name < right.name
        case "kind": left.kind < right.kind
        default: left.group == right.group ? left.name < right.name : left.group < right.group
        }
      }
      try show(resources, invocation)
    })

  private static func show(_ resources: [Resource], _ invocation: Invocation) throws(Failure) {
    let form = invocation.text("output")
    if form == "name" {
      for resource in resources { invocation.session.line(resource.groupName) }
      return
    }
    guard form.isEmpty || form == "wide" else {
      throw .error("--output \(form) is not available")
    }
    let isWide = form == "wide"
    var table = TextTable()
    if !invocation.isOn("no-headers") {
      table.add(["NAME", "SHORTNAMES", "APIVERSION", "NAMESPACED", "KIND"] + (isWide ? ["VERBS", "CATEGORIES"] : []))
    }
    for resource in resources {
      var row = [
        resource.name, resource.shortNames.joined(separator: ","), resource.apiVersion,
        resource.isNamespaced ? "true" : "false", resource.kind,
      ]
      if isWide { row += [resource.verbs.sorted().joined(separator: ","), resource.categories.joined(separator: ",")] }
      table.add(row)
    }
    invocation.session.out(table.flush())
  }

  static let apiVersions = Command(
    name: "api-versions", summary: "Print the supported API versions on the server, in the form of \"group/version\"",
    run: { (invocation) throws(Failure) in
      for version in Set(try invocation.session.discovery().groupVersions).sorted() { invocation.session.line(version) }
    })

  static let clusterInfo = Command(
    name: "cluster-info", summary: "Display cluster information",
    run: { (invocation) throws(Failure) in
      _ = try invocation.session.discovery()
      invocation.session.line("Kubernetes control plane is running at \(invocation.session.transport.serverAddress)\n")
      invocation.session.line("To further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.")
    })

  static let version = Command(
    name: "version", summary: "Print the client and server version information",
    flags: [.text("output", "o", "json or yaml."), .isSwitch("client", "Whether to show the client's only.")],
    run: { (invocation) throws(Failure) in
      let client: Value = ["major": "1", "minor": "36", "gitVersion": "v1.36.0"]
      var versions: Value = ["clientVersion": client, "kustomizeVersion": "v5.7.1"]
      if !invocation.isOn("client") { versions["serverVersion"] = try invocation.session.request("GET", "/version") }
      switch invocation.text("output") {
      case "json": invocation.session.line(JSON.encode(versions, indentation: 2))
      case "yaml": invocation.session.out(YAML.encode(versions))
      case "":
        invocation.session.line("Client Version: v1.36.0\nKustomize Version: v5.7.1")
        if let server = versions["serverVersion", "gitVersion"]?.string {
          invocation.session.line("Server Version: \(server)")
        }
      default: throw .error("--output must be 'yaml' or 'json'")
      }
    })
}
