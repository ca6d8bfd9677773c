import Kinds
import Store
import Testing
import Tree

@testable import API

/// Requests that nobody in his right mind sends: each is answered, none ends the process.
@Suite struct OddRequestTests {
  private let pods = "/api/v1/namespaces/default/pods"
  private let merge = "application/merge-patch+json"

  @Test func hugeNumbersAreCut() {
    let world = World()
    world.send("POST", pods, World.pod("a", node: "n1"))
    let answer = world.send("DELETE", pods + "/a?gracePeriodSeconds=9223372036854775807")
    #expect(answer.status == 200)
    #expect(answer.value["metadata", "deletionGracePeriodSeconds"] == 2_147_483_648)
    let patient = World.pod("b", node: "n1").replacing(
      "\"spec\":{", with: "\"spec\":{\"terminationGracePeriodSeconds\":9000000000000000000,")
    #expect(world.send("POST", pods, patient).status == 201)
    #expect(world.send("DELETE", pods + "/b").value["metadata", "deletionGracePeriodSeconds"] == 2_147_483_648)
    #expect(world.send("GET", pods + "?limit=9223372036854775807").status == 200)
    #expect(world.send("GET", pods + "?resourceVersion=9223372036854775807").status == 504)
    #expect(world.send("GET", pods + "?resourceVersion=18446744073709551615").status == 400)
    #expect(world.send("GET", pods + "?continue=" + ContinueToken(revision: -5, path: "a").text).status == 200)
  }

  @Test(arguments: [
    "null", "[]", "1", "\"x\"", "{}", #"{"metadata":1}"#, #"{"metadata":[]}"#, #"{"metadata":{"name":1}}"#,
    #"{"metadata":{"name":"a","labels":[]}}"#, #"{"metadata":{"name":"a","ownerReferences":{}}}"#,
    #"{"metadata":{"name":"a"},"spec":[]}"#, #"{"metadata":{"name":"a"},"spec":{"containers":"x"}}"#,
    #"{"metadata":{"name":"a"},"spec":{"containers":[1]}}"#, #"{"kind":1}"#, #"{"apiVersion":{}}"#,
  ])
  func bodiesOfTheWrongFormAreRefused(_ body: String) {
    let world = World()
    let answer = world.send("POST", pods, body)
    #expect((400..<500).contains(answer.status), "\(answer.status) \(answer.message)")
    #expect(answer.value["kind"] == "Status")
  }

  @Test(arguments: [
    #"{"metadata":null}"#, #"{"metadata":[]}"#, #"{"spec":null}"#, #"{"spec":{"containers":null}}"#, "[]", "7",
    #"{"metadata":{"finalizers":"x"}}"#, #"{"kind":"Service"}"#,
  ])
  func patchesThatBreakAnObjectAreRefused(_ patch: String) {
    let world = World()
    world.send("POST", pods, World.pod("a"))
    for type in [merge, "application/strategic-merge-patch+json"] {
      let answer = world.send("PATCH", pods + "/a", patch, type: type)
      #expect((400..<500).contains(answer.status), "\(type) \(answer.status) \(answer.message)")
    }
    #expect(world.send("GET", pods + "/a").status == 200)
  }

  @Test func subresourcesTakeNoNonsense() {
    let world = World()
    world.send("POST", pods, World.pod("a"))
    #expect(world.send("POST", pods + "/a/binding", "[]").status == 500)
    #expect(world.send("POST", pods + "/a/binding", "{").status == 400)
    #expect(world.send("PUT", pods + "/a/log", "{}").status == 405)
    #expect(world.send("GET", pods + "/a/nope").status == 404)
    #expect(world.send("DELETE", pods + "/a/status").status == 405)
    #expect(world.send("BREW", pods).status == 405)
    #expect(world.send("DELETE", "/api/v1/pods").status == 405)
    let deployments = "/apis/apps/v1/namespaces/default/deployments"
    world.send(
      "POST", deployments,
      """
      {"metadata":{"name":"d"},"spec":{"selector":{"matchLabels":{"app":"a"}},"template":{"metadata":
      {"labels":{"app":"a"}},"spec":{"containers":[{"name":"c","image":"nginx"}]}}}}
      """)
    for scale in [#"{"spec":{"replicas":"x"}}"#, #"{"spec":{"replicas":99999999999}}"#] {
      #expect(world.send("PATCH", deployments + "/d/scale", scale, type: merge).status == 400)
    }
  }
}
