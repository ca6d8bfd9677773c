import API
import Cluster
import ClusterTesting
import Kinds
import Loop
import Network
import Nodes
import Tree

/// A cluster with a Deployment `web` of three pods behind a Service, and a pod `client` to ask from.
final class Town {
  let lab: Lab

  init(seed: UInt64 = 7, web: Bool = true) throws {
    lab = try Lab(seed: seed)
    if web {
      lab.kubectl("create deployment web --image=nginx:1.27 --replicas=3")
      lab.kubectl("expose deployment web --port=80")
    }
    lab.kubectl("run client --image=busybox:1.36 --labels=run=client -- sleep 100000")
    lab.advance(bySeconds: 20)
  }

  /// What a command in the pod prints, and its exit code; time passes as it takes.
  @discardableResult
  func run(_ command: String, in pod: String = "client", namespace: String = "default") -> (output: String, code: Int) {
    let result = lab.cluster.nodes.execute(
      ["sh", "-c", command], pod: Kind.pod.key(namespace: namespace, name: pod), container: container(pod, namespace))
    lab.settle()
    return (result?.output ?? "not running", result?.exitCode ?? -1)
  }

  private func container(_ pod: String, _ namespace: String) -> String {
    let value = lab.object(.pod, pod, namespace: namespace)
    return value?["spec"]?["containers"]?.array?.first?["name"]?.string ?? ""
  }

  /// Sends a request from the pod.
  func send(_ exchange: Exchange = .http(HTTPRequest()), to host: String, port: Int = 80, from pod: String = "client")
    -> Passage
  {
    let value = Pod(lab.object(.pod, pod) ?? [:])
    let peer = Peer(
      address: value.status.podIP ?? "", node: value.spec.nodeName, pod: Kind.pod.key(namespace: "default", name: pod))
    return lab.cluster.nodes.network.send(
      exchange, to: Destination(host: host, port: port),
      from: Sender(peer, resolver: ResolverConfiguration(pod: value)), at: lab.now)
  }

  func address(ofService name: String, namespace: String = "default") -> String {
    lab.object(.service, name, namespace: namespace)?["spec"]?["clusterIP"]?.string ?? ""
  }

  func address(ofPod name: String, namespace: String = "default") -> String {
    lab.object(.pod, name, namespace: namespace)?["status"]?["podIP"]?.string ?? ""
  }

  /// The pods of a label, by name.
  func pods(_ label: String, namespace: String = "default") -> [Pod] {
    lab.objects(.pod, namespace: namespace).map { Pod($0) }.filter { $0.metadata.labels["app"] == label }
  }
}
