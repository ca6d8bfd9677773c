package import API
package import Kinds
package import Store

/// A command to run in a container.
package struct ExecRequest: Sendable {
  package var pod: ObjectKey
  package var container: String
  package var command: [String]
  /// Whether it talks with a terminal: echo, a prompt, both outputs in one.
  package var isTerminal: Bool
  /// Whether it is given standard input.
  package var hasInput: Bool

  package init(pod: ObjectKey, container: String, command: [String], isTerminal: Bool = false, hasInput: Bool = false) {
    self.pod = pod
    self.container = container
    self.command = command
    self.isTerminal = isTerminal
    self.hasInput = hasInput
  }
}

extension NodePool: CommandRunner {
  package func start(_ plan: ConnectionPlan, sink: @escaping (ExecEvent) -> Void) throws(Status) -> Int {
    if let obstacle = obstacle(of: plan.pod) { throw obstacle }
    guard !sessions.isFull else {
      throw Status(
        code: 503, reason: "ServiceUnavailable",
        message: "as many commands run in containers as the limit of \(SessionBoard.limit) allows")
    }
    let id =
      switch plan.purpose {
      case .exec:
        start(
          ExecRequest(
            pod: plan.pod, container: plan.container, command: plan.command, isTerminal: plan.isTerminal,
            hasInput: plan.hasInput), sink: sink)
      case .attach: attach(plan, sink: sink)
      }
    guard let id else { throw plan.notRunning }
    return id
  }

  /// Why the API server cannot reach the kubelet of the pod's node, as it words it; nil where it can.
  package func obstacle(of pod: ObjectKey) -> Status? {
    guard let kubelet = kubelet(of: pod), kubelet.isDown else { return nil }
    return Status(
      code: 500, reason: "InternalError",
      message: "error dialing backend: dial tcp \(kubelet.address):10250: i/o timeout")
  }

  /// Starts a command in a running container; `sink` hears what it writes, at the cluster's time, and last that it has
  /// exited. Answers what `type`, `endInput` and `stop` take; nil where the container does not run, or there are too
  /// many.
  package func start(_ request: ExecRequest, sink: @escaping (ExecEvent) -> Void) -> Int? {
    guard !sessions.isFull, let kubelet = kubelet(of: request.pod), let run = kubelet.run(of: request.pod) else {
      return nil
    }
    if let pod = client.store[request.pod] { kubelet.renewTokens(run, Pod(pod.value)) }
    let id = sessions.nextNumber()
    let session = ExecSession(request, run: run, loop: client.loop) { [weak self] event in
      if case .exited = event { self?.forget(id) }
      sink(event)
    }
    guard let session else { return nil }
    let following = logs.follow(pod: run.uid, container: request.container) { line in
      if line == nil { session.stop() }
    }
    sessions[id] = .exec(session, following: following)
    session.start()
    return id
  }

  private func attach(_ plan: ConnectionPlan, sink: @escaping (ExecEvent) -> Void) -> Int? {
    guard let kubelet = kubelet(of: plan.pod), let run = kubelet.run(of: plan.pod),
      run.container(plan.container)?.state.isRunning == true
    else { return nil }
    let id = sessions.nextNumber()
    let attachment = Attachment(plan, run: run, kubelet: kubelet) { [weak self] event in
      if case .exited = event { self?.forget(id) }
      sink(event)
    }
    sessions[id] = .attachment(attachment)
    attachment.begin()
    return id
  }

  private func forget(_ id: Int) {
    switch sessions[id] {
    case .exec(_, let following): logs.unfollow(following)
    case .attachment(let attachment): attachment.end()
    case .connection, nil: return
    }
    sessions[id] = nil
  }

  package func type(_ text: String, into id: Int) {
    switch sessions[id] {
    case .exec(let session, _): session.type(text)
    case .attachment(let attachment): attachment.type(text)
    case .connection, nil: break
    }
  }

  package func endInput(of id: Int) {
    switch sessions[id] {
    case .exec(let session, _): session.endInput()
    case .attachment(let attachment): attachment.endInput()
    case .connection, nil: break
    }
  }

  package func resize(_ id: Int, columns: Int, rows: Int) {
    switch sessions[id] {
    case .exec(let session, _): session.resize(columns: columns, rows: rows)
    case .attachment(let attachment): attachment.resize(columns: columns, rows: rows)
    case .connection, nil: break
    }
  }

  package func stop(_ id: Int) {
    switch sessions[id] {
    case .exec(let session, _): session.stop()
    case .attachment: forget(id)
    case .connection, nil: break
    }
  }
}
