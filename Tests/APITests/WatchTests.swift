import Kinds
import Store
import Testing
import Tree

@testable import API

@Suite struct WatchTests {
  private let configMaps = "/api/v1/namespaces/default/configmaps"

  private func text(_ frames: [[UInt8]]) -> String { String(decoding: frames.joined(), as: UTF8.self) }

  private func types(_ frames: [[UInt8]]) -> [String] {
    text(frames).split(separator: "\n").compactMap { try? JSON.parse(String($0))["type"]?.string }
  }

  private func changes(_ world: World, after revision: Int64) -> [Change] { world.feed.changes(after: revision) ?? [] }

  @Test func watchWithoutRevisionBeginsWithWhatIsThere() throws {
    let world = World()
    world.send("POST", configMaps, World.configMap("a"))
    let plan = try #require(world.watch(configMaps + "?watch=1"))
    #expect(plan.startRevision == nil)
    #expect(types(plan.opening(snapshot: world.feed.snapshot)) == ["ADDED"])
  }

  @Test func anObjectThatLeavesTheSelectorIsDeleted() throws {
    let world = World()
    let start = world.feed.snapshot.revision
    let plan = try #require(world.watch(configMaps + "?watch=true&labelSelector=k%3Dv&resourceVersion=\(start)"))
    #expect(plan.opening(snapshot: world.feed.snapshot).isEmpty)
    world.send("POST", configMaps, World.configMap("a"))
    world.send(
      "PATCH", configMaps + "/a", #"{"metadata":{"labels":{"k":"v"}}}"#, type: "application/merge-patch+json")
    world.send(
      "PATCH", configMaps + "/a", #"{"data":{"b":"2"}}"#, type: "application/merge-patch+json")
    world.send(
      "PATCH", configMaps + "/a", #"{"metadata":{"labels":{"k":null}}}"#, type: "application/merge-patch+json")
    let frames = changes(world, after: start).flatMap(plan.frames(for:))
    #expect(types(frames) == ["ADDED", "MODIFIED", "DELETED"])
    let last = try JSON.parse(String(try #require(text(frames).split(separator: "\n").last)))
    #expect(last["object", "metadata", "labels", "k"] == "v")
    #expect(last["object", "metadata", "resourceVersion"]?.string == String(world.feed.snapshot.revision))
  }

  @Test func otherKindsAndNamespacesDoNotConcernAWatch() throws {
    let world = World()
    let start = world.feed.snapshot.revision
    let plan = try #require(world.watch(configMaps + "?watch=1&resourceVersion=\(start)"))
    world.send("POST", "/api/v1/namespaces/kube-system/configmaps", World.configMap("a"))
    world.send("POST", "/api/v1/namespaces/default/pods", World.pod("a"))
    #expect(changes(world, after: start).flatMap(plan.frames(for:)).isEmpty)
  }

  @Test func eventStreamFramesCarryTheRevision() throws {
    let world = World()
    let start = world.feed.snapshot.revision
    let plan = try #require(
      world.watch(configMaps + "?watch=1&resourceVersion=\(start)", accept: "text/event-stream"))
    world.send("POST", configMaps, World.configMap("a"))
    let frame = text(changes(world, after: start).flatMap(plan.frames(for:)))
    #expect(plan.contentType == "text/event-stream")
    #expect(frame.hasPrefix("id: \(start + 1)\nevent: ADDED\ndata: {\"type\":\"ADDED\",\"object\":{"))
    #expect(frame.hasSuffix("}\n\n"))
  }

  @Test func initialEventsEndWithABookmark() throws {
    let world = World()
    world.send("POST", configMaps, World.configMap("a"))
    let plan = try #require(
      world.watch(
        configMaps
          + "?watch=1&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan"))
    let opening = plan.opening(snapshot: world.feed.snapshot)
    #expect(types(opening) == ["ADDED", "BOOKMARK"])
    #expect(text(opening).contains("\"k8s.io/initial-events-end\":\"true\""))
    let refused = world.send("GET", configMaps + "?watch=1&sendInitialEvents=true")
    #expect(refused.status == 422)
  }

  @Test func aStartTooLongAgoIsSaidAsAnEvent() throws {
    let plan = try #require(World().watch(configMaps + "?watch=1&resourceVersion=1"))
    let event = text([plan.expired(oldest: 5)])
    #expect(event.hasPrefix(#"{"type":"ERROR","object":{"kind":"Status""#))
    #expect(event.contains("too old resource version: 1 (5)"))
    #expect(event.contains("\"code\":410"))
  }

  @Test func theOldWatchPathNamesOneObject() throws {
    let world = World()
    world.send("POST", configMaps, World.configMap("a"))
    world.send("POST", configMaps, World.configMap("b"))
    let plan = try #require(world.watch("/api/v1/watch/namespaces/default/configmaps/b"))
    #expect(types(plan.opening(snapshot: world.feed.snapshot)) == ["ADDED"])
  }
}
