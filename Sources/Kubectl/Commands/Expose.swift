import Tree

extension Command {
  static let expose = Command(
    name: "expose",
    summary: "Take a replication controller, service, deployment or pod and expose it as a new Kubernetes service",
    usage:
      "(-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP] [--target-port=number-or-name] [--name=name] [--type=type]",
    examples: ["kubectl expose deployment web --port=80 --target-port=8080"],
    flags: Flag.output + Flag.files + Flag.selector + Flag.dryRun + Flag.fieldManager("kubectl-expose") + [
      .text("port", "The service's port."), .text("target-port", "The pods' port."),
      .text("protocol", "TCP, UDP or SCTP."),
      .text("name", "The service's name."), .text("type", "ClusterIP, NodePort, LoadBalancer or ExternalName."),
      .text("cluster-ip", "The service's address; None for a headless service."), .text("labels", "Labels: key=value."),
      .text("session-affinity", "None or ClientIP."), .text("external-ip", "An address of its own."),
      .isSwitch("save-config", "Whether to note the configuration for a later kubectl apply."),
      .text("overrides", "JSON to merge into the service."),
    ],
    run: { (invocation) throws(Failure) in
      for item in try invocation.items() {
        let creation = try Creation(invocation)
        var service = Item(
          resource: try invocation.session.discovery().resource("services"), object: try service(invocation, item))
        if try invocation.dryRun() != .client {
          service.object["metadata", "namespace"] = .string(invocation.session.namespace)
        }
        try creation.create(service, verb: "exposed")
      }
    })

  private static func service(_ invocation: Invocation, _ item: Item) throws(Failure) -> Value {
    let name = invocation.wasSet("name") ? invocation.text("name") : item.name
    var service = Creators.object("v1", "Service", name)
    let labels = item.object["metadata", "labels"]
    if labels?.object?.isEmpty == false { service["metadata", "labels"] = labels }
    var spec: Value = ["ports": .array(try ports(invocation, item)), "selector": try selector(invocation, item)]
    if invocation.wasSet("type") { spec["type"] = .string(invocation.text("type")) }
    if invocation.wasSet("cluster-ip") { spec["clusterIP"] = .string(invocation.text("cluster-ip")) }
    if invocation.wasSet("session-affinity") { spec["sessionAffinity"] = .string(invocation.text("session-affinity")) }
    if invocation.wasSet("external-ip") { spec["externalIPs"] = [.string(invocation.text("external-ip"))] }
    service["spec"] = spec
    service["status"] = ["loadBalancer": [:]]
    return service
  }

  private static func selector(_ invocation: Invocation, _ item: Item) throws(Failure) -> Value {
    if invocation.wasSet("selector") {
      var selector = Members()
      for pair in invocation.text("selector").split(separator: ",") {
        let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
        if parts.count == 2 { selector[parts[0]] = .string(parts[1]) }
      }
      return .object(selector)
    }
    switch item.resource.kind {
    case "Pod":
      guard let labels = item.object["metadata", "labels"], labels.object?.isEmpty == false else {
        throw .error(
          "couldn't retrieve selectors via --selector flag or introspection: the pod has no labels and cannot be exposed"
        )
      }
      return labels
    case "Service":
      guard let selector = item.object["spec", "selector"] else {
        throw .error(
          "couldn't retrieve selectors via --selector flag or introspection: the service has no pod selector set")
      }
      return selector
    case "Deployment", "ReplicaSet":
      if item.object["spec", "selector", "matchExpressions"]?.array?.isEmpty == false {
        throw .error(
          "couldn't retrieve selectors via --selector flag or introspection: couldn't convert expressions to map-based selector format"
        )
      }
      return item.object["spec", "selector", "matchLabels"] ?? [:]
    default: throw .error("cannot expose a \(item.resource.kind)")
    }
  }

  private static func ports(_ invocation: Invocation, _ item: Item) throws(Failure) -> [Value] {
    var numbers: [Int64] = []
    if invocation.wasSet("port") {
      for text in invocation.text("port").split(separator: ",") {
        guard let number = Int64(text) else {
          throw .error("strconv.Atoi: parsing \(quoted(String(text))): invalid syntax")
        }
        numbers.append(number)
      }
    } else {
      let spec = item.resource.kind == "Pod" ? item.object["spec"] : item.object["spec", "template", "spec"]
      let containers = spec?["containers"]?.array ?? []
      numbers = containers.flatMap { ($0["ports"]?.array ?? []).compactMap { $0["containerPort"]?.integer } }
      if item.resource.kind == "Service" {
        numbers = (item.object["spec", "ports"]?.array ?? []).compactMap { $0["port"]?.integer }
      }
    }
    if numbers.isEmpty { throw .error("couldn't find port via --port flag or introspection") }
    return numbers.enumerated().map { index, number in
      var port: Value = [
        "port": .integer(number),
        "protocol": .string(invocation.wasSet("protocol") ? invocation.text("protocol") : "TCP"),
      ]
      if numbers.count > 1 { port["name"] = .string("port-\(index + 1)") }
      let target = invocation.text("target-port")
      port["targetPort"] = target.isEmpty ? .integer(number) : Int64(target).map { .integer($0) } ?? .string(target)
      return port
    }
  }
}
