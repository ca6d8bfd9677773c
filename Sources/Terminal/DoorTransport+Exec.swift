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
    let said = Mailbox<Result<ExecEvent, Status>>()
    let number = CommandNumber()
    let isAccepted = door.submit { cluster in
      do throws(Status) {
        let id = try cluster.commands.start(plan) { said.put(.success($0)) }
        number.id.withLock { $0 = id }
        if let input { cluster.commands.type(input, into: id) }
        if plan.hasInput || plan.purpose == .exec { cluster.commands.endInput(of: id) }
      } catch {
        said.put(.failure(error))
      }
      return nil
    }
    guard isAccepted else { return .refused(Reply(Self.stopped)) }
    cancellation.onCancel { said.close() }
    defer {
      _ = door.submit { cluster in
        if let id = number.id.withLock({ $0 }) { cluster.commands.stop(id) }
        return nil
      }
    }
    while let events = said.takeAll(until: nil) {
      for event in events {
        switch event {
        case .failure(let status): return .refused(Reply(status))
        case .success(.exited(let code)): return .exited(code: code)
        case .success(let event):
          if let output = Output(event), !each(output) { return .exited(code: Execution.interrupted) }
        }
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
