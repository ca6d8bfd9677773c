import Kinds
import Store
import Testing
import Tree

@testable import API

@Suite struct WritingTests {
  private let pods = "/api/v1/namespaces/default/pods"
  private let configMaps = "/api/v1/namespaces/default/configmaps"
  private let merge = "application/merge-patch+json"

  @Test func creationSetsSystemFields() {
    let answer = World().send("POST", configMaps, World.configMap("a"))
    #expect(answer.status == 201)
    #expect(answer.value["metadata", "uid"]?.string?.count == 36)
    #expect(answer.value["metadata", "namespace"] == "default")
    #expect(answer.value["metadata", "creationTimestamp"]?.string?.hasSuffix("Z") == true)
    #expect(answer.value["metadata", "generation"] == nil)
  }

  @Test func podsGetTheirDefaults() {
    let pod = World().send("POST", pods, World.pod("a")).value
    #expect(pod["status", "phase"] == "Pending")
    #expect(pod["status", "qosClass"] == "BestEffort")
    #expect(pod["spec", "restartPolicy"] == "Always")
    #expect(pod["spec", "serviceAccountName"] == "default")
    #expect(pod["spec", "priority"] == 0)
    #expect(pod["spec", "tolerations"]?.array?.map { $0["tolerationSeconds"] } == [300, 300])
    #expect(pod["metadata", "generation"] == 1)
  }

