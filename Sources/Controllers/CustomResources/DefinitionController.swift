package import API
import Kinds
import Loop
import Store
import Tree

/// Accepts the names of CustomResourceDefinitions, and empties those that are being deleted
/// (k8s.io/apiextensions-apiserver, controllers status, establish and finalizer).
package final class DefinitionController {
  private let component: Component
  private var queue: WorkQueue<String>?

  package init(client: Client) {
    component = Component("kube-apiserver", client: client)
  }

  package func start() {
    queue = WorkQueue(loop: component.loop, component: "customresourcedefinitions") { [unowned self] in reconcile($0) }
    component.store.observe { [unowned self] change in
      if change.key.groupResource == Kind.customResourceDefinition.groupResource {
        queue?.add(change.key.name)
      } else if change.kind == .deleted {
        // A definition is called as its objects' collection is.
        let name = change.key.groupResource.name
        if component.client.get(.customResourceDefinition, name: name)?.metadata.isDeleting == true {
          queue?.add(name)
        }
      }
    }
    for definition in component.client.list(.customResourceDefinition) { queue?.add(definition.name) }
  }

  private func reconcile(_ name: String) -> WorkQueue<String>.Outcome {
    guard let definition = component.client.get(.customResourceDefinition, name: name) else { return .done }
    do throws(Status) {
      if definition.metadata.isDeleting {
        try finish(definition)
      } else {
        try establish(definition)
      }
      return .done
    } catch {
      return error.isNotFound ? .done : .failed
    }
  }

  // MARK: Names

  private func establish(_ definition: StoredObject) throws(Status) {
    var next = definition.value
    let names = next["spec", "names"] ?? [:]
    let accepted = AcceptedNames(of: definition, among: component.client.list(.customResourceDefinition))
    next["status", "acceptedNames"] = accepted.conflict == nil ? names : accepted.value
    let conflict = accepted.conflict
    setCondition(
      &next, "NamesAccepted", conflict == nil, reason: conflict?.reason ?? "NoConflicts",
      message: conflict?.message ?? "no conflicts found")
    if conflict == nil {
      setCondition(
        &next, "Established", true, reason: "InitialNamesAccepted",
        message: "the initial names have been accepted")
    } else if !isTrue("Established", in: next) {
      setCondition(&next, "Established", false, reason: "NotAccepted", message: "not all names are accepted")
    }
    let storage = (next["spec", "versions"]?.array ?? []).first { $0["storage"] == true }?["name"]
    var stored = next["status", "storedVersions"]?.array ?? []
    if let storage, !stored.contains(storage) {
      stored.append(storage)
      next["status", "storedVersions"] = .array(stored)
    }
    guard next != definition.value else { return }
    try component.update(.customResourceDefinition, next, subresource: "status", because: definition)
  }

  private func isTrue(_ type: Value, in value: Value) -> Bool {
    (value["status", "conditions"]?.array ?? []).contains { $0["type"] == type && $0["status"] == "True" }
  }

  private func setCondition(
    _ value: inout Value, _ type: String, _ isTrue: Bool, reason: String, message: String
  ) {
    var conditions = value["status", "conditions"]?.array ?? []
    let index = conditions.firstIndex { $0["type"] == .string(type) }
    let present = index.map { conditions[$0] }
    let status: Value = isTrue ? "True" : "False"
    let time = present?["status"] == status ? present?["lastTransitionTime"] : nil
    let condition: Value = [
      "type": .string(type), "status": status, "lastTransitionTime": time ?? .string(component.now.timestamp),
      "reason": .string(reason), "message": .string(message),
    ]
    if let index { conditions[index] = condition } else { conditions.append(condition) }
    value["status", "conditions"] = .array(conditions)
  }

  // MARK: Deletion

  private func finish(_ definition: StoredObject) throws(Status) {
    guard definition.metadata.finalizers.contains(Kind.customResourceCleanup) else { return }
    let spec = definition.value["spec"]
    let kind = Kind(
      group: spec?["group"]?.string ?? "", version: spec?["versions"]?.array?.first?["name"]?.string ?? "",
      spec?["names", "kind"]?.string ?? "", plural: spec?["names", "plural"]?.string ?? "",
      isNamespaced: spec?["scope"] == "Namespaced")
    for object in component.client.list(kind) where !object.metadata.isDeleting {
      do throws(Status) {
        try component.delete(kind, object, because: definition)
      } catch {
        guard error.isNotFound else { throw error }
      }
    }
    guard component.client.list(kind).isEmpty,
      let present = component.client.get(.customResourceDefinition, name: definition.name)
    else { return }
    var next = present.value
    next["metadata", "finalizers"] = .array(
      present.metadata.finalizers.filter { $0 != Kind.customResourceCleanup }.map(Value.string))
    try component.update(.customResourceDefinition, next, because: present)
  }
}

/// Which of a definition's names nobody else in its group has.
private struct AcceptedNames {
  var conflict: (reason: String, message: String)?
  /// The names that it had before, where there is a conflict.
  let value: Value

  init(of definition: StoredObject, among all: [StoredObject]) {
    value = definition.value["status", "acceptedNames"] ?? [:]
    let names = definition.value["spec", "names"] ?? [:]
    let others = all.filter {
      $0.uid != definition.uid && $0.value["spec", "group"] == definition.value["spec", "group"]
    }.compactMap { $0.value["status", "acceptedNames"] }
    let resources = Set(others.flatMap(Self.resources))
    let kinds = Set(others.flatMap { [$0["kind"], $0["listKind"]] }.compactMap { $0?.string })
    let fields = [("plural", "PluralConflict"), ("singular", "SingularConflict")]
    for (field, reason) in fields { check(names[field]?.string, reason, resources) }
    for name in names["shortNames"]?.array ?? [] { check(name.string, "ShortNamesConflict", resources) }
    check(names["kind"]?.string, "KindConflict", kinds)
    check(names["listKind"]?.string, "ListKindConflict", kinds)
  }

  private static func resources(_ names: Value) -> [String] {
    ([names["plural"], names["singular"]].compactMap { $0 } + (names["shortNames"]?.array ?? [])).compactMap(\.string)
  }

  private mutating func check(_ name: String?, _ reason: String, _ taken: Set<String>) {
    guard let name, !name.isEmpty, taken.contains(name) else { return }
    conflict = (reason, "\"\(name)\" is already in use")
  }
}
