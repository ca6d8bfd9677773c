package import API
import Kinds
package import Nodes

/// The kubelets' logs, as the API reads them.
extension NodePool: API.LogSource {
  package func lines(namespace: String, pod: String, container: String, previous: Bool) -> [API.LogLine]? {
    log(pod: Kind.pod.key(namespace: namespace, name: pod), container: container, previous: previous)?.map(\.line)
  }

  package func follow(
    namespace: String, pod: String, container: String, _ sink: @escaping @Sendable (API.LogLine?) -> Void
  ) -> Int {
    let key = Kind.pod.key(namespace: namespace, name: pod)
    if let id = follow(pod: key, container: container, { sink($0?.line) }) { return id }
    sink(nil)
    return 0
  }
}

extension Nodes.LogLine {
  fileprivate var line: API.LogLine { API.LogLine(time: time, text: text) }
}
