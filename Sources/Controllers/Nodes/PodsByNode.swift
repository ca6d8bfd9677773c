import API
import Kinds
import Loop
import Store
import Tree

/// Finding pods by the node they are bound to.
extension Store {
  private static let podsByNode = "controllers: pods by node"

  func addPodsByNodeIndex() {
    addIndex(Self.podsByNode, on: Kind.pod.groupResource) { value in
      Pod(value).spec.nodeName.map { [$0] } ?? []
    }
  }

  func pods(onNode name: String) -> [StoredObject] { lookup(Self.podsByNode, name) }
}

extension Pod {
  /// Sets a condition; its time of transition changes with its status only.
  mutating func setCondition(
    _ type: String, status: String, reason: String? = nil, message: String? = nil, at now: Time
  ) {
    var conditions = self.status.conditions
    var condition = Condition(["type": .string(type), "status": .string(status)])
    condition.lastTransitionTime = now.timestamp
    condition.reason = reason
    condition.message = message
    if let index = conditions.firstIndex(where: { $0.type == type }) {
      if conditions[index].status == status {
        condition.lastTransitionTime = conditions[index].lastTransitionTime
      }
      conditions[index] = condition
    } else {
      conditions.append(condition)
    }
    self.status.conditions = conditions
  }
}
