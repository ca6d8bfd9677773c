import Kinds
import Store
import Testing
import Tree

@testable import API

@Suite struct EventRecorderTests {
  @Test func repeatedEventsAreCountedAndOthersKeepTheirOrder() throws {
    let world = World()
    let client = Client(writer: world.writer)
    let recorder = EventRecorder(client: client, component: "kubelet", host: "node-1")
    let pod = Pod(["metadata": ["name": "web", "namespace": "default", "uid": "u1"]])
    recorder.record(.normal, "Pulled", "Container image present", about: pod, kind: .pod)
    recorder.record(.normal, "Created", "Container created", about: pod, kind: .pod)
    recorder.record(.normal, "Pulled", "Container image present", about: pod, kind: .pod)
    let events = client.list(.event, namespace: "default").map(\.value)
    #expect(events.map { $0["reason"] } == ["Pulled", "Created"])
    #expect(events.first?["count"] == 2)
    #expect(events.first?["source"] == ["component": "kubelet", "host": "node-1"])
    #expect(events.first?["involvedObject", "uid"] == "u1")
  }
}
