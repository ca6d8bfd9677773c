import Kinds
import Testing
import Tree

@testable import API

@Suite struct ProtobufTests {
  private let deployments = "/apis/apps/v1/namespaces/default/deployments"
  private let type = "application/vnd.kubernetes.protobuf"

  @Test func aDeploymentIsCreatedAndAnsweredInProtobuf() throws {
    let world = World()
    let deployment: Value = [
      "kind": "Deployment", "apiVersion": "apps/v1", "metadata": ["name": "web"],
      "spec": [
        "replicas": 2, "selector": ["matchLabels": ["app": "web"]],
        "template": [
          "metadata": ["labels": ["app": "web"]],
          "spec": ["containers": [["name": "nginx", "image": "nginx:1.27"]]],
        ],
      ],
    ]
    let request = APIRequest(
      "POST", deployments,
      headers: [("Content-Type", type), ("Accept", type + ",application/json")],
      body: Kind.deployment.encodeProtobuf(deployment), caller: .admin)
    let response = world.server.write(request, with: world.writer)
    world.commit()
    #expect(response.status == 201)
    #expect(response.contentType == type)
    let created = try Kind.deployment.decodeProtobuf(response.joinedBody)
    #expect(created["spec", "replicas"] == 2)
    #expect(created["metadata", "uid"]?.string?.isEmpty == false)
    #expect(world.send("GET", deployments + "/web").value["spec", "strategy", "type"] == "RollingUpdate")
  }

  @Test func listsAndStatusesHaveAProtobufForm() throws {
    let world = World()
    world.send("POST", "/api/v1/namespaces/default/configmaps", World.configMap("a"))
    let list = world.send("GET", "/api/v1/namespaces/default/configmaps", accept: type)
    #expect(list.response.contentType == type)
    #expect(list.response.joinedBody.starts(with: [0x6b, 0x38, 0x73, 0]))
    let broken = world.send("POST", "/api/v1/namespaces/default/configmaps", "nonsense", type: type)
    #expect(broken.status == 400)
  }
}
