import API
import Cluster
import Kinds
package import Kubectl
import Synchronization

extension DoorTransport {
  package func execute(_ call: Call, input: String?, each: (Output) -> Bool) -> Execution {
    let plan: ConnectionPlan
    do throws(Status) {
      plan = try api.connectionPlan(try api.authenticated(APIRequest(call, caller: caller)))
    } catch {
      return .refused(Reply(error))
    }
    guard let commands else { return .refused(Reply(plan.notRunning)) }
    let said = Mailbox<ExecEvent?>()
    let number = CommandNumber()
    let isAccepted = door.submit { cluster in
      let id = commands(cluster).start(plan) { said.put($0) }
      number.id.withLock { $0 = id }
      guard let id else {
        said.put(nil)
        return nil
      }
      if let input { commands(cluster).type(input, into: id) }
      commands(cluster).endInput(of: id)
      return nil
    }
    guard isAccepted else { return .refused(Reply(Self.stopped)) }
    cancellation.onCancel { said.close() }
    defer {
      _ = door.submit { cluster in
        if let id = number.id.withLock({ $0 }) { commands(cluster).stop(id) }
        return nil
      }
    }
    while let events = said.takeAll(until: nil) {
      for event in events {
        guard let event else { return .refused(Reply(plan.notRunning)) }
        if case .exited(let code) = event { return .exited(code: code) }
        if let output = Output(event), !each(output) { return .exited(code: 130) }
      }
    }
    return .refused(Reply(Self.interrupted))
  }
}

extension Output {
  /// Nil for what is no output.
  init?(_ event: ExecEvent) {
    switch event {
    case .output(let text): self = .out(text)
    case .error(let text): self = .error(text)
    case .exited: return nil
    }
  }
}

/// Which command it is, once that is known.
private final class CommandNumber: Sendable {
  let id = Mutex<Int?>(nil)
}
