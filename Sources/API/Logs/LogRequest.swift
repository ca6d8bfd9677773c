import Kinds
import Loop
import Store
import Tree

extension APIServer {
  /// Checks a request for a container's log against the pod as it is.
  func logPlan(_ request: APIRequest, _ info: RequestInfo) throws(Status) -> LogPlan {
    guard let object = feed.snapshot[Kind.pod.key(namespace: info.namespace, name: info.name)] else {
      throw .notFound(.pod, info.name)
    }
    let pod = Pod(object.value)
    var plan = LogPlan(
      namespace: info.namespace, pod: info.name, container: try container(request.parameter("container"), of: pod))
    try plan.read(request)
    try checkHasStarted(plan, pod)
    return plan
  }

  private func container(_ wanted: String?, of pod: Pod) throws(Status) -> String {
    let names = pod.spec.containers.map(\.name)
    let initial = pod.spec.initContainers.map(\.name)
    if let wanted, !wanted.isEmpty {
      guard (names + initial).contains(wanted) else {
        throw .badRequest("container \(wanted) is not valid for pod \(pod.name)")
      }
      return wanted
    }
    if names.count == 1, initial.isEmpty || pod.metadata.annotations["kubectl.kubernetes.io/default-container"] == nil {
      return names[0]
    }
    var message =
      "a container name must be specified for pod \(pod.name), choose one of: "
      + "[\(names.joined(separator: " "))]"
    if !initial.isEmpty { message += " or one of the init containers: [\(initial.joined(separator: " "))]" }
    throw .badRequest(message)
  }

  private func checkHasStarted(_ plan: LogPlan, _ pod: Pod) throws(Status) {
    guard pod.spec.nodeName?.isEmpty == false else {
      throw .badRequest("pod \(pod.name) does not have a host assigned")
    }
    let statuses = pod.status.containerStatuses + pod.status.initContainerStatuses
    guard let status = statuses.first(where: { $0.name == plan.container }) else {
      throw .badRequest(
        "container \"\(plan.container)\" in pod \"\(pod.name)\" is waiting to start: ContainerCreating")
    }
    if plan.previous { return }
    if let waiting = status.state?["waiting"], status.lastState?["terminated"] == nil {
      let reason = waiting["reason"]?.string ?? "ContainerCreating"
      let why =
        reason == "ImagePullBackOff" || reason == "ErrImagePull"
        ? "trying and failing to pull image" : reason
      throw .badRequest("container \"\(plan.container)\" in pod \"\(pod.name)\" is waiting to start: \(why)")
    }
  }
}

extension LogPlan {
  fileprivate mutating func read(_ request: APIRequest) throws(Status) {
    follows = RequestInfo.isTrue(request.parameter("follow"))
    previous = RequestInfo.isTrue(request.parameter("previous"))
    timestamps = RequestInfo.isTrue(request.parameter("timestamps"))
    var errors: [FieldError] = []
    tailLines = try Self.integer(request, "tailLines", least: 0, &errors)
    sinceSeconds = try Self.integer(request, "sinceSeconds", least: 1, &errors)
    limitBytes = try Self.integer(request, "limitBytes", least: 1, &errors)
    if let text = request.parameter("sinceTime"), !text.isEmpty {
      guard let time = Time(timestamp: text) else {
        throw .badRequest("parsing time \"\(text)\" as \"2006-01-02T15:04:05Z07:00\": cannot parse it")
      }
      sinceTime = time
      if sinceSeconds != nil {
        errors.append(
          FieldError(
            .forbidden, field: "", message: "Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified"))
      }
    }
    if !errors.isEmpty { throw .invalid(kind: "PodLogOptions", group: "", pod, errors) }
  }

  private static func integer(
    _ request: APIRequest, _ name: String, least: Int, _ errors: inout [FieldError]
  ) throws(Status) -> Int? {
    guard let text = request.parameter(name), !text.isEmpty else { return nil }
    guard let number = Int(text) else { throw .badRequest("strconv.ParseInt: parsing \"\(text)\": invalid syntax") }
    if number < least {
      let bound = least == 0 ? "must be greater than or equal to 0" : "must be greater than 0"
      errors.append(FieldError(.invalid, field: name, message: "Invalid value: \(number): \(bound)"))
    }
    return number
  }
}
