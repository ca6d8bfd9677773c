import API
import Controllers
import Kinds
import Loop
import Testing
import Tree

@Suite("Protection of claims in use")
struct StorageProtectionTests {
  let world = World()

  init() {
    world.start { client in
      let controller = StorageProtectionController(client: client)
      controller.start()
      return controller
    }
  }

  @Test("A claim that is deleted stays until the last pod with a node that uses it is gone")
  func claimInUse() throws {
    try world.addNode("node-1")
    try world.create(
      .persistentVolumeClaim,
      [
        "metadata": ["name": "data", "finalizers": ["kubernetes.io/pvc-protection"]],
        "spec": ["accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": "1Gi"]]],
      ])
    var pod = World.pod("user")
    pod["spec", "volumes"] = [["name": "data", "persistentVolumeClaim": ["claimName": "data"]]]
    try world.create(.pod, pod)
    try world.client.bind(namespace: "default", pod: "user", node: "node-1", cause: world.user)
    try world.client.delete(.persistentVolumeClaim, namespace: "default", name: "data", cause: world.user)
    world.settle()
    #expect(world.get(.persistentVolumeClaim, "data")?["metadata", "deletionTimestamp"] != nil)
    try world.client.delete(.pod, namespace: "default", name: "user", cause: world.user)
    world.advance(.seconds(5))
    #expect(world.pods.isEmpty && world.get(.persistentVolumeClaim, "data") == nil)
  }
}
