import Kinds
import Schema
import Testing
import Tree

@Suite("OpenAPI documents")
struct SchemaOpenAPITests {
  @Test("every reference in a document leads somewhere")
  func referencesLeadSomewhere() throws {
    let table = KindTable.builtIn
    for kind in table.kinds {
      let document = try #require(OpenAPI.v3(group: kind.group, version: kind.version, table))
      let schemas = try #require(document["components", "schemas"]?.object)
      for name in Self.references(document, prefix: "#/components/schemas/") {
        #expect(schemas[name] != nil, "\(name) in \(kind.group)")
      }
    }
    let two = OpenAPI.v2(table)
    let definitions = try #require(two["definitions"]?.object)
    for name in Self.references(two, prefix: "#/definitions/") { #expect(definitions[name] != nil, "\(name)") }
  }

  private static func references(_ value: Value, prefix: String) -> [String] {
    switch value {
    case .array(let elements): return elements.flatMap { references($0, prefix: prefix) }
    case .object(let members):
      if let name = members["$ref"]?.string { return [String(name.dropFirst(prefix.count))] }
      return members.flatMap { references($0.value, prefix: prefix) }
    default: return []
    }
  }

  @Test("kubectl finds what it asks for: the kind's patch operation with dryRun, and merge keys")
  func whatKubectlReads() throws {
    let document = try #require(OpenAPI.v3(group: "apps", version: "v1", KindTable.builtIn))
    let path = "/apis/apps/v1/namespaces/{namespace}/deployments/{name}"
    let patch = try #require(document["paths"]?[path]?["patch"])
    #expect(patch["x-kubernetes-group-version-kind"] == ["group": "apps", "kind": "Deployment", "version": "v1"])
    let names = patch["parameters"]?.array?.compactMap { $0["name"]?.string } ?? []
    #expect(names.contains("dryRun") && names.contains("fieldValidation") && names.contains("force"))
    let schemas = document["components", "schemas"]
    let container = schemas?["io.k8s.api.core.v1.Container"]?["properties"]
    #expect(container?["ports", "x-kubernetes-patch-merge-key"] == "containerPort")
    #expect(container?["ports", "x-kubernetes-list-map-keys"] == ["containerPort", "protocol"])
    #expect(container?["name", "default"] == "")
    let deployment = schemas?["io.k8s.api.apps.v1.Deployment"]
    #expect(
      deployment?["x-kubernetes-group-version-kind"]
        == [["group": "apps", "kind": "Deployment", "version": "v1"]])
    #expect(deployment?["properties", "spec"]?["allOf"]?.array?.count == 1)
    #expect(
      document["paths"]?["/apis/apps/v1/deployments"]?["get", "operationId"]
        == "listAppsV1DeploymentForAllNamespaces")
  }

  @Test("the index names a document and a hash for every group")
  func index() throws {
    let paths = try #require(OpenAPI.v3Index(KindTable.builtIn)["paths"]?.object)
    #expect(paths["api/v1"]?["serverRelativeURL"]?.string?.hasPrefix("/openapi/v3/api/v1?hash=") == true)
    #expect(paths["apis/podium.dev/v1"] != nil)
    #expect(OpenAPI.v3(group: "nope", version: "v1", KindTable.builtIn) == nil)
  }

  @Test("every built-in field says what it is for")
  func documentation() {
    for shape in BuiltInSchema.schema.shapes {
      #expect(!shape.documentation.isEmpty, "\(shape.name)")
      for field in shape.fields { #expect(!field.documentation.isEmpty, "\(shape.name).\(field.name)") }
    }
  }

  @Test("a field is explained along its path")
  func explain() throws {
    let field = try #require(Kind.deployment.shape?.explain(["spec", "template", "spec", "containers"]))
    #expect(field.type == "[]Container" && field.isRequired)
    #expect(field.shape?.explanations.first?.name == "args")
    #expect(Kind.pod.shape?.explain(["spec", "nope"]) == nil)
    #expect(Kind.pod.shape?.explain(["spec", "nodeSelector"])?.type == "map[string]string")
    #expect(Kind.pod.shape?.explain(["spec", "restartPolicy"])?.words == ["Always", "OnFailure", "Never"])
  }

  @Test("the protobuf form begins as gnostic's does")
  func protobuf() {
    let bytes = OpenAPI.v2Protobuf(KindTable.builtIn)
    #expect(Array(bytes.prefix(5)) == [10, 3] + Array("2.0".utf8))
    #expect(bytes.count > 100_000)
  }
}
