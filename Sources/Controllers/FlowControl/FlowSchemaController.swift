package import API
import Kinds
import Loop
import Store
import Tree

/// Says of each flow schema whether its priority level is there (k8s.io/apiserver, util/flowcontrol).
package final class FlowSchemaController {
  private let component: Component
  private var queue: WorkQueue<String>?

  package init(client: Client) {
    component = Component("api-priority-and-fairness-config-consumer-v1", client: client)
  }

  package func start() {
    queue = WorkQueue(loop: component.loop, component: component.name) { [unowned self] in reconcile($0) }
    component.store.observe([.flowSchema, .priorityLevelConfiguration]) { [unowned self] in note($0) }
    addAll()
  }

  private func note(_ change: Change) {
    switch change.key.groupResource {
    case Kind.flowSchema.groupResource: queue?.add(change.key.name)
    case Kind.priorityLevelConfiguration.groupResource where change.kind != .updated: addAll()
    default: break
    }
  }

  private func addAll() {
    for schema in component.client.list(.flowSchema) { queue?.add(schema.name) }
  }

  private func reconcile(_ name: String) -> WorkQueue<String>.Outcome {
    guard let schema = component.client.get(.flowSchema, name: name) else { return .done }
    let level = schema.value["spec", "priorityLevelConfiguration", "name"]?.string ?? ""
    let isThere = component.client.get(.priorityLevelConfiguration, name: level) != nil
    let present = (schema.value["status", "conditions"]?.array ?? []).first { $0["type"] == "Dangling" }
    let status: Value = isThere ? "False" : "True"
    let head = "This FlowSchema references the PriorityLevelConfiguration object named \(Value.string(level).jsonText)"
    let message = head + (isThere ? " and it exists" : " but there is no such object")
    if present?["status"] == status, present?["message"]?.string == message { return .done }
    var next = schema.value
    let time = present?["status"] == status ? present?["lastTransitionTime"] : nil
    let condition: Value = [
      "type": "Dangling", "status": status, "lastTransitionTime": time ?? .string(component.now.timestamp),
      "reason": isThere ? "Found" : "NotFound", "message": .string(message),
    ]
    let others = (schema.value["status", "conditions"]?.array ?? []).filter { $0["type"] != "Dangling" }
    next["status", "conditions"] = .array(others + [condition])
    do throws(Status) {
      try component.update(.flowSchema, next, subresource: "status", because: schema)
      return .done
    } catch {
      return error.isNotFound ? .done : .failed
    }
  }
}
