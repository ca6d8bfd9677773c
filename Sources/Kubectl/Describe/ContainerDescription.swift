import Tree

extension PodDescription {
  static func containers(
    _ title: String, _ containers: Value?, _ statuses: Value?, _ podStatus: Value?, level: Int = 0,
    into text: inout Description
  ) {
    guard let containers = containers?.array, !containers.isEmpty else {
      if title == "Containers" { text.line("Containers: <none>", level: level) }
      return
    }
    text.line("\(title):", level: level)
    for container in containers {
      let status = statuses?.array?.first { $0["name"] == container["name"] }
      text.line((level > 0 ? " " : "") + "\(container["name"]?.string ?? ""):", level: 1)
      basics(container, status, 2, into: &text)
      if let status { state(status, 2, into: &text) }
      resources(container, 2, into: &text)
      for (label, probe) in [
        ("Liveness", "livenessProbe"), ("Readiness", "readinessProbe"), ("Startup", "startupProbe"),
      ] {
        if let probe = container[probe] { text.field(label, self.probe(probe), level: 2) }
      }
      environment(container, podStatus, 2, into: &text)
      mounts(container, 2, into: &text)
    }
  }

  private static func basics(_ container: Value, _ status: Value?, _ level: Int, into text: inout Description) {
    if let status {
      text.field("Container ID", status["containerID"]?.string ?? "", level: level)
      text.field("Image", container["image"]?.string ?? "", level: level)
      text.field("Image ID", status["imageID"]?.string ?? "", level: level)
    } else {
      text.field("Image", container["image"]?.string ?? "", level: level)
    }
    let ports = container["ports"]?.array ?? []
    let label = ports.count > 1 ? "Ports" : "Port"
    let shown = ports.map { "\($0["containerPort"]?.integer ?? 0)/\($0["protocol"]?.string ?? "TCP")" }
    let host = ports.map { "\($0["hostPort"]?.integer ?? 0)/\($0["protocol"]?.string ?? "TCP")" }
    text.field(label, shown.isEmpty ? "<none>" : shown.joined(separator: ", "), level: level)
    text.field("Host \(label)", host.isEmpty ? "<none>" : host.joined(separator: ", "), level: level)
    for (label, list) in [("Command", "command"), ("Args", "args")] {
      guard let words = container[list]?.array, !words.isEmpty else { continue }
      text.line("\(label):", level: level)
      for word in words {
        for line in (word.string ?? "").split(separator: "\n", omittingEmptySubsequences: false) {
          text.line(String(line), level: level + 1)
        }
      }
    }
  }

  private static func state(_ status: Value, _ level: Int, into text: inout Description) {
    state("State", status["state"], level, into: &text)
    if status["lastState"]?.object?.isEmpty == false {
      state("Last State", status["lastState"], level, into: &text)
    }
    text.field("Ready", status["ready"] == true ? "True" : "False", level: level)
    text.field("Restart Count", String(status["restartCount"]?.integer ?? 0), level: level)
  }

  private static func state(_ label: String, _ state: Value?, _ level: Int, into text: inout Description) {
    func optional(_ label: String, _ value: Value?) {
      if let value = value?.string, !value.isEmpty { text.field(label, value, level: level + 1) }
    }
    if let running = state?["running"] {
      text.field(label, "Running", level: level)
      text.field("Started", Dates.long(running["startedAt"]?.string), level: level + 1)
    } else if let terminated = state?["terminated"] {
      text.field(label, "Terminated", level: level)
      optional("Reason", terminated["reason"])
      optional("Message", terminated["message"])
      text.field("Exit Code", String(terminated["exitCode"]?.integer ?? 0), level: level + 1)
      if let signal = terminated["signal"]?.integer, signal > 0 {
        text.field("Signal", String(signal), level: level + 1)
      }
      text.field("Started", Dates.long(terminated["startedAt"]?.string), level: level + 1)
      text.field("Finished", Dates.long(terminated["finishedAt"]?.string), level: level + 1)
    } else {
      text.field(label, "Waiting", level: level)
      optional("Reason", state?["waiting", "reason"])
    }
  }

  private static func resources(_ container: Value, _ level: Int, into text: inout Description) {
    for (label, list) in [("Limits", "limits"), ("Requests", "requests")] {
      guard let amounts = container["resources", list]?.object, !amounts.isEmpty else { continue }
      text.line("\(label):", level: level)
      for amount in amounts.sorted(by: { $0.key < $1.key }) {
        text.field(amount.key, JSONPath.text(amount.value), level: level + 1)
      }
    }
  }

  private static func probe(_ probe: Value) -> String {
    let seconds = { (field: String) in probe[field]?.integer ?? 0 }
    let timing =
      "delay=\(seconds("initialDelaySeconds"))s timeout=\(seconds("timeoutSeconds"))s period=\(seconds("periodSeconds"))s "
      + "#success=\(seconds("successThreshold")) #failure=\(seconds("failureThreshold"))"
    if let exec = probe["exec"] {
      let words = (exec["command"]?.array ?? []).compactMap(\.string)
      return "exec [\(words.joined(separator: " "))] \(timing)"
    }
    if let get = probe["httpGet"] {
      let scheme = (get["scheme"]?.string ?? "HTTP").lowercased()
      let path = get["path"]?.string ?? ""
      let port = get["port"].map(JSONPath.text) ?? ""
      return "http-get \(scheme)://\(get["host"]?.string ?? ""):\(port)\(path) \(timing)"
    }
    if let socket = probe["tcpSocket"] {
      return "tcp-socket \(socket["host"]?.string ?? ""):\(socket["port"].map(JSONPath.text) ?? "") \(timing)"
    }
    if let call = probe["grpc"] {
      return "grpc <pod>:\(call["port"].map(JSONPath.text) ?? "") \(call["service"]?.string ?? "") \(timing)"
    }
    return "unknown \(timing)"
  }

