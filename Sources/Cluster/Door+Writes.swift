package import API
import Kinds
import Synchronization

extension Door {
  /// Runs a request that writes on the cluster's loop; `reply` is called once what it wrote is durable.
  ///
  /// A write that waits for webhooks leaves the loop: the calls are made, and it comes back with their answers, which
  /// are inputs of a later turn like any other. Answers whether the cluster still runs.
  package func write(
    _ request: APIRequest, to api: APIServer, reply: @escaping @Sendable (APIResponse) -> Void
  ) -> Bool {
    run(WriteAttempt(request), api, waits: APIServer.waitsLimit, reply)
  }

  private func run(
    _ attempt: WriteAttempt, _ api: APIServer, waits: Int, _ reply: @escaping @Sendable (APIResponse) -> Void
  ) -> Bool {
    submit { [self] cluster in
      switch api.attempt(attempt, with: cluster.writer) {
      case .response(let response): return { reply(response) }
      case .waits(let attempt, let calls):
        guard waits > 0 else { return { reply(api.refusal(.webhooksWithoutEnd, to: attempt.request)) } }
        return { self.make(calls, for: attempt, api, waits: waits, reply) }
      }
    }
  }

  /// Makes the calls that the cluster's own parts wait for; they hear of the answers in a later turn.
  func callWebhooks(of cluster: Cluster) {
    guard let webhooks = cluster.options.webhooks, let writes = cluster.writer.componentWrites else { return }
    for (write, call) in writes.takeCalls() {
      webhooks.call(call) { reply in
        _ = self.submit { cluster in
          cluster.writer.componentWrites?.know(reply, to: call, of: write)
          return nil
        }
      }
    }
  }

  /// Has the clusters made and removed that the cluster's Forks ask for.
  func callForks(of cluster: Cluster) {
    guard let maker = cluster.options.forks else { return }
    for call in cluster.forks.takeCalls() {
      BackgroundThread.start {
        let problem =
          switch call.deed {
          case .make(let contents): maker.make(call.cluster, from: contents)
          case .remove: maker.remove(call.cluster)
          }
        _ = self.submit { cluster in
          cluster.forks.know(problem, of: call)
          return nil
        }
      }
    }
  }

  /// Makes the calls at the same time, and runs the attempt again when the last is answered.
  private func make(
    _ calls: [WebhookCall], for attempt: WriteAttempt, _ api: APIServer, waits: Int,
    _ reply: @escaping @Sendable (APIResponse) -> Void
  ) {
    let answers = CallAnswers(count: calls.count)
    for (index, call) in calls.enumerated() {
      api.webhooks.call(call) { answer in
        guard let all = answers.put(answer, at: index) else { return }
        let next = attempt.knowing(Array(zip(calls, all)))
        if !self.run(next, api, waits: waits - 1, reply) { reply(api.refusal(.stopped, to: attempt.request)) }
      }
    }
  }
}

extension Status {
  fileprivate static let stopped = Status(
    code: 503, reason: "ServiceUnavailable", message: "the cluster has stopped",
    details: Details(retryAfterSeconds: 1))
}

/// Collects the answers to several calls.
private final class CallAnswers: Sendable {
  private let answers: Mutex<[WebhookReply?]>

  init(count: Int) { answers = Mutex([WebhookReply?](repeating: nil, count: count)) }

  /// Keeps an answer; gives all of them when it is the last.
  func put(_ answer: WebhookReply, at index: Int) -> [WebhookReply]? {
    answers.withLock { answers in
      guard answers[index] == nil else { return nil }
      answers[index] = answer
      let known = answers.compactMap { $0 }
      return known.count == answers.count ? known : nil
    }
  }
}
