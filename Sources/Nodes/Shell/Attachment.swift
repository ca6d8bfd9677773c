import API

/// Somebody who is attached to a container's own program: hears what it writes from now on.
final class Attachment {
  private let plan: ConnectionPlan
  private let run: PodRun
  private let kubelet: Kubelet
  private let sink: (ExecEvent) -> Void
  private var following: Int?

  init(_ plan: ConnectionPlan, run: PodRun, kubelet: Kubelet, sink: @escaping (ExecEvent) -> Void) {
    self.plan = plan
    self.run = run
    self.kubelet = kubelet
    self.sink = sink
  }

  func begin() {
    following = kubelet.logs.follow(pod: run.uid, container: plan.container) { [weak self] line in self?.hear(line) }
  }

  /// Lets go of the program, which goes on.
  func end() {
    if let following { kubelet.logs.unfollow(following) }
    following = nil
  }

  private func hear(_ line: LogLine?) {
    guard let line else { return sink(.exited(code: 0)) }
    let text = line.text + (plan.isTerminal ? "\r\n" : "\n")
    sink(line.isError && !plan.isTerminal ? .error(text) : .output(text))
  }

  func type(_ text: String) {}

  func endInput() {}

  func resize(columns: Int, rows: Int) {}
}
