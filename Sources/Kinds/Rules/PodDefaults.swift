import Tree

/// A pod's defaults that depend on other fields (k8s.io/kubernetes, pkg/apis/core/v1/defaults.go).
struct PodDefaults: KindRules {
  func defaults(_ value: inout Value) {
    guard var spec = value["spec"] else { return }
    if spec["enableServiceLinks"] == nil { spec["enableServiceLinks"] = true }
    if (spec["terminationGracePeriodSeconds"]?.integer ?? 0) < 0 { spec["terminationGracePeriodSeconds"] = 1 }
    PodSpecDefaults.apply(to: &spec)
    let isOnHostNetwork = spec["hostNetwork"]?.boolean == true
    for list in ["containers", "initContainers"] {
      spec.changeEach(list) { container in
        PodDefaults.requestWhatIsLimited(&container["resources"])
        if isOnHostNetwork { PodDefaults.exposeOnHost(&container) }
      }
    }
    value["spec"] = spec
  }

  /// A limit without a request requests as much.
  private static func requestWhatIsLimited(_ resources: inout Value?) {
    guard let limits = resources?["limits"]?.object, !limits.isEmpty else { return }
    var requests = resources?["requests"] ?? [:]
    for limit in limits where requests[limit.key] == nil { requests[limit.key] = limit.value }
    resources?["requests"] = requests
  }

  private static func exposeOnHost(_ container: inout Value) {
    container.changeEach("ports") { port in
      if (port["hostPort"]?.integer ?? 0) == 0 { port["hostPort"] = port["containerPort"] }
    }
  }
}

/// What every pod and every pod template gets.
enum PodSpecDefaults {
  static func apply(to spec: inout Value) {
    mirrorServiceAccount(&spec)
    for list in ["containers", "initContainers", "ephemeralContainers"] {
      spec.changeEach(list) { container in
        guard container["imagePullPolicy"] == nil else { return }
        let image = container["image"]?.string ?? ""
        container["imagePullPolicy"] = isLatest(image) ? "Always" : "IfNotPresent"
      }
    }
    spec.changeEach("volumes") { volume in
      if (volume.object?.count ?? 0) < 2 { volume["emptyDir"] = [:] }
    }
  }

  /// `serviceAccount` is the old name of `serviceAccountName`; both are always written.
  private static func mirrorServiceAccount(_ spec: inout Value) {
    guard let name = spec["serviceAccountName"] ?? spec["serviceAccount"] else { return }
    spec["serviceAccountName"] = name
    spec["serviceAccount"] = name
  }

  /// Whether an image's tag is `latest`, said or not.
  private static func isLatest(_ image: String) -> Bool {
    guard !image.isEmpty, !image.contains("@") else { return false }
    let last = image.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    let parts = last.split(separator: ":", maxSplits: 1)
    return parts.count < 2 || parts[1] == "latest"
  }
}

/// A pod template's defaults, wherever a workload has one.
struct PodTemplateDefaults: KindRules {
  func defaults(_ value: inout Value) {
    guard var spec = value["spec", "template", "spec"] else { return }
    PodSpecDefaults.apply(to: &spec)
    value["spec", "template", "spec"] = spec
  }
}

extension Value {
  /// Changes each element of a list among the members; no list, no change.
  mutating func changeEach(_ key: String, _ change: (inout Value) -> Void) {
    guard var elements = self[key]?.array else { return }
    for index in elements.indices { change(&elements[index]) }
    self[key] = .array(elements)
  }
}