  @Test func aServiceAccountIsMounted() {
    let world = World()
    world.create(.serviceAccount, ["metadata": ["name": "default"]])
    let pod = world.send("POST", pods, World.pod("a")).value
    let volume = pod["spec", "volumes"]?.array?.first?["name"]?.string ?? ""
    #expect(volume.hasPrefix("kube-api-access-"))
    let mount = pod["spec", "containers"]?.array?.first?["volumeMounts"]?.array?.first
    #expect(mount?["name"]?.string == volume)
    let other = World.pod("b").replacing("\"spec\":{", with: "\"spec\":{\"serviceAccountName\":\"nope\",")
    let refused = world.send("POST", pods, other)
    #expect(
      refused.message
        == "pods \"b\" is forbidden: error looking up service account default/nope: serviceaccount \"nope\" not found")
  }

  @Test func anUnchangedUpdateKeepsTheRevision() {
    let world = World()
    let first = world.send("POST", configMaps, World.configMap("a"))
    let again = world.send("PUT", configMaps + "/a", World.configMap("a"))
    #expect(again.status == 200)
    #expect(again.value["metadata", "resourceVersion"] == first.value["metadata", "resourceVersion"])
  }

  @Test func anOldRevisionIsAConflict() {
    let world = World()
    world.send("POST", configMaps, World.configMap("a"))
    let body = #"{"metadata":{"name":"a","resourceVersion":"1"},"data":{"a":"2"}}"#
    let answer = world.send("PUT", configMaps + "/a", body)
    #expect(answer.status == 409)
    #expect(
      answer.message
        == "Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply your changes "
        + "to the latest version and try again")
  }

  @Test func aSecondObjectOfANameIsRefused() {
    let world = World()
    world.send("POST", configMaps, World.configMap("a"))
    #expect(world.send("POST", configMaps, World.configMap("a")).reason == "AlreadyExists")
  }

  @Test func generatedNamesHaveARandomEnd() {
    let answer = World().send("POST", configMaps, #"{"metadata":{"generateName":"g-"}}"#)
    let name = answer.value["metadata", "name"]?.string ?? ""
    #expect(name.hasPrefix("g-"))
    #expect(name.count == 7)
  }

  @Test func aDryRunWritesNothing() {
    let world = World()
    let answer = world.send("POST", configMaps + "?dryRun=All", World.configMap("a"))
    #expect(answer.status == 201)
    #expect(answer.value["metadata", "resourceVersion"] == nil)
    #expect(world.send("GET", configMaps + "/a").status == 404)
    #expect(world.send("POST", configMaps + "?dryRun=Some", World.configMap("a")).status == 422)
  }

  @Test func unknownFieldsAreWarnedAboutOrRefused() {
    let world = World()
    let body = World.pod("a").replacing("\"spec\":{", with: "\"spec\":{\"bogus\":1,")
    let warned = world.send("POST", pods + "?dryRun=All", body)
    #expect(warned.response.headers.first?.value == #"299 - "unknown field \"spec.bogus\"""#)
    let strict = world.send("POST", pods + "?fieldValidation=Strict", body)
    #expect(strict.status == 400)
    #expect(
      strict.message
        == "Pod in version \"v1\" cannot be handled as a Pod: strict decoding error: unknown field \"spec.bogus\"")
  }

  @Test func brokenBodiesAreRefusedInKubernetesWords() {
    let world = World()
    #expect(
      world.send("POST", pods, "{oops").message
        == "the object provided is unrecognized (must be of type Pod): couldn't get version/kind; json parse error: "
        + "invalid character 'o' looking for beginning of object key string ({oops)")
    #expect(world.send("POST", pods, "x", type: "text/plain").status == 415)
    let wrong = world.send("POST", pods, World.configMap("a"))
    #expect(
      wrong.message
        == "ConfigMap in version \"v1\" cannot be handled as a Pod: converting (v1.ConfigMap) to (core.Pod): unknown "
        + "conversion")
    #expect(
      world.send("POST", pods, "kind: Pod\nmetadata: {name: z}\nspec: {}\n", type: "application/yaml").status == 422)
  }

  @Test func namespacesMustExistAndLive() {
    let world = World()
    let absent = world.send("POST", "/api/v1/namespaces/nowhere/pods", World.pod("a"))
    #expect(absent.status == 404)
    #expect(absent.message == "namespaces \"nowhere\" not found")
    world.create(.namespace, ["metadata": ["name": "dying"]])
    let deleted = world.send("DELETE", "/api/v1/namespaces/dying")
    #expect(deleted.value["status", "phase"] == "Terminating")
    let late = world.send("POST", "/api/v1/namespaces/dying/pods", World.pod("a"))
    #expect(late.status == 403)
    #expect(
      world.send("DELETE", "/api/v1/namespaces/default").message
        == "namespaces \"default\" is forbidden: this namespace may not be deleted")
  }

  @Test func statusAndSpecAreWrittenApart() {
    let world = World()
    let deployments = "/apis/apps/v1/namespaces/default/deployments"
    let body = """
      {"metadata":{"name":"d"},"spec":{"replicas":1,"selector":{"matchLabels":{"app":"a"}},"template":{"metadata":
      {"labels":{"app":"a"}},"spec":{"containers":[{"name":"c","image":"nginx"}]}}}}
      """
    #expect(world.send("POST", deployments, body).value["metadata", "generation"] == 1)
    let status = world.send(
      "PATCH", deployments + "/d/status", #"{"spec":{"replicas":7},"status":{"replicas":1}}"#, type: merge)
    #expect(status.value["spec", "replicas"] == 1)
    #expect(status.value["status", "replicas"] == 1)
    #expect(status.value["metadata", "generation"] == 1)
    let spec = world.send(
      "PATCH", deployments + "/d", #"{"spec":{"replicas":2},"status":{"replicas":9}}"#, type: merge)
    #expect(spec.value["status", "replicas"] == 1)
    #expect(spec.value["metadata", "generation"] == 2)
    let scale = world.send("GET", deployments + "/d/scale")
    #expect(scale.value["status", "selector"] == "app=a")
    #expect(world.send("PATCH", deployments + "/d/scale", #"{"spec":{"replicas":3}}"#, type: merge).status == 200)
    #expect(world.send("GET", deployments + "/d").value["spec", "replicas"] == 3)
    #expect(world.send("PATCH", deployments + "/d/scale", #"{"spec":{"replicas":-1}}"#, type: merge).status == 422)
  }

  @Test func patchesThatDoNotFitAreRefused() {
    let world = World()
    world.send("POST", configMaps, World.configMap("a"))
    let test = #"[{"op":"test","path":"/data/a","value":"9"}]"#
    let refused = world.send("PATCH", configMaps + "/a", test, type: "application/json-patch+json")
    #expect(refused.status == 422)
    #expect(refused.message == "the server rejected our request due to an error in our request")
    #expect(
      world.send("PATCH", configMaps + "/a", "{}", type: "application/json").message == "415: Unsupported Media Type")
    let renamed = world.send("PATCH", configMaps + "/a", #"{"metadata":{"name":"b"}}"#, type: merge)
    #expect(renamed.message == "the name of the object (b) does not match the name on the URL (a)")
  }

  @Test func bindingGivesAPodItsNodeOnce() {
    let world = World()
    world.send("POST", pods, World.pod("a"))
    let body = #"{"metadata":{"name":"a"},"target":{"kind":"Node","name":"n1"}}"#
    #expect(world.send("POST", pods + "/a/binding", body).status == 201)
    let pod = world.send("GET", pods + "/a").value
    #expect(pod["spec", "nodeName"] == "n1")
    #expect(pod["status", "conditions"]?.array?.first?["type"] == "PodScheduled")
    let twice = world.send("POST", pods + "/a/binding", body)
    #expect(
      twice.message
        == "Operation cannot be fulfilled on pods/binding \"a\": pod a is already assigned to node \"n1\"")
  }

  @Test func servicesGetAddressesAndNodePorts() {
    let world = World()
    let services = "/api/v1/namespaces/default/services"
    let body = #"{"metadata":{"name":"s"},"spec":{"selector":{"app":"a"},"ports":[{"port":80}]}}"#
    let service = world.send("POST", services, body).value
    let address = service["spec", "clusterIP"]?.string ?? ""
    #expect(address.hasPrefix("10."))
    #expect(service["spec", "clusterIPs"] == .array([.string(address)]))
    #expect(service["spec", "ipFamilies"] == ["IPv4"])
    let open = world.send("PATCH", services + "/s", #"{"spec":{"type":"NodePort"}}"#, type: merge).value
    let port = open["spec", "ports"]?.array?.first?["nodePort"]?.integer ?? 0
    #expect((30_000...32_767).contains(port))
    #expect(open["spec", "clusterIP"]?.string == address)
    let named = world.send(
      "PATCH", services + "/s",
      #"{"spec":{"type":"ExternalName","externalName":"x.example.com","clusterIP":null,"clusterIPs":null}}"#,
      type: merge
    ).value
    #expect(named["spec", "clusterIP"] == nil)
    #expect(named["spec", "ports"]?.array?.first?["nodePort"] == nil)
  }

  @Test func aPatchCannotMultiplyAnObject() {
    let world = World()
    world.send("POST", configMaps, World.configMap("a"))
    let copies = (0..<60).map { #"{"op":"copy","from":"/data","path":"/data/x\#($0)"}"# }
    let body = "[" + copies.joined(separator: ",") + "]"
    let refused = world.send("PATCH", configMaps + "/a", body, type: "application/json-patch+json")
    #expect(refused.status == 413)
    #expect(refused.message == "Request entity too large: limit is 3145728")
    let many =
      "[" + (0..<10_001).map { _ in #"{"op":"test","path":"/data/a","value":"1"}"# }.joined(separator: ",") + "]"
    #expect(world.send("PATCH", configMaps + "/a", many, type: "application/json-patch+json").status == 413)
  }

  @Test("a Service keeps the address that it was given")
  func serviceAddress() {
    let world = World()
    let target = "/api/v1/namespaces/default/services"
    world.send(
      "POST", target, #"{"apiVersion":"v1","kind":"Service","metadata":{"name":"s"},"spec":{"ports":[{"port":80}]}}"#)
    let refused = world.send(
      "PATCH", target + "/s", #"{"spec":{"clusterIP":"10.96.9.9"}}"#, type: "application/merge-patch+json")
    #expect(refused.status == 422)
    #expect(
      refused.message
        == #"Service "s" is invalid: spec.clusterIPs[0]: Invalid value: ["10.96.9.9"]: may not change once set"#)
    let left = world.send(
      "PATCH", target + "/s", #"{"spec":{"clusterIP":null,"clusterIPs":null}}"#, type: "application/merge-patch+json")
    #expect(left.status == 200 && left.value["spec", "clusterIP"]?.string?.hasPrefix("10.") == true)
  }

  @Test("every answer about Endpoints advises against them", arguments: ["GET", "POST"])
  func deprecation(_ method: String) {
    let world = World()
    let warnings = world.send(method, "/api/v1/namespaces/default/endpoints").response.headers
    #expect(warnings.contains { $0.name == "Warning" && $0.value.contains("v1 Endpoints is deprecated in v1.33+") })
    #expect(world.send(method, "/api/v1/namespaces/default/pods").response.headers.isEmpty)
  }
}
