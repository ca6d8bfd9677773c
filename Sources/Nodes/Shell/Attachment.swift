import API
import Kinds
import Store
import Tree

/// Somebody who is attached to a container's own program: hears what it writes from now on, and types, where the
/// container keeps its standard input open.
final class Attachment {
  private let plan: ConnectionPlan
  private let run: PodRun
  private let kubelet: Kubelet
  private let sink: (ExecEvent) -> Void
  /// Whether the program's input ends with that of the first who is attached.
  private let isInputOnce: Bool
  private let isTerminal: Bool
  private var following: Int?
  private var wasDrawn = false

  init(_ plan: ConnectionPlan, run: PodRun, kubelet: Kubelet, sink: @escaping (ExecEvent) -> Void) {
    self.plan = plan
    self.run = run
    self.kubelet = kubelet
    self.sink = sink
    let pod = kubelet.client.store[plan.pod]?.value
    let containers = ["containers", "initContainers"].flatMap { pod?["spec", $0]?.array ?? [] }
    let spec = containers.first { $0["name"]?.string == plan.container }
    isInputOnce = spec?["stdinOnce"]?.boolean ?? false
    isTerminal = spec?["tty"]?.boolean ?? false
  }

  func begin() {
    run.update(plan.container) { $0.changeListeners(by: 1) }
    run.attachments.append((plan.container, self))
    following = kubelet.logs.follow(pod: run.uid, container: plan.container) { [weak self] line in
      if line == nil { self?.sink(.exited(code: 0)) }
    }
  }

  /// Lets go of the program, which goes on.
  func end() {
    guard let following else { return }
    kubelet.logs.unfollow(following)
    self.following = nil
    run.attachments.removeAll { $0.attachment === self }
    run.update(plan.container) { $0.changeListeners(by: -1) }
    endInput()
  }

  /// The program has written something.
  func hear(_ text: String, isError: Bool) {
    if isTerminal {
      sink(.output(text.asOnTerminal))
    } else {
      sink(isError ? .error(text) : .output(text))
    }
  }

  func type(_ text: String) {
    guard plan.hasInput else { return }
    let echo = run.update(plan.container) { $0.program?.type(text) ?? "" } ?? ""
    if !echo.isEmpty { sink(.output(echo)) }
    kubelet.add(plan.pod)
  }

  func endInput() {
    guard plan.hasInput, isInputOnce else { return }
    run.update(plan.container) { $0.endInput() }
    kubelet.add(plan.pod)
  }

  /// A program draws anew when its terminal's size changes: whoever comes to a waiting shell sees its prompt.
  func resize(columns: Int, rows: Int) {
    guard isTerminal, !wasDrawn else { return }
    wasDrawn = true
    let screen = run.container(plan.container)?.program?.screen ?? ""
    if !screen.isEmpty { sink(.output("\r" + screen)) }
  }
}
