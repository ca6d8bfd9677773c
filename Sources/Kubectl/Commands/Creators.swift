import Tree

/// `kubectl create deployment`, `create namespace` and the other generators.
enum Creators {
  static let all: [Command] = [
    clusterRole, clusterRoleBinding, configMap, cronJob, deployment, job, namespace, quota, role, roleBinding, secret,
    service, serviceAccount,
  ]

  static func command(
    _ name: String, aliases: [String] = [], _ kind: String, usage: String = "NAME", flags: [Flag] = [],
    required: [String] = [], make: @escaping @Sendable (Invocation, String) throws(Failure) -> Value
  ) -> Command {
    Command(
      name: name, aliases: aliases, summary: "Create a \(kind) with the specified name", usage: usage,
      flags: Creation.flags + flags, required: required,
      run: { (invocation) throws(Failure) in
        guard let objectName = invocation.argumentsBeforeDash.first else {
          throw .usage("exactly one NAME is required, got 0", invocation)
        }
        if invocation.argumentsBeforeDash.count > 1 {
          throw .usage("exactly one NAME is required, got \(invocation.argumentsBeforeDash.count)", invocation)
        }
        try Creation(invocation).create(try make(invocation, objectName))
      })
  }

  static func object(_ apiVersion: String, _ kind: String, _ name: String, _ rest: [(String, Value)] = []) -> Value {
    var value: Value = ["apiVersion": .string(apiVersion), "kind": .string(kind), "metadata": ["name": .string(name)]]
    for (key, member) in rest { value[key] = member }
    return value
  }

  private static let namespace = command("namespace", aliases: ["ns"], "namespace") { _, name in
    object("v1", "Namespace", name, [("spec", [:]), ("status", [:])])
  }

  private static let serviceAccount = command("serviceaccount", aliases: ["sa"], "service account") { _, name in
    object("v1", "ServiceAccount", name)
  }

  private static let deployment = command(
    "deployment", aliases: ["deploy", "dep"], "deployment", usage: "NAME --image=image -- [COMMAND] [args...]",
    flags: [
      .list("image", "The image; may be repeated."), .integer("replicas", "r", 1, "How many pods."),
      .integer("port", -1, "The port that the container opens."),
    ], required: ["image"]
  ) { (invocation, name) throws(Failure) in
    let images = invocation.list("image")
    if images.count > 1, !invocation.argumentsBehindDash.isEmpty {
      throw .error("cannot specify multiple --image options and command")
    }
    var containers: [Value] = []
    for image in images {
      var container: Value = [
        "image": .string(image), "name": .string(containerName(image, images.count)), "resources": [:],
      ]
      if invocation.integer("port") > 0 {
        container["ports"] = [["containerPort": .integer(Int64(invocation.integer("port")))]]
      }
      if !invocation.argumentsBehindDash.isEmpty {
        container["command"] = .array(invocation.argumentsBehindDash.map { .string($0) })
      }
      containers.append(container)
    }
    let labels: Value = ["app": .string(name)]
    var value = object("apps/v1", "Deployment", name)
    value["metadata", "labels"] = labels
    value["spec"] = [
      "replicas": .integer(Int64(invocation.integer("replicas"))), "selector": ["matchLabels": labels], "strategy": [:],
      "template": ["metadata": ["labels": labels], "spec": ["containers": .array(containers)]],
    ]
    value["status"] = [:]
    return value
  }

  /// The image's last part, without tag and digest, as a DNS label.
  static func containerName(_ image: String, _ count: Int) -> String {
    let last = image.split(separator: "/").last.map(String.init) ?? image
    let base = last.split(separator: "@").first?.split(separator: ":").first.map(String.init) ?? last
    return String(base.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "-" })
  }

  private static let job = command(
    "job", "job", usage: "NAME --image=image [--from=cronjob/name] -- [COMMAND] [args...]",
    flags: [.text("image", "The image."), .text("from", "The cron job to take the template of.")]
  ) { (invocation, name) throws(Failure) in
    if !invocation.text("from").isEmpty { throw .error("--from is not supported in this terminal") }
    if invocation.text("image").isEmpty { throw .error("either --image or --from must be specified") }
    return object(
      "batch/v1", "Job", name,
      [("spec", ["template": try jobTemplate(invocation, name, restart: "Never")]), ("status", [:])])
  }

  private static func jobTemplate(
    _ invocation: Invocation, _ name: String, restart: String
  ) throws(Failure) -> Value {
    var container: Value = ["image": .string(invocation.text("image")), "name": .string(name), "resources": [:]]
    if !invocation.argumentsBehindDash.isEmpty {
      container["command"] = .array(invocation.argumentsBehindDash.map { .string($0) })
    }
    return ["metadata": [:], "spec": ["containers": [container], "restartPolicy": .string(restart)]]
  }

  private static let cronJob = command(
    "cronjob", aliases: ["cj"], "cron job", usage: "NAME --image=image --schedule='0/5 * * * ?' -- [COMMAND] [args...]",
    flags: [
      .text("image", "The image."), .text("schedule", "When to run, as cron writes it."),
      .text("restart", nil, "OnFailure", "The pods' restart policy."),
    ], required: ["image", "schedule"]
  ) { (invocation, name) throws(Failure) in
    let template = try jobTemplate(invocation, name, restart: invocation.text("restart"))
    let spec: Value = [
      "jobTemplate": ["metadata": ["name": .string(name)], "spec": ["template": template]],
      "schedule": .string(invocation.text("schedule")),
    ]
    return object("batch/v1", "CronJob", name, [("spec", spec), ("status", [:])])
  }

  private static let quota = command(
    "quota", aliases: ["resourcequota"], "quota", flags: [.text("hard", "Limits: cpu=1,pods=2.")]
  ) { invocation, name in
    var hard = Members()
    for pair in invocation.text("hard").split(separator: ",") {
      let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
      if parts.count == 2 { hard[parts[0]] = .string(parts[1]) }
    }
    return object("v1", "ResourceQuota", name, [("spec", ["hard": .object(hard)]), ("status", [:])])
  }
}

extension Invocation {
  var argumentsBeforeDash: [String] { dashAt.map { Array(arguments[..<$0]) } ?? arguments }
  var argumentsBehindDash: [String] { dashAt.map { Array(arguments[$0...]) } ?? [] }
}
