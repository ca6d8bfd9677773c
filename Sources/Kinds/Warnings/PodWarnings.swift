import Tree

/// What is allowed in a pod and seldom meant, or on its way out (k8s.io/kubernetes, pkg/api/pod).
struct PodWarnings {
  /// A pod, or a template of one.
  let pod: Value
  /// The template's path and a point; empty of a pod.
  let prefix: String

  private static let required = "requiredDuringSchedulingIgnoredDuringExecution"
  private static let preferred = "preferredDuringSchedulingIgnoredDuringExecution"

  private var spec: Value { pod["spec"] ?? [:] }
  private var path: String { prefix + "spec" }
  private var annotations: Value { pod["metadata", "annotations"] ?? [:] }

  /// A pod's, or a template's containers, those first that run first.
  private var containers: [(path: String, value: Value)] {
    ["initContainers", "containers", "ephemeralContainers"].flatMap { spec.elements($0, in: path) }
  }

  var warnings: [String] {
    placementWarnings + annotationWarnings + volumeWarnings + repetitionWarnings + overheadWarnings + profileWarnings
      + containers.flatMap(containerWarnings) + portWarnings + graceWarnings + affinityWarnings
  }

  // MARK: Where it runs

  private var placementWarnings: [String] {
    var warnings = NodeLabelWarnings.warnings(ofSelector: spec["nodeSelector"], at: path + ".nodeSelector")
    let affinity = spec["affinity", "nodeAffinity"] ?? [:]
    let place = path + ".affinity.nodeAffinity."
    for (path, term) in (affinity[Self.required] ?? [:]).elements("nodeSelectorTerms", in: place + Self.required) {
      warnings += NodeLabelWarnings.warnings(ofTerm: term, at: path)
    }
    for (path, preference) in affinity.elements(Self.preferred, in: String(place.dropLast())) {
      warnings += NodeLabelWarnings.warnings(ofTerm: preference["preference"] ?? [:], at: path + ".preference")
    }
    for (path, constraint) in spec.elements("topologySpreadConstraints", in: path) {
      let key = constraint.text("topologyKey")
      if let message = NodeLabelWarnings.message(key) { warnings.append("\(path).topologyKey: \(key) is \(message)") }
      if constraint["labelSelector"] == nil { warnings.append(Self.selectsNothing(path)) }
    }
    return warnings
  }

  private var affinityWarnings: [String] {
    ["podAffinity", "podAntiAffinity"].flatMap { field -> [String] in
      let (affinity, place) = (spec["affinity", field] ?? [:], path + ".affinity." + field)
      let terms = affinity.elements(Self.required, in: place)
      let weighted = affinity.elements(Self.preferred, in: place)
        .map { (path: $0.path + ".podAffinityTerm", value: $0.value["podAffinityTerm"] ?? [:]) }
      return (terms + weighted).filter { $0.value["labelSelector"] == nil }.map { Self.selectsNothing($0.path) }
    }
  }

  private static func selectsNothing(_ path: String) -> String {
    path + ".labelSelector: a null labelSelector results in matching no pod"
  }

  // MARK: What is on its way out

  private static let oldAnnotations: KeyValuePairs = [
    "scheduler.alpha.kubernetes.io/critical-pod":
      #"non-functional in v1.16+; use the "priorityClassName" field instead"#,
    "security.alpha.kubernetes.io/sysctls": #"non-functional in v1.11+; use the "sysctls" field instead"#,
    "security.alpha.kubernetes.io/unsafe-sysctls": #"non-functional in v1.11+; use the "sysctls" field instead"#,
  ]
  private static let oldVolumes: KeyValuePairs = [
    "photonPersistentDisk": "deprecated in v1.11, non-functional in v1.16+",
    "gitRepo": "deprecated in v1.11, and disabled by default in v1.33+",
    "scaleIO": "deprecated in v1.16, non-functional in v1.22+",
    "flocker": "deprecated in v1.22, non-functional in v1.25+",
    "storageos": "deprecated in v1.22, non-functional in v1.25+",
    "quobyte": "deprecated in v1.22, non-functional in v1.25+",
    "glusterfs": "deprecated in v1.25, non-functional in v1.26+",
    "cephfs": "deprecated in v1.28, non-functional in v1.31+", "rbd": "deprecated in v1.28, non-functional in v1.31+",
  ]
  private static let seccomp = #"non-functional in v1.27+; use the "seccompProfile" field instead"#

  private func annotation(_ key: String, _ message: String) -> [String] {
    annotations[key] == nil ? [] : ["\(prefix)metadata.annotations[\(key)]: \(message)"]
  }

  private var annotationWarnings: [String] { Self.oldAnnotations.flatMap { annotation($0.key, $0.value) } }

