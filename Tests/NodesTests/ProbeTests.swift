import API
import Kinds
import Loop
import Nodes
import Store
import Testing
import Tree

@Suite("Probes")
struct ProbeTests {
  @Test func aSlowApplicationBecomesReadyLate() throws {
    let world = World()
    try world.run(
      "slow", image: "hello:slow",
      container: ["readinessProbe": ["httpGet": ["path": "/ready", "port": 8080], "periodSeconds": 5]])
    world.advance(.seconds(10))
    #expect(world.state("slow") == "running")
    #expect(world.pod("slow")?.isReady == false)
    let condition = world.pod("slow")?.status.conditions.first { $0.type == "Ready" }
    #expect(condition?.reason == "ContainersNotReady")
    #expect(condition?.message == "containers with unready status: [web]")
    let ip = world.pod("slow")?.status.podIP ?? ""
    let event = world.events("slow").last ?? ""
    #expect(
      event.hasPrefix(
        "Unhealthy: Readiness probe failed: Get \"http://\(ip):8080/ready\": dial tcp \(ip):8080: connect: connection refused"
      ))
    world.advance(.seconds(20))
    #expect(world.pod("slow")?.isReady == true)
  }

  /// The exercise of Kubernetes' own documentation.
  @Test func aFailedLivenessProbeRestartsTheContainer() throws {
    let world = World()
    try world.run(
      "live", image: "busybox",
      container: [
        "args": ["/bin/sh", "-c", "touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600"],
        "livenessProbe": [
          "exec": ["command": ["cat", "/tmp/healthy"]], "initialDelaySeconds": 5, "periodSeconds": 5,
        ],
      ])
    world.advance(.seconds(35))
    #expect(world.pod("live")?.status.containerStatuses.first?.restartCount == 0)
    world.advance(.seconds(60))
    #expect(world.pod("live")?.status.containerStatuses.first?.restartCount == 1)
    #expect(
      world.events("live").contains { $0.hasPrefix("Unhealthy: Liveness probe failed: cat: can't open '/tmp/healthy'") }
    )
    #expect(world.events("live").contains("Killing: Container web failed liveness probe, will be restarted"))
  }

  @Test func theStartupProbeHoldsUpTheOthers() throws {
    let world = World()
    try world.run(
      "slow", image: "hello:slow",
      container: [
        "startupProbe": ["httpGet": ["path": "/", "port": 8080], "periodSeconds": 2, "failureThreshold": 30],
        "livenessProbe": ["httpGet": ["path": "/", "port": 8080], "periodSeconds": 1, "failureThreshold": 1],
      ])
    world.advance(.seconds(40))
    #expect(world.pod("slow")?.status.containerStatuses.first?.restartCount == 0)
    #expect(world.pod("slow")?.isReady == true)
  }
}
