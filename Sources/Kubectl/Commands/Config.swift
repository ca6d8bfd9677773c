import Tree

extension Command {
  /// There is no kubeconfig: the terminal always speaks to its own cluster, as its own user.
  static let config = Command(
    name: "config", summary: "Modify kubeconfig files using subcommands like \"kubectl config view\"",
    subcommands: [
      Command(
        name: "current-context", summary: "Display the current-context",
        run: { (invocation) throws(Failure) in invocation.session.line("podium") }),
      Command(
        name: "get-contexts", summary: "Describe one or many contexts",
        flags: Flag.output + [.isSwitch("no-headers", "Whether to leave out the headers.")],
        run: { (invocation) throws(Failure) in
          if invocation.text("output") == "name" { return invocation.session.line("podium") }
          var table = TextTable()
          if !invocation.isOn("no-headers") { table.add(["CURRENT", "NAME", "CLUSTER", "AUTHINFO", "NAMESPACE"]) }
          table.add(["*", "podium", "podium", "podium", invocation.session.namespace])
          invocation.session.out(table.flush())
        }),
      Command(
        name: "view", summary: "Display merged kubeconfig settings or a specified kubeconfig file",
        flags: Flag.output + [
          .isSwitch("minify", "Whether to show the current context only."),
          .isSwitch("raw", "Whether to show secrets."), .isSwitch("flatten", "Whether to include files' contents."),
        ],
        run: { (invocation) throws(Failure) in
          let value = kubeconfig(invocation.session)
          let printer = try ObjectPrinter(invocation)
          if printer.isHuman { return invocation.session.out(YAML.encode(value)) }
          let resource = Resource(
            group: "", version: "v1", name: "configs", singular: "config", kind: "Config", shortNames: [],
            categories: [],
            isNamespaced: false, verbs: [], subresources: [])
          invocation.session.out(try printer.text(Item(resource: resource, object: value)))
        }),
    ])

  private static func kubeconfig(_ session: Session) -> Value {
    [
      "apiVersion": "v1", "kind": "Config", "preferences": [:], "current-context": "podium",
      "clusters": [["cluster": ["server": .string(session.transport.serverAddress)], "name": "podium"]],
      "contexts": [
        [
          "context": ["cluster": "podium", "namespace": .string(session.namespace), "user": "podium"], "name": "podium",
        ]
      ],
      "users": [["name": "podium", "user": [:]]],
    ]
  }
}
