import Kinds
import Store
import Testing
import Tree

@testable import API

@Suite("Kinds that show other kinds' objects")
struct OtherVersionTests {
  private let scalers = "/namespaces/default/horizontalpodautoscalers"
  private let new = "/apis/events.k8s.io/v1/namespaces/default/events"
  private let old = "/api/v1/namespaces/default/events"

  private static let event = """
    {"metadata":{"name":"e"},"eventTime":"2026-01-02T03:04:05.000006Z","reportingController":"example.com/c",
    "reportingInstance":"c-1","action":"Binding","reason":"Scheduled","type":"Normal","note":"done",
    "regarding":{"kind":"Pod","namespace":"default","name":"web"}}
    """

  @Test("an event of events.k8s.io is one of the core group")
  func events() throws {
    let world = World()
    let made = world.send("POST", new, Self.event)
    #expect(made.status == 201, "\(made.message)")
    #expect(made.value["apiVersion"] == "events.k8s.io/v1")
    #expect(made.value["note"] == "done")
    #expect(made.value["metadata", "managedFields"]?.array?.first?["apiVersion"] == "events.k8s.io/v1")
    let same = world.send("GET", old + "/e")
    #expect(same.value["message"] == "done")
    #expect(same.value["involvedObject", "name"] == "web")
    #expect(same.value["reportingComponent"] == "example.com/c")
    #expect(world.send("GET", new + "?fieldSelector=regarding.name%3Dweb").names == ["e"])
    #expect(world.send("GET", new + "?fieldSelector=regarding.name%3Dother").names.isEmpty)
    #expect(world.send("GET", new + "?fieldSelector=involvedObject.name%3Dweb").status == 400)
    #expect(world.send("DELETE", new + "/e").status == 200)
    #expect(world.send("GET", old + "/e").message == "events \"e\" not found")
  }

  @Test("what events.k8s.io asks besides is asked, of creations and of changes")
  func eventRules() {
    let world = World()
    let without = Self.event.replacing("\"eventTime\":\"2026-01-02T03:04:05.000006Z\",", with: "")
    #expect(world.send("POST", new, without).message.contains("eventTime: Required value"))
    world.send("POST", new, Self.event)
    let changed = world.send("PATCH", new + "/e", #"{"note":"x"}"#, type: "application/merge-patch+json")
    #expect(changed.message == "Event \"e\" is invalid: message: Invalid value: \"x\": field is immutable")
    let older = world.send("PATCH", old + "/e", #"{"message":"x"}"#, type: "application/merge-patch+json")
    #expect(older.status == 200, "\(older.message)")
  }

  @Test("an autoscaler's v1 keeps in annotations what it has no field for, and loses nothing")
  func autoscalers() throws {
    let world = World()
    let made = world.send(
      "POST", "/apis/autoscaling/v2" + scalers,
      """
      {"metadata":{"name":"h"},"spec":{"maxReplicas":5,"scaleTargetRef":{"kind":"Deployment","name":"d",
      "apiVersion":"apps/v1"},"behavior":{"scaleDown":{"stabilizationWindowSeconds":60}},"metrics":[
      {"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":60}}},
      {"type":"Pods","pods":{"metric":{"name":"rps"},"target":{"type":"AverageValue","averageValue":"10"}}}]}}
      """)
    #expect(made.status == 201, "\(made.message)")
    let shown = world.send("GET", "/apis/autoscaling/v1" + scalers + "/h").value
    #expect(shown["spec", "targetCPUUtilizationPercentage"] == 60)
    let annotations = try #require(shown["metadata", "annotations"])
    #expect(
      annotations["autoscaling.alpha.kubernetes.io/metrics"]
        == #"[{"type":"Pods","pods":{"metricName":"rps","targetAverageValue":"10"}}]"#)
    #expect(
      annotations["autoscaling.alpha.kubernetes.io/behavior"]?.string?.contains(#""StabilizationWindowSeconds":60"#)
        == true)
    let put = world.send(
      "PATCH", "/apis/autoscaling/v1" + scalers + "/h", #"{"spec":{"maxReplicas":6}}"#,
      type: "application/merge-patch+json")
    #expect(put.status == 200, "\(put.message)")
    let after = world.send("GET", "/apis/autoscaling/v2" + scalers + "/h").value
    #expect(after["spec", "maxReplicas"] == 6)
    #expect(after["spec", "behavior"] == made.value["spec", "behavior"])
    #expect(after["metadata", "annotations"] == nil)
    let metrics = Set(after["spec", "metrics"]?.array ?? [])
    #expect(metrics == Set(made.value["spec", "metrics"]?.array ?? []))
  }

  @Test("a manager owns fields by the names of the version in which it wrote")
  func owners() throws {
    let world = World()
    let body = """
      {"apiVersion":"autoscaling/v1","kind":"HorizontalPodAutoscaler","metadata":{"name":"h"},
      "spec":{"maxReplicas":5,"targetCPUUtilizationPercentage":50,
      "scaleTargetRef":{"kind":"Deployment","name":"d","apiVersion":"apps/v1"}}}
      """
    let apply = { (manager: String, body: String, path: String) in
      world.send(
        "PATCH", path + self.scalers + "/h?fieldManager=" + manager, body, type: "application/apply-patch+yaml")
    }
    #expect(apply("one", body, "/apis/autoscaling/v1").status == 201)
    let next = """
      {"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"h"},"spec":{"metrics":[
      {"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":70}}}]}}
      """
    let conflict = apply("two", next, "/apis/autoscaling/v2")
    #expect(conflict.status == 409, "\(conflict.text)")
    #expect(conflict.message.contains(".spec.targetCPUUtilizationPercentage"), "\(conflict.message)")
  }

  @Test("a watch shows events under their other names")
  func watch() throws {
    let world = World()
    let start = world.feed.snapshot.revision
    let plan = try #require(world.watch(new + "?watch=1&resourceVersion=\(start)"))
    world.send("POST", new, Self.event)
    let frames = (world.feed.changes(after: start) ?? []).flatMap(plan.frames(for:))
    let text = String(decoding: frames.joined(), as: UTF8.self)
    #expect(text.contains("\"note\":\"done\""))
    #expect(text.contains("\"apiVersion\":\"events.k8s.io/v1\""))
  }

  @Test("a table has the same cells in both versions")
  func tables() {
    let world = World()
    world.send("POST", new, Self.event)
    let accept = "application/json;as=Table;g=meta.k8s.io;v=v1"
    let one = world.send("GET", new, accept: accept).value["rows"]?.array?.first?["cells"]
    let other = world.send("GET", old, accept: accept).value["rows"]?.array?.first?["cells"]
    #expect(one == other)
    #expect(one?.array?.contains("pod/web") == true)
  }
}