  private var volumeWarnings: [String] {
    spec.elements("volumes", in: path).flatMap { path, volume -> [String] in
      var warnings = Self.oldVolumes.filter { volume[$0.key] != nil }
        .map { "\(path).\($0.key == "storageos" ? "storageOS" : $0.key): \($0.value)" }
      if let claim = volume["ephemeral", "volumeClaimTemplate"] {
        let place = path + ".ephemeral.volumeClaimTemplate.spec"
        warnings += ClaimWarnings.warnings(claim["spec"] ?? [:], at: place)
      }
      return warnings
    }
  }

  private var profileWarnings: [String] {
    spec["securityContext", "seccompProfile"] == nil
      ? annotation("seccomp.security.alpha.kubernetes.io/pod", Self.seccomp) : []
  }

  // MARK: What is there twice, or in parts

  private var repetitionWarnings: [String] {
    var warnings = repeated("hostAliases", "ip") + repeated("imagePullSecrets", "name")
    for (path, secret) in spec.elements("imagePullSecrets", in: path) where secret.text("name").isEmpty {
      warnings.append("\(path).name: invalid empty name \"\"")
    }
    return warnings
  }

  private func repeated(_ list: String, _ field: String) -> [String] {
    var seen: Set<String> = []
    return spec.elements(list, in: path).compactMap { path, element in
      let text = element.text(field)
      return seen.insert(text).inserted
        ? nil : "\(path).\(field): duplicate \(field) \(Value.string(text).jsonText)"
    }
  }

  private var overheadWarnings: [String] {
    fractions(spec["overhead"], at: path + ".overhead", ["memory", "ephemeral-storage"])
  }

  private func fractions(_ amounts: Value?, at path: String, _ names: [String]) -> [String] {
    names.compactMap { name in
      guard let amount = amounts?[name]?.string.flatMap({ Quantity($0) }), amount.milliValue % 1_000 != 0 else {
        return nil
      }
      return "\(path)[\(name)]: fractional byte value \"\(amount)\" is invalid, must be an integer"
    }
  }

  private func containerWarnings(_ path: String, _ container: Value) -> [String] {
    let name = container.text("name")
    var warnings: [String] = []
    if container["securityContext", "seccompProfile"] == nil {
      warnings += annotation("container.seccomp.security.alpha.kubernetes.io/" + name, Self.seccomp)
    }
    let hasProfile = [spec, container].contains { $0["securityContext", "appArmorProfile"] != nil }
    if !hasProfile {
      warnings += annotation(
        "container.apparmor.security.beta.kubernetes.io/" + name,
        #"deprecated since v1.30; use the "appArmorProfile" field instead"#)
    }
    for amount in ["memory", "ephemeral-storage"] {
      for list in ["limits", "requests"] {
        warnings += fractions(container["resources", list], at: "\(path).resources.\(list)", [amount])
      }
    }
    return warnings + variableWarnings(container, at: path)
  }

  /// A variable that is set again, and not out of what it was.
  private func variableWarnings(_ container: Value, at path: String) -> [String] {
    var seen: Set<String> = []
    return container.elements("env", in: path).compactMap { path, variable in
      let (name, text) = (variable.text("name"), variable.text("value"))
      if seen.insert(name).inserted { return nil }
      let reference = "$(\(name))"
      let isBuiltOnIt = variable["valueFrom"] == nil && text != reference && text.contains(reference)
      let shown = Value.string(name).jsonText
      return isBuiltOnIt
        ? nil : "\(path): hides previous definition of \(shown), which may be dropped when using apply"
    }
  }

  private var portWarnings: [String] {
    var warnings: [String] = []
    var seen: [String: [(path: String, port: Value)]] = [:]
    for (path, container) in containers {
      for (path, port) in container.elements("ports", in: path) {
        let key = "\(port["containerPort"]?.integer ?? 0)/\(port.text("protocol"))"
        for other in seen[key] ?? [] {
          if let clash = clash(port, other.port) {
            warnings.append("\(path): \(clash) port definition with \(other.path)")
          }
        }
        seen[key, default: []].append((path, port))
      }
    }
    return warnings
  }

  private func clash(_ one: Value, _ other: Value) -> String? {
    let (number, otherNumber) = (one["hostPort"]?.integer ?? 0, other["hostPort"]?.integer ?? 0)
    let (address, otherAddress) = (one.text("hostIP"), other.text("hostIP"))
    if number == otherNumber, address == otherAddress { return "duplicate" }
    if number == 0 || otherNumber == 0 { return "overlapping" }
    return number == otherNumber && address.isEmpty != otherAddress.isEmpty ? "dangerously ambiguous" : nil
  }

  private var graceWarnings: [String] {
    guard let seconds = spec["terminationGracePeriodSeconds"]?.integer, seconds < 0 else { return [] }
    return [path + ".terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1"]
  }
}