  private static func environment(
    _ container: Value, _ podStatus: Value?, _ level: Int, into text: inout Description
  ) {
    if let sources = container["envFrom"]?.array, !sources.isEmpty {
      text.line("Environment Variables from:", level: level)
      for source in sources {
        let kind = source["configMapRef"] == nil ? "Secret" : "ConfigMap"
        let reference = source["configMapRef"] ?? source["secretRef"]
        let optional = reference?["optional"] == true ? "true" : "false"
        text.line("\(reference?["name"]?.string ?? "")\t\(kind)\tOptional: \(optional)", level: level + 1)
      }
    }
    let variables = container["env"]?.array ?? []
    if variables.isEmpty { return text.line("Environment:\t<none>", level: level) }
    text.line("Environment:", level: level)
    for variable in variables {
      text.field(variable["name"]?.string ?? "", value(variable), level: level + 1)
    }
  }

  private static func value(_ variable: Value) -> String {
    if let source = variable["valueFrom"] {
      if let field = source["fieldRef"] {
        return " (\(field["apiVersion"]?.string ?? "v1"):\(field["fieldPath"]?.string ?? ""))"
      }
      if let resource = source["resourceFieldRef"] {
        return "\(resource["resource"]?.string ?? "")"
      }
      for (reference, kind) in [("secretKeyRef", "secret"), ("configMapKeyRef", "config map")] {
        guard let reference = source[reference] else { continue }
        let optional = reference["optional"] == true ? "true" : "false"
        return "<set to the key '\(reference["key"]?.string ?? "")' of \(kind) '\(reference["name"]?.string ?? "")'>"
          + "\tOptional: \(optional)"
      }
    }
    return variable["value"]?.string ?? ""
  }

  private static func mounts(_ container: Value, _ level: Int, into text: inout Description) {
    let mounts = container["volumeMounts"]?.array ?? []
    if mounts.isEmpty { return text.line("Mounts:\t<none>", level: level) }
    text.line("Mounts:", level: level)
    for mount in mounts.sorted(by: { ($0["mountPath"]?.string ?? "") < ($1["mountPath"]?.string ?? "") }) {
      var options = [mount["readOnly"] == true ? "ro" : "rw"]
      if let path = mount["subPath"]?.string { options.append("path=\(quoted(path))") }
      let line =
        "\(mount["mountPath"]?.string ?? "") from \(mount["name"]?.string ?? "") (\(options.joined(separator: ",")))"
      text.line(line, level: level + 1)
    }
  }

  static func volumes(_ volumes: Value?, level: Int = 0, into text: inout Description) {
    let volumes = volumes?.array ?? []
    if volumes.isEmpty { return text.line("Volumes:\t<none>", level: level) }
    text.line("Volumes:", level: level)
    for volume in volumes {
      text.line((level > 0 ? " " : "") + "\(volume["name"]?.string ?? ""):", level: 1)
      self.volume(volume, 2, into: &text)
    }
  }

  private static func volume(_ volume: Value, _ level: Int, into text: inout Description) {
    let source = (volume.object ?? Members()).first { $0.key != "name" }
    let details = source?.value ?? [:]
    let optional = details["optional"] == true ? "true" : "false"
    switch source?.key {
    case "emptyDir":
      text.field("Type", "EmptyDir (a temporary directory that shares a pod's lifetime)", level: level)
      text.field("Medium", details["medium"]?.string ?? "", level: level)
      text.field("SizeLimit", details["sizeLimit"].map(JSONPath.text) ?? "<unset>", level: level)
    case "configMap":
      text.field("Type", "ConfigMap (a volume populated by a ConfigMap)", level: level)
      text.field("Name", details["name"]?.string ?? "", level: level)
      text.field("Optional", optional, level: level)
    case "secret":
      text.field("Type", "Secret (a volume populated by a Secret)", level: level)
      text.field("SecretName", details["secretName"]?.string ?? "", level: level)
      text.field("Optional", optional, level: level)
    case "persistentVolumeClaim":
      text.field(
        "Type", "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)", level: level)
      text.field("ClaimName", details["claimName"]?.string ?? "", level: level)
      text.field("ReadOnly", details["readOnly"] == true ? "true" : "false", level: level)
    case "hostPath":
      text.field("Type", "HostPath (bare host directory volume)", level: level)
      text.field("Path", details["path"]?.string ?? "", level: level)
      text.field("HostPathType", details["type"]?.string ?? "", level: level)
    case "projected": projected(details, level, into: &text)
    default: text.field("Type", source?.key ?? "<unknown>", level: level)
    }
  }

  private static func projected(_ details: Value, _ level: Int, into text: inout Description) {
    text.field("Type", "Projected (a volume that contains injected data from multiple sources)", level: level)
    for source in details["sources"]?.array ?? [] {
      if let token = source["serviceAccountToken"] {
        text.field("TokenExpirationSeconds", String(token["expirationSeconds"]?.integer ?? 3600), level: level)
      } else if let map = source["configMap"] {
        text.field("ConfigMapName", map["name"]?.string ?? "", level: level)
        text.field("Optional", map["optional"] == true ? "true" : "false", level: level)
      } else if let secret = source["secret"] {
        text.field("SecretName", secret["name"]?.string ?? "", level: level)
        text.field("Optional", secret["optional"] == true ? "true" : "false", level: level)
      } else if source["downwardAPI"] != nil {
        text.field("DownwardAPI", "true", level: level)
      }
    }
  }
}
