import API
import Kinds
import Loop
import Nodes
import Store
import Testing
import Tree

@Suite("Volumes")
struct VolumeTests {
  private func run(_ command: String, in world: World, _ pod: String, _ container: String = "web") -> String {
    let key = Kind.pod.key(namespace: "default", name: pod)
    return world.nodes.execute(["sh", "-c", command], pod: key, container: container)?.output ?? "not running"
  }

  @Test func containersOfAPodShareAnEmptyDirectory() throws {
    let world = World()
    let mount: Value = [["name": "shared", "mountPath": "/data"]]
    try world.run(
      "two", image: "busybox",
      spec: [
        "containers": [
          ["name": "a", "image": "busybox", "command": ["sleep", "1000"], "volumeMounts": mount],
          [
            "name": "b", "image": "busybox", "command": ["sleep", "1000"],
            "volumeMounts": [["name": "shared", "mountPath": "/other", "readOnly": true]],
          ],
        ],
        "volumes": [["name": "shared", "emptyDir": [:]]],
      ])
    world.advance(.seconds(10))
    #expect(run("echo hello > /data/x; ls /data", in: world, "two", "a") == "x\n")
    #expect(run("cat /other/x", in: world, "two", "b") == "hello\n")
    #expect(run("echo no > /other/x", in: world, "two", "b") == "sh: can't create /other/x: Read-only file system\n")
    #expect(run("cat /data/x", in: world, "two", "b").contains("No such file or directory"))
    #expect(
      run("echo no > /nowhere/x", in: world, "two", "b") == "sh: can't create /nowhere/x: nonexistent directory\n")
  }

  @Test func aConfigMapsFilesFollowItButNotAPartOfThem() throws {
    let world = World()
    let map = try world.create(
      .configMap, ["metadata": ["name": "settings", "namespace": "default"], "data": ["color": "blue"]])
    try world.run(
      "reader", image: "busybox",
      container: [
        "command": ["sleep", "1000"],
        "volumeMounts": [
          ["name": "settings", "mountPath": "/etc/settings"],
          ["name": "settings", "mountPath": "/etc/color", "subPath": "color"],
        ],
      ], spec: ["volumes": [["name": "settings", "configMap": ["name": "settings"]]]])
    world.advance(.seconds(10))
    #expect(run("cat /etc/settings/color /etc/color", in: world, "reader") == "blueblue")
    var changed = map.value
    changed["data", "color"] = "red"
    try world.client.update(.configMap, changed, cause: World.cause)
    world.advance(.seconds(65))
    #expect(run("cat /etc/settings/color /etc/color", in: world, "reader") == "redblue")
  }

  @Test func aVolumeWhoseConfigMapIsNotThereHoldsUpThePod() throws {
    let world = World()
    try world.run(
      "reader", image: "nginx:1.27", container: ["volumeMounts": [["name": "s", "mountPath": "/s"]]],
      spec: ["volumes": [["name": "s", "configMap": ["name": "later"]]]])
    world.advance(.seconds(10))
    #expect(world.state("reader") == "waiting ContainerCreating")
    #expect(
      world.events("reader").contains {
        $0.hasPrefix("FailedMount: MountVolume.SetUp failed for volume \"s\" : configmap \"later\" not found")
      })
    try world.create(.configMap, ["metadata": ["name": "later", "namespace": "default"], "data": [:]])
    world.advance(.seconds(130))
    #expect(world.state("reader") == "running")
  }

  @Test func theDownwardAPITellsThePodOfItself() throws {
    let world = World()
    try world.create(
      .pod,
      [
        "metadata": ["name": "self", "namespace": "default", "labels": ["app": "x", "tier": "y"]],
        "spec": [
          "nodeName": "node-1",
          "containers": [
            [
              "name": "web", "image": "busybox", "command": ["sleep", "1000"],
              "resources": ["limits": ["cpu": "250m", "memory": "64Mi"]],
              "env": [
                ["name": "NODE", "valueFrom": ["fieldRef": ["fieldPath": "spec.nodeName"]]],
                [
                  "name": "MEMORY", "valueFrom": ["resourceFieldRef": ["resource": "limits.memory", "divisor": "1Mi"]],
                ],
                ["name": "CPU", "valueFrom": ["resourceFieldRef": ["resource": "limits.cpu"]]],
              ],
              "volumeMounts": [["name": "info", "mountPath": "/info"]],
            ]
          ],
          "volumes": [
            [
              "name": "info",
              "downwardAPI": [
                "items": [
                  ["path": "labels", "fieldRef": ["fieldPath": "metadata.labels"]],
                  ["path": "deep/name", "fieldRef": ["fieldPath": "metadata.name"]],
                ]
              ],
            ]
          ],
        ],
      ])
    world.advance(.seconds(10))
    #expect(run("echo $NODE $MEMORY $CPU", in: world, "self") == "node-1 64 1\n")
    #expect(run("cat /info/labels", in: world, "self") == "app=\"x\"\ntier=\"y\"")
    #expect(run("cat /info/deep/name", in: world, "self") == "self")
  }

  @Test func aNodesDirectoryOutlivesThePod() throws {
    let world = World(nodes: 2)
    let spec: Value = ["volumes": [["name": "d", "hostPath": ["path": "/var/data"]]]]
    let container: Value = ["command": ["sleep", "1000"], "volumeMounts": [["name": "d", "mountPath": "/d"]]]
    try world.run("one", image: "busybox", container: container, spec: spec)
    world.advance(.seconds(10))
    #expect(run("echo kept > /d/x", in: world, "one") == "")
    try world.delete("one", grace: 0)
    try world.run("two", image: "busybox", container: container, spec: spec)
    try world.run("far", image: "busybox", node: "node-2", container: container, spec: spec)
    world.advance(.seconds(10))
    #expect(run("cat /d/x", in: world, "two") == "kept\n")
    #expect(run("ls /d", in: world, "far") == "")
  }
}
