import Tree

/// `kubectl rollout status`: says how far a rollout is, each time that changes, until it is done.
struct RolloutStatus {
  private let invocation: Invocation
  private let session: Session

  init(_ invocation: Invocation) {
    self.invocation = invocation
    session = invocation.session
  }

  func run() throws(Failure) {
    let items = try Rollout.items(invocation)
    if items.isEmpty { throw .error("no objects passed to rollout status") }
    for item in items { try follow(item) }
  }

  private func follow(_ item: Item) throws(Failure) {
    let timeout = invocation.seconds("timeout")
    let deadline = timeout > 0 ? session.transport.moment(after: timeout) : nil
    if !invocation.isOn("watch") {
      session.out(try status(item, item.object).message)
      return
    }
    let isDone = try Waiting.until(item, deadline: deadline, session) { (object) throws(Failure) in
      guard let object else { throw .error("object has been deleted") }
      let (message, isDone) = try status(item, object)
      session.out(message)
      return isDone
    }
    if isDone { return }
    throw session.isCancelled ? Failure(text: "", code: 130) : .error("timed out waiting for the condition")
  }

  private func status(_ item: Item, _ object: Value) throws(Failure) -> (message: String, isDone: Bool) {
    switch item.resource.kind {
    case "Deployment": try deployment(item.name, object)
    case "DaemonSet": try daemonSet(item.name, object)
    case "StatefulSet": try statefulSet(object)
    default: throw .error("no status viewer has been implemented for \(item.resource.groupName)")
    }
  }

  private func isObserved(_ object: Value) -> Bool {
    (object["metadata", "generation"]?.integer ?? 0) <= (object["status", "observedGeneration"]?.integer ?? 0)
  }

  private func deployment(_ name: String, _ object: Value) throws(Failure) -> (String, Bool) {
    let wanted = Int64(invocation.integer("revision"))
    if wanted > 0 {
      let text = object["metadata", "annotations"]?[Rollout.revisionAnnotation]?.string ?? ""
      let running = Int64(text) ?? 0
      if running != wanted {
        throw .error("desired revision (\(wanted)) is different from the running revision (\(running))")
      }
    }
    guard isObserved(object) else { return ("Waiting for deployment spec update to be observed...\n", false) }
    let progressing = object["status", "conditions"]?.array?.first { $0["type"] == "Progressing" }
    if progressing?["reason"] == "ProgressDeadlineExceeded" {
      throw .error("deployment \(quoted(name)) exceeded its progress deadline")
    }
    let count = { (field: String) in object["status", field]?.integer ?? 0 }
    let replicas = object["spec", "replicas"]?.integer ?? 1
    let head = "Waiting for deployment \(quoted(name)) rollout to finish: "
    let updated = count("updatedReplicas")
    if updated < replicas {
      return ("\(head)\(updated) out of \(replicas) new replicas have been updated...\n", false)
    }
    if count("replicas") > updated {
      return ("\(head)\(count("replicas") - updated) old replicas are pending termination...\n", false)
    }
    if count("availableReplicas") < updated {
      return ("\(head)\(count("availableReplicas")) of \(updated) updated replicas are available...\n", false)
    }
    return ("deployment \(quoted(name)) successfully rolled out\n", true)
  }

  private func daemonSet(_ name: String, _ object: Value) throws(Failure) -> (String, Bool) {
    guard object["spec", "updateStrategy", "type"] == "RollingUpdate" else {
      throw .error("rollout status is only available for RollingUpdate strategy type")
    }
    guard isObserved(object) else { return ("Waiting for daemon set spec update to be observed...\n", false) }
    let count = { (field: String) in object["status", field]?.integer ?? 0 }
    let wanted = count("desiredNumberScheduled")
    let head = "Waiting for daemon set \(quoted(name)) rollout to finish: "
    if count("updatedNumberScheduled") < wanted {
      return ("\(head)\(count("updatedNumberScheduled")) out of \(wanted) new pods have been updated...\n", false)
    }
    if count("numberAvailable") < wanted {
      return ("\(head)\(count("numberAvailable")) of \(wanted) updated pods are available...\n", false)
    }
    return ("daemon set \(quoted(name)) successfully rolled out\n", true)
  }

  private func statefulSet(_ object: Value) throws(Failure) -> (String, Bool) {
    guard object["spec", "updateStrategy", "type"] == "RollingUpdate" else {
      throw .error("rollout status is only available for RollingUpdate strategy type")
    }
    guard object["status", "observedGeneration"] != nil, isObserved(object) else {
      return ("Waiting for statefulset spec update to be observed...\n", false)
    }
    let count = { (field: String) in object["status", field]?.integer ?? 0 }
    let replicas = object["spec", "replicas"]?.integer ?? 1
    if count("readyReplicas") < replicas {
      return ("Waiting for \(replicas - count("readyReplicas")) pods to be ready...\n", false)
    }
    let revision = object["status", "updateRevision"]?.string ?? ""
    if object["status", "updateRevision"] != object["status", "currentRevision"] {
      return (
        "waiting for statefulset rolling update to complete \(count("updatedReplicas")) pods at revision "
          + "\(revision)...\n", false
      )
    }
    return (
      "statefulset rolling update complete \(count("currentReplicas")) pods at revision "
        + "\(object["status", "currentRevision"]?.string ?? "")...\n", true
    )
  }
}
