import API
import Cluster
import ClusterTesting
import Kinds
import Network
import Nodes
import Store
import Tree

/// Line 17: requests of a pod to a Service with three pods behind it.
enum TrafficBenchmark {
  private static let requests = 200_000

  static func run() throws {
    let lab = try Lab()
    lab.kubectl("create deployment web --image=nginx:1.27 --replicas=3")
    lab.kubectl("expose deployment web --port=80")
    lab.kubectl("run client --image=busybox -- sleep 1d")
    lab.advance(bySeconds: 60)
    let key = Kind.pod.key(namespace: "default", name: "client")
    guard let client = lab.cluster.client.get(.pod, namespace: "default", name: "client") else { return }
    let pod = Pod(client.value)
    let address = lab.object(.service, "web")?["spec", "clusterIP"]?.string ?? ""
    let sender = Sender(
      Peer(address: pod.status.podIP ?? "", node: pod.spec.nodeName, pod: key), resolver: .node)
    let network = lab.cluster.nodes.network
    let request = Exchange.http(HTTPRequest(method: "GET", path: "/", host: "web", headers: []))
    var answered = 0
    let seconds = Cost.processorSeconds {
      for _ in 0..<requests {
        let passage = network.send(request, to: Destination(host: address, port: 80), from: sender, at: lab.now)
        if case .answered = passage.outcome { answered += 1 }
      }
    }
    precondition(answered == requests, "\(requests - answered) requests failed")
    Measurement(name: "traffic", value: Double(requests) / seconds, unit: "requests/s").show()
  }
}
