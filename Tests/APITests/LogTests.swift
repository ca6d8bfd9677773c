import Kinds
import Loop
import Store
import Testing
import Tree

@testable import API

/// Logs that are simply there.
private final class KeptLogs: LogSource {
  var kept: [String: [LogLine]] = [:]

  func lines(namespace: String, pod: String, container: String, previous: Bool) -> [LogLine]? {
    previous ? nil : kept[container]
  }

  func follow(
    namespace: String, pod: String, container: String, _ sink: @escaping @Sendable (LogLine?) -> Void
  ) -> Int { 0 }

  func unfollow(_ id: Int) {}
}

@Suite struct LogTests {
  private let log = "/api/v1/namespaces/default/pods/a/log"
  private let started = Time(seconds: 1_790_000_000)

  private func worldWithPod(status: Value) -> World {
    let world = World()
    world.send("POST", "/api/v1/namespaces/default/pods", World.pod("a", node: "n1"))
    let body: Value = ["status": status]
    world.send(
      "PATCH", "/api/v1/namespaces/default/pods/a/status", body.jsonText, type: "application/merge-patch+json")
    return world
  }

  private var runningWorld: World {
    worldWithPod(status: ["containerStatuses": [Self.status(["running": ["startedAt": "2026-11-21T00:00:00Z"]])]])
  }

  private static func status(_ state: Value) -> Value {
    ["name": "c", "ready": false, "restartCount": 0, "image": "i", "imageID": "", "state": state]
  }

  private func plan(_ world: World, _ query: String) -> LogPlan? {
    guard case .log(let plan) = world.server.read(APIRequest("GET", log + query, caller: .admin)) else { return nil }
    return plan
  }

  private func text(_ world: World, _ query: String) throws -> String {
    let source = KeptLogs()
    source.kept["c"] = (1...3).map { LogLine(time: started + .seconds(Int64($0)), text: "line \($0)") }
    let plan = try #require(self.plan(world, query))
    return String(decoding: try plan.answer(from: source, now: started + .seconds(4)).joinedBody, as: UTF8.self)
  }

  @Test func optionsCutTheLog() throws {
    let world = runningWorld
    #expect(try text(world, "") == "line 1\nline 2\nline 3\n")
    #expect(try text(world, "?tailLines=1") == "line 3\n")
    #expect(try text(world, "?sinceSeconds=2") == "line 2\nline 3\n")
    #expect(try text(world, "?limitBytes=4") == "line")
    #expect(
      try text(world, "?tailLines=1&timestamps=true")
        == "\((started + .seconds(3)).timestamp.dropLast()).000000000Z line 3\n")
    #expect(plan(world, "?follow=true")?.follows == true)
  }

  @Test func refusalsAreInKubernetesWords() throws {
    let world = runningWorld
    #expect(
      world.send("GET", log + "?container=x").message == "container x is not valid for pod a")
    #expect(world.send("GET", log + "?tailLines=-1").status == 422)
    #expect(world.send("GET", "/api/v1/namespaces/default/pods/b/log").message == "pods \"b\" not found")
    let previous = try #require(self.plan(world, "?previous=true"))
    #expect(throws: Status.badRequest("previous terminated container \"c\" in pod \"a\" not found")) {
      try previous.answer(from: KeptLogs(), now: started)
    }
  }

  @Test func aContainerThatHasNotStartedHasNoLog() {
    let creating = worldWithPod(status: [
      "containerStatuses": [Self.status(["waiting": ["reason": "ContainerCreating"]])]
    ])
    #expect(
      creating.send("GET", log).message
        == "container \"c\" in pod \"a\" is waiting to start: ContainerCreating")
    let failing = worldWithPod(status: [
      "containerStatuses": [Self.status(["waiting": ["reason": "ImagePullBackOff"]])]
    ])
    #expect(
      failing.send("GET", log).message
        == "container \"c\" in pod \"a\" is waiting to start: trying and failing to pull image")
  }

  @Test func severalContainersNeedAName() {
    let world = World()
    world.send(
      "POST", "/api/v1/namespaces/default/pods",
      """
      {"metadata":{"name":"a"},"spec":{"nodeName":"n1","containers":[{"name":"c","image":"i"},
      {"name":"d","image":"i"}]}}
      """)
    #expect(
      world.send("GET", log).message == "a container name must be specified for pod a, choose one of: [c d]")
  }
}
