import Kinds
import Store
import Tree

/// Gives every pod the priority that its PriorityClass names, and keeps the default class single (Kubernetes
/// documentation, "Pod Priority and Preemption").
enum Priorities: AdmissionPlugin {
  private struct Choice {
    var name = ""
    var priority: Int64 = 0
    var preemptionPolicy = "PreemptLowerPriority"
  }

  static func admit(_ value: inout Value, _ request: AdmissionRequest) throws(Status) {
    guard request.kind == .pod else { return }
    if let previous = request.previous {
      keep(&value, from: previous)
      return
    }
    let choice = try choice(value["spec", "priorityClassName"]?.string ?? "", request)
    if let given = value["spec", "priority"]?.integer, given != choice.priority {
      throw request.forbidden(
        "the integer value of priority (\(given)) must not be provided in pod spec; priority admission controller "
          + "computed \(choice.priority) from the given PriorityClass name")
    }
    if let given = value["spec", "preemptionPolicy"]?.string, given != choice.preemptionPolicy {
      throw request.forbidden(
        "the string value of PreemptionPolicy (\(given)) must not be provided in pod spec; priority admission "
          + "controller computed \(choice.preemptionPolicy) from the given PriorityClass name")
    }
    if !choice.name.isEmpty { value["spec", "priorityClassName"] = .string(choice.name) }
    value["spec", "priority"] = .integer(choice.priority)
    value["spec", "preemptionPolicy"] = .string(choice.preemptionPolicy)
  }

  /// An update that leaves these out does not mean to remove them.
  private static func keep(_ value: inout Value, from old: Value) {
    for field in ["priority", "preemptionPolicy"] where value["spec", field] == nil {
      value["spec", field] = old["spec", field]
    }
  }

  private static func choice(_ name: String, _ request: AdmissionRequest) throws(Status) -> Choice {
    if name.isEmpty { return request.defaultClass.map { choice($0.value) } ?? Choice() }
    if let stored = request.store[Kind.priorityClass.key(namespace: "", name: name)] { return choice(stored.value) }
    // The system's classes come back when they are deleted: nobody ever misses them.
    guard let system = Bootstrap.priorityClasses.first(where: { $0["metadata", "name"]?.string == name }) else {
      throw request.forbidden("no PriorityClass with name \(name) was found")
    }
    return choice(system)
  }

  private static func choice(_ value: Value) -> Choice {
    Choice(
      name: value["metadata", "name"]?.string ?? "", priority: value["value"]?.integer ?? 0,
      preemptionPolicy: value["preemptionPolicy"]?.string ?? "PreemptLowerPriority")
  }

  static func validate(_ value: Value, _ request: AdmissionRequest) throws(Status) {
    guard request.kind == .priorityClass, value["globalDefault"]?.boolean == true else { return }
    guard let present = request.defaultClass, present.name != request.key.name else { return }
    throw request.forbidden(
      "PriorityClass \(present.name) is already marked as default. Only one default can exist")
  }
}

extension AdmissionRequest {
  /// The class of pods that name none; of several the one of the least value.
  fileprivate var defaultClass: StoredObject? {
    store.list(Kind.priorityClass.groupResource).filter { $0.value["globalDefault"]?.boolean == true }
      .min { ($0.value["value"]?.integer ?? 0) < ($1.value["value"]?.integer ?? 0) }
  }
}
