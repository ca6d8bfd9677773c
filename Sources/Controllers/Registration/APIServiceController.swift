package import API
package import Kinds
import Loop
import Store
import Tree

/// Keeps an APIService for each group and version that this server answers, and says of the others whether they are
/// answered (k8s.io/kube-aggregator, controllers autoregister and status).
package final class APIServiceController {
  static let managedLabel = "kube-aggregator.kubernetes.io/automanaged"

  private let component: Component
  private let builtIn: [String: GroupPriority]
  private var queue: WorkQueue<String>?

  /// - Parameter kinds: what the cluster serves, whatever its objects define.
  package init(client: Client, kinds: KindTable) {
    component = Component("kube-apiserver", client: client)
    builtIn = GroupPriority.table(of: kinds)
  }

  package func start() {
    queue = WorkQueue(loop: component.loop, component: "apiservices") { [unowned self] in reconcile($0) }
    component.store.observe([.apiService, .customResourceDefinition, .service, .endpointSlice]) { [unowned self] in
      note($0)
    }
    for name in builtIn.keys.sorted() { queue?.add(name) }
    for service in component.client.list(.apiService) { queue?.add(service.name) }
    for definition in component.client.list(.customResourceDefinition) {
      for name in Self.names(of: definition.value) { queue?.add(name) }
    }
  }

  private func note(_ change: Change) {
    switch change.key.groupResource {
    case Kind.apiService.groupResource: queue?.add(change.key.name)
    case Kind.customResourceDefinition.groupResource:
      for value in [change.previous?.value, change.object.value].compactMap(\.self) {
        for name in Self.names(of: value) { queue?.add(name) }
      }
    case Kind.service.groupResource, Kind.endpointSlice.groupResource:
      guard component.store.snapshot.count(Kind.apiService.groupResource) > builtIn.count else { return }
      for service in component.client.list(.apiService) where service.value["spec", "service"] != nil {
        queue?.add(service.name)
      }
    default: break
    }
  }

  /// The APIServices of a definition's versions.
  private static func names(of definition: Value) -> [String] {
    let group = definition["spec", "group"]?.string ?? ""
    return (definition["spec", "versions"]?.array ?? []).filter { $0["served"] == true }
      .map { ($0["name"]?.string ?? "") + "." + group }
  }

  private func reconcile(_ name: String) -> WorkQueue<String>.Outcome {
    do throws(Status) {
      if let priority = builtIn[name] {
        try keep(name, priority, managed: "onstart")
      } else if isDefined(name) {
        try keep(name, .custom, managed: "true")
      } else if let stored = component.client.get(.apiService, name: name) {
        if stored.value["metadata", "labels", Self.managedLabel] == "true" {
          try component.delete(.apiService, stored, because: nil)
        } else {
          try observe(stored)
        }
      }
      return .done
    } catch {
      return error.isNotFound || error.isAlreadyExists ? .done : .failed
    }
  }

  private func isDefined(_ name: String) -> Bool {
    component.client.list(.customResourceDefinition).contains {
      !$0.metadata.isDeleting && Self.names(of: $0.value).contains(name)
    }
  }

  /// Makes the APIService as this server's own version has it.
  private func keep(_ name: String, _ priority: GroupPriority, managed: String) throws(Status) {
    let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    var spec: Value = [
      "version": .string(parts[0]), "groupPriorityMinimum": .integer(priority.group),
      "versionPriority": .integer(priority.version),
    ]
    if parts.count > 1, !parts[1].isEmpty { spec["group"] = .string(parts[1]) }
    guard let stored = component.client.get(.apiService, name: name) else {
      try component.create(
        .apiService,
        [
          "kind": "APIService", "apiVersion": .string(Kind.apiService.apiVersion),
          "metadata": ["name": .string(name), "labels": [Self.managedLabel: .string(managed)]], "spec": spec,
        ], because: nil)
      return
    }
    var next = stored.value
    next["spec"] = spec
    next["metadata", "labels", Self.managedLabel] = .string(managed)
    try component.update(.apiService, next, because: stored)
  }

  // MARK: Other servers

  /// Says whether the server that an APIService names answers. No simulated container answers an API.
  private func observe(_ stored: StoredObject) throws(Status) {
    guard let reference = stored.value["spec", "service"] else { return }
    let (namespace, name) = (reference["namespace"]?.string ?? "", reference["name"]?.string ?? "")
    let service = component.client.get(.service, namespace: namespace, name: name)
    var condition: Value = ["type": "Available", "status": "False"]
    if let service {
      let address = service.value["spec", "clusterIP"]?.string ?? ""
      let port = reference["port"]?.integer ?? 443
      let path = "/apis/\(stored.value["spec", "group"]?.string ?? "")/\(stored.value["spec", "version"]?.string ?? "")"
      condition["reason"] = "FailedDiscoveryCheck"
      condition["message"] = .string(
        "failing or missing response from https://\(address):\(port)\(path): a simulated container answers no API")
    } else {
      condition["reason"] = "ServiceNotFound"
      condition["message"] = .string("service/\(name) in \"\(namespace)\" is not present")
    }
    var conditions = stored.value["status", "conditions"]?.array ?? []
    let index = conditions.firstIndex { $0["type"] == "Available" }
    let present = index.map { conditions[$0] }
    let time = present?["status"] == "False" ? present?["lastTransitionTime"] : nil
    condition["lastTransitionTime"] = time ?? .string(component.now.timestamp)
    if let index { conditions[index] = condition } else { conditions.append(condition) }
    var next = stored.value
    next["status", "conditions"] = .array(conditions)
    try component.update(.apiService, next, subresource: "status", because: service ?? stored)
  }
}
