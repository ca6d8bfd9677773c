package import Kinds
package import Store
import Tree

/// A conversation with a container that somebody may have: `pods/exec` or `pods/attach`, checked against the pod.
package struct ConnectionPlan: Sendable {
  package enum Purpose: String, Sendable {
    case exec
    case attach
  }

  package var purpose: Purpose
  package var pod: ObjectKey
  package var container: String
  package var command: [String]
  package var hasInput: Bool
  package var hasOutput: Bool
  package var hasError: Bool
  package var isTerminal: Bool
}

extension APIServer {
  /// Whether the request is for a conversation with a container, which is no answer but a change of protocol.
  package func isConnection(_ request: APIRequest) -> Bool {
    let info = request.info
    return ["get", "create"].contains(info.verb) && !info.name.isEmpty && kind(of: info) == .pod
      && ConnectionPlan.Purpose(rawValue: info.subresource) != nil
  }

  /// Checks rights, the pod and the query. Whichever method opens the conversation, it takes the right to `create`
  /// (Kubernetes v1.35, AuthorizePodWebsocketUpgradeCreatePermission).
  package func connectionPlan(_ request: APIRequest) throws(Status) -> ConnectionPlan {
    var info = request.info
    info.verb = "create"
    try authorize(request, info)
    guard let purpose = ConnectionPlan.Purpose(rawValue: info.subresource) else { throw .unknownResource }
    let key = Kind.pod.key(namespace: info.namespace, name: info.name)
    guard let object = feed.snapshot[key] else { throw .notFound(.pod, info.name) }
    let pod = Pod(object.value)
    let flag = { (name: String) in RequestInfo.isTrue(request.parameter(name)) }
    let plan = ConnectionPlan(
      purpose: purpose, pod: key, container: try Self.container(request.parameter("container"), of: pod),
      command: request.query.filter { $0.name == "command" }.map(\.value), hasInput: flag("stdin"),
      hasOutput: flag("stdout"), hasError: flag("stderr"), isTerminal: flag("tty"))
    try plan.check(pod)
    return plan
  }

  private static func container(_ wanted: String?, of pod: Pod) throws(Status) -> String {
    let names = pod.spec.containers.map(\.name)
    let initial = pod.spec.initContainers.map(\.name)
    let temporary = (pod.spec.value["ephemeralContainers"]?.array ?? []).compactMap { $0["name"]?.string }
    if let wanted, !wanted.isEmpty {
      guard (names + initial + temporary).contains(wanted) else {
        throw .badRequest("container \(wanted) is not valid for pod \(pod.name)")
      }
      return wanted
    }
    if names.count == 1 { return names[0] }
    var message = "a container name must be specified for pod \(pod.name), choose one of: "
    message += "[\(names.joined(separator: " "))]"
    if !initial.isEmpty { message += " or one of the init containers: [\(initial.joined(separator: " "))]" }
    throw .badRequest(message)
  }
}

extension ConnectionPlan {
  fileprivate func check(_ pod: Pod) throws(Status) {
    guard pod.spec.nodeName?.isEmpty == false else {
      throw .badRequest("pod \(pod.name) does not have a host assigned")
    }
    guard hasInput || hasOutput || hasError else {
      throw .badRequest("you must specify at least 1 of stdin, stdout, stderr")
    }
    guard purpose == .attach || !command.isEmpty else {
      throw .badRequest("you must specify at least one command for the container")
    }
    let statuses = pod.status.containerStatuses + pod.status.initContainerStatuses
    guard statuses.contains(where: { $0.name == container && $0.state?["running"] != nil }) else {
      throw notRunning
    }
  }

  /// As the kubelet words it: to the container runtime, only running containers are there.
  package var notRunning: Status {
    Status(code: 500, reason: "InternalError", message: "container not found (\"\(container)\")")
  }
}
