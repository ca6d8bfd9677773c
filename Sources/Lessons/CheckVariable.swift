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

  static let all: [CheckVariable] = [
    CheckVariable("pods", "pods", isNamespaced: true),
    CheckVariable("services", "services", isNamespaced: true),
    CheckVariable("configmaps", "configmaps", isNamespaced: true),
    CheckVariable("serviceaccounts", "serviceaccounts", isNamespaced: true),
    CheckVariable("events", "events", isNamespaced: true),
    CheckVariable("deployments", "deployments.apps", isNamespaced: true),
    CheckVariable("replicasets", "replicasets.apps", isNamespaced: true),
    CheckVariable("endpointslices", "endpointslices.discovery.k8s.io", isNamespaced: true),
    CheckVariable("nodes", "nodes", isNamespaced: false),
    CheckVariable("namespaces", "namespaces", isNamespaced: false),
    CheckVariable("faults", "faults.podium.dev", isNamespaced: false),
    CheckVariable("images", "images.podium.dev", isNamespaced: false),
    CheckVariable("clock", "clocks.podium.dev", isNamespaced: false, object: "cluster"),
  ]

  /// The state when the step was entered: `before.pods`.
  static let past = "before"
  /// The cluster's time.
  static let time = "now"

  static let names = Set(all.map(\.name) + [past, time])

  static func named(_ name: String) -> CheckVariable? { all.first { $0.name == name } }

  /// What a program asks of `before` that cannot be given.
  static func problems(of program: Program) -> [String] {
    program.references.filter { $0[0] == past }.compactMap { reference in
      guard reference.count > 1 else { return "'before' is used without a kind" }
      return named(reference[1]) == nil ? "there is no kind 'before.\(reference[1])'" : nil
    }
  }
}
