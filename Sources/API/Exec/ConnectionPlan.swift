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
  /// Not with a terminal, which has one output.
  package var hasError: Bool
  package var isTerminal: Bool

  /// A plan that was checked before.
  package init(
    purpose: Purpose, pod: ObjectKey, container: String, command: [String], hasInput: Bool, hasOutput: Bool,
    hasError: Bool, isTerminal: Bool
  ) {
    self.purpose = purpose
    self.pod = pod
    self.container = container
    self.command = command
    self.hasInput = hasInput
    self.hasOutput = hasOutput
    self.hasError = hasError
    self.isTerminal = isTerminal
  }
}

/// Ports of a pod that somebody may reach: `pods/portforward`.
package struct PortForwardPlan: Sendable {
  package var pod: ObjectKey
  /// The pod's, by which errors name it.
  package var uid: String
  /// Those that the query names; a SPDY session names them stream by stream.
  package var ports: [Int]
}

/// What a connection is for.
package enum Connection: Sendable {
  case command(ConnectionPlan)
  case ports(PortForwardPlan)
}

extension APIServer {
  /// Whether the request is for a conversation with a pod, which is no answer but a change of protocol.
  package func isConnection(_ request: APIRequest) -> Bool {
    let info = request.info
    return ["get", "create"].contains(info.verb) && isConnection(info)
  }

  func isConnection(_ info: RequestInfo) -> Bool {
    !info.name.isEmpty && ["exec", "attach", "portforward"].contains(info.subresource) && kind(of: info) == .pod
  }

  /// What a request without a change of protocol is told.
  package static let upgradeRequired = Status.badRequest("Upgrade request required")

  /// Checks rights, the pod and the query. Whichever method opens the conversation, it takes the right to `create`
  /// (Kubernetes v1.35, AuthorizePodWebsocketUpgradeCreatePermission).
  package func connection(_ request: APIRequest) throws(Status) -> Connection {
    let info = request.info
    guard info.subresource == "portforward" else { return .command(try connectionPlan(request)) }
    let pod = try pod(of: request, info)
    var ports: [Int] = []
    for parameter in request.query where parameter.name == "ports" {
      for text in parameter.value.split(separator: ",", omittingEmptySubsequences: false) {
        guard let port = UInt16(text) else { throw .badRequest("unable to parse \"\(parameter.value)\" as a port") }
        guard port > 0 else { throw .badRequest("port \"\(parameter.value)\" must be > 0") }
        ports.append(Int(port))
      }
    }
    let key = Kind.pod.key(namespace: info.namespace, name: info.name)
    return .ports(PortForwardPlan(pod: key, uid: pod.uid, ports: ports))
  }

  /// The same for `pods/exec` and `pods/attach` alone.
  package func connectionPlan(_ request: APIRequest) throws(Status) -> ConnectionPlan {
    let info = request.info
    guard let purpose = ConnectionPlan.Purpose(rawValue: info.subresource) else { throw .unknownResource }
    let flag = { (name: String) in RequestInfo.isTrue(request.parameter(name)) }
    let pod = try pod(of: request, info, container: request.parameter("container"))
    let plan = ConnectionPlan(
      purpose: purpose, pod: Kind.pod.key(namespace: info.namespace, name: info.name),
      container: try Self.container(request.parameter("container"), of: pod),
      command: request.query.filter { $0.name == "command" }.map(\.value), hasInput: flag("stdin"),
      hasOutput: flag("stdout"), hasError: flag("stderr") && !flag("tty"), isTerminal: flag("tty"))
    try plan.check(pod)
    return plan
  }

  /// The pod, for somebody who may connect to it. A container that is named has to be one before the pod needs a host.
  private func pod(
    of request: APIRequest, _ info: RequestInfo, container: String? = nil
  ) throws(Status) -> Pod {
    var info = info
    info.verb = "create"
    try authorize(request, info)
    guard let object = feed.snapshot[Kind.pod.key(namespace: info.namespace, name: info.name)] else {
      throw .notFound(.pod, info.name)
    }
    let pod = Pod(object.value)
    if info.subresource != "portforward" { _ = try Self.container(container, of: pod) }
    guard pod.spec.nodeName?.isEmpty == false else {
      throw .badRequest("pod \(pod.name) does not have a host assigned")
    }
    return pod
  }

  private static func container(_ wanted: String?, of pod: Pod) throws(Status) -> String {
    let temporary = (pod.spec.value["ephemeralContainers"]?.array ?? []).compactMap { $0["name"]?.string }
    let names = pod.spec.initContainers.map(\.name) + pod.spec.containers.map(\.name) + temporary
    if let wanted, !wanted.isEmpty {
      guard names.contains(wanted) else { throw .badRequest("container \(wanted) is not valid for pod \(pod.name)") }
      return wanted
    }
    if pod.spec.containers.count == 1 { return pod.spec.containers[0].name }
    throw .badRequest(
      "a container name must be specified for pod \(pod.name), choose one of: [\(names.joined(separator: " "))]")
  }
}

extension ConnectionPlan {
  fileprivate func check(_ pod: Pod) throws(Status) {
    guard hasInput || hasOutput || hasError else {
      throw .badRequest("you must specify at least 1 of stdin, stdout, stderr")
    }
    guard purpose == .attach || !command.isEmpty else {
      throw .badRequest("you must specify at least one command for the container")
    }
    let lists = ["containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"]
    let statuses = lists.flatMap { pod.value["status", $0]?.array ?? [] }
    guard statuses.contains(where: { $0["name"]?.string == container && $0["state", "running"] != nil }) else {
      throw notRunning
    }
  }

  /// As the kubelet words it: to the container runtime, only running containers are there.
  package var notRunning: Status {
    Status(code: 500, reason: "InternalError", message: "container not found (\"\(container)\")")
  }
}
