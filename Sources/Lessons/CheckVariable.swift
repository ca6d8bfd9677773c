import CEL

/// A variable of checks, hints and texts: a kind of objects, and where they come from.
struct CheckVariable {
  let name: String
  /// The resource with its group, as kubectl names it.
  let resource: String
  /// The namespace whose objects are meant; nil where the kind has none.
  let namespace: String?
  /// Where the variable is one object and not the list: its name.
  var object: String?

  private init(_ name: String, _ resource: String, isNamespaced: Bool, object: String? = nil) {
    self.name = name
    self.resource = resource
    namespace = isNamespaced ? "default" : nil
    self.object = object
  }

  static let all: [CheckVariable] =
    [
      CheckVariable("clock", "clocks.podium.dev", isNamespaced: false, object: "cluster")
    ] + namespaced.map { CheckVariable(plural($0), $0, isNamespaced: true) }
    + clusterWide.map { CheckVariable(plural($0), $0, isNamespaced: false) }

  private static let namespaced = [
    "pods", "services", "configmaps", "secrets", "serviceaccounts", "events", "persistentvolumeclaims",
    "resourcequotas", "limitranges", "replicationcontrollers", "deployments.apps", "replicasets.apps",
    "daemonsets.apps", "statefulsets.apps", "controllerrevisions.apps", "jobs.batch", "cronjobs.batch",
    "endpointslices.discovery.k8s.io", "poddisruptionbudgets.policy", "ingresses.networking.k8s.io",
    "networkpolicies.networking.k8s.io", "horizontalpodautoscalers.autoscaling", "roles.rbac.authorization.k8s.io",
    "rolebindings.rbac.authorization.k8s.io",
  ]
  private static let clusterWide = [
    "nodes", "namespaces", "persistentvolumes", "storageclasses.storage.k8s.io", "priorityclasses.scheduling.k8s.io",
    "clusterroles.rbac.authorization.k8s.io", "customresourcedefinitions.apiextensions.k8s.io", "faults.podium.dev",
    "images.podium.dev",
  ]

  private static func plural(_ resource: String) -> String { String(resource.prefix { $0 != "." }) }

  /// The state when the step was entered: `before.pods`.
  static let past = "before"
  /// The objects of all namespaces: `everywhere.pods`.
  static let everywhere = "everywhere"
  /// The choice that the learner made in the step's prediction; empty before.
  static let answer = "answer"
  /// The cluster's time.
  static let time = "now"

  static let names = Set(all.map(\.name) + [past, everywhere, answer, time])

  static func named(_ name: String) -> CheckVariable? { all.first { $0.name == name } }

  /// What a program asks of `before` or `everywhere` that cannot be given.
  static func problems(of program: Program) -> [String] {
    program.references.filter { [past, everywhere].contains($0[0]) }.compactMap { reference in
      guard reference.count > 1 else { return "'\(reference[0])' is used without a kind" }
      return named(reference[1]) == nil ? "there is no kind '\(reference[0]).\(reference[1])'" : nil
    }
  }

  /// The resources that programs read.
  static func resources(of programs: [Program]) -> Set<String> {
    let names = programs.flatMap(\.references).map { reference in
      [past, everywhere].contains(reference[0]) ? reference.dropFirst().first ?? "" : reference[0]
    }
    return Set(names.compactMap { named($0)?.resource })
  }
}
