import Tree

/// A pod's defaults that depend on other fields (k8s.io/kubernetes, pkg/apis/core/v1/defaults.go).
struct PodDefaults: KindRules {
  func defaults(_ value: inout Value) {
    value.change("spec") { spec in
      if spec["enableServiceLinks"] == nil { spec["enableServiceLinks"] = true }
      if (spec["terminationGracePeriodSeconds"]?.integer ?? 0) < 0 { spec["terminationGracePeriodSeconds"] = 1 }
      PodSpecDefaults.apply(to: &spec)
      let isOnHostNetwork = spec["hostNetwork"]?.boolean == true
      for list in ["containers", "initContainers"] {
        spec.changeEach(list) { container in
          container.change("resources", PodDefaults.requestWhatIsLimited)
          if isOnHostNetwork { PodDefaults.exposeOnHost(&container) }
        }
      }
    }
  }

  /// A limit without a request requests as much.
  private static func requestWhatIsLimited(_ resources: inout Value) {
    guard let limits = resources["limits"]?.object, !limits.isEmpty else { return }
    var requests = resources["requests"] ?? [:]
    for limit in limits where requests[limit.key] == nil { requests[limit.key] = limit.value }
    resources["requests"] = requests
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
    value.change("spec") { spec in
      spec.change("template") { template in template.change("spec", PodSpecDefaults.apply) }
    }
  }
}

extension Value {
  /// Changes each element of a list among the members; no list, no change.
  mutating func changeEach(_ key: String, _ body: (inout Value) -> Void) {
    change(key) { list in
      guard case .array(var elements) = list else { return }
      list = .null  // lets go of the storage, so that the changes below happen in place
      for index in elements.indices { body(&elements[index]) }
      list = .array(elements)
    }
  }
}
