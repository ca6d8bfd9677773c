import Kinds
import Store
import Testing
import Tree

@testable import API

@Suite("Forms of lists and watches")
struct ListFormTests {
  private let configMaps = "/api/v1/namespaces/default/configmaps"

  private func world(_ count: Int, limits: Feed.Limits = Feed.Limits()) -> World {
    let world = World(limits: limits)
    for index in 0..<count { world.send("POST", configMaps, World.configMap("c\(index)")) }
    return world
  }

  @Test("a page whose moment is gone can be followed by the present")
  func expiredPage() throws {
    let world = world(4, limits: Feed.Limits(changes: 2))
    let token = try #require(world.send("GET", configMaps + "?limit=2").value["metadata", "continue"]?.string)
    for index in 4..<9 { world.send("POST", configMaps, World.configMap("c\(index)")) }
    let expired = world.send("GET", configMaps + "?limit=2&continue=" + token)
    #expect(expired.status == 410)
    #expect(expired.reason == "Expired")
    #expect(expired.message.contains("results in an inconsistent list"))
    let next = try #require(expired.value["metadata", "continue"]?.string)
    let rest = world.send("GET", configMaps + "?limit=2&continue=" + next)
    #expect(rest.names == ["c2", "c3"])
    #expect(rest.value["metadata", "resourceVersion"]?.string == String(world.feed.snapshot.revision))
  }

  @Test(
    "a token that is none is refused in Kubernetes' words",
    arguments: [
      ("a", "illegal base64 data at input byte 0"), ("ab*d", "illegal base64 data at input byte 2"),
      ("e30", "server does not recognize this encoded version "),
      ("eyJ2IjoibWV0YS5rOHMuaW8vdjEifQ", "incorrect encoded start resourceVersion (version meta.k8s.io/v1)"),
      ("eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MX0", "encoded start key empty (version meta.k8s.io/v1)"),
    ])
  func badTokens(_ token: String, _ why: String) {
    let answer = world(0).send("GET", configMaps + "?continue=" + token)
    #expect(answer.status == 400)
    #expect(answer.message == "invalid continue token: continue key is not valid: " + why)
  }

  @Test(
    "combinations that make no sense are refused",
    arguments: [
      ("sendInitialEvents=true", "sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list"),
      (
        "resourceVersion=0&resourceVersionMatch=Exact",
        "resourceVersionMatch: Forbidden: resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""
      ),
      (
        "resourceVersion=1&resourceVersionMatch=Older",
        "resourceVersionMatch: Unsupported value: \"Older\": supported values: \"Exact\", \"NotOlderThan\", \"\""
      ),
      (
        "watch=1&resourceVersionMatch=NotOlderThan",
        "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is "
          + "provided"
      ),
    ])
  func combinations(_ query: String, _ why: String) {
    let answer = world(0).send("GET", configMaps + "?" + query)
    #expect(answer.status == 422)
    #expect(answer.message == "ListOptions.meta.k8s.io \"\" is invalid: " + why)
  }

  @Test("a page's token and a revision exclude each other")
  func tokenAndRevision() throws {
    let world = world(3)
    let token = try #require(world.send("GET", configMaps + "?limit=1").value["metadata", "continue"]?.string)
    let answer = world.send("GET", configMaps + "?limit=1&resourceVersion=1&continue=" + token)
    #expect(answer.message == "specifying resource version is not allowed when using continue")
    #expect(world.send("GET", configMaps + "?limit=1&resourceVersion=0&continue=" + token).names == ["c1"])
  }

  @Test(
    "fields that a kind does not select by are refused as its group words it",
    arguments: [
      ("/api/v1/pods", "field label not supported: spec.nope"),
      ("/apis/batch/v1/jobs", "field label \"spec.nope\" not supported for batchv1.Job"),
      ("/apis/certificates.k8s.io/v1/certificatesigningrequests", "field label not supported: spec.nope"),
      (
        "/apis/resource.k8s.io/v1/resourceslices",
        "field label not supported for resource.k8s.io/v1, Kind=ResourceSlice: spec.nope"
      ),
      (
        "/apis/apps/v1/deployments",
        "\"spec.nope\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
      ),
    ])
  func unknownFields(_ path: String, _ message: String) {
    let answer = world(0).send("GET", path + "?fieldSelector=spec.nope%3D1")
    #expect(answer.status == 400)
    #expect(answer.message == message)
  }

  @Test("an event's source is its component, or else who reports it; numbers that are not set are 0")
  func fieldValues() {
    let world = World()
    let events = "/api/v1/namespaces/default/events"
    let body = #"{"metadata":{"name":"e"},"involvedObject":{"namespace":"default"},"source":{"component":"kubelet"}}"#
    #expect(world.send("POST", events, body).status == 201)
    #expect(world.send("GET", events + "?fieldSelector=source%3Dkubelet").names == ["e"])
    let job = """
      {"metadata":{"name":"j"},"spec":{"template":{"spec":{"restartPolicy":"Never",
      "containers":[{"name":"c","image":"i"}]}}}}
      """
    let jobs = "/apis/batch/v1/namespaces/default/jobs"
    #expect(world.send("POST", jobs, job).status == 201)
    #expect(world.send("GET", jobs + "?fieldSelector=status.successful%3D0").names == ["j"])
    #expect(world.send("GET", jobs + "?fieldSelector=status.successful%3D1").names.isEmpty)
  }
}
