import Kinds
import Loop
import Store
import Testing
import Tree

@testable import API

/// What `kubectl get` shows, cell by cell (kubernetes, pkg/printers/internalversion/printers.go).
@Suite struct TableTests {
  private let world = World()

  private func rows(_ address: String) -> [Value] {
    world.send("GET", address, accept: "application/json;as=Table;v=v1;g=meta.k8s.io").value["rows"]?.array ?? []
  }

  private func cells(_ kind: Kind, _ object: Value) -> [Value] { kind.cells(of: object, now: Time(seconds: 0)) }

  @Test("The default class says so beside its name")
  func defaultClass() {
    let marked: Value = [
      "metadata": ["name": "fast", "annotations": ["storageclass.kubernetes.io/is-default-class": "true"]],
      "provisioner": "p",
    ]
    #expect(cells(.storageClass, marked).first == "fast (default)")
    #expect(cells(.storageClass, ["metadata": ["name": "slow"]]).first == "slow")
    let attributes: Value = [
      "metadata": ["name": "a", "annotations": ["volumeattributesclass.alpha.kubernetes.io/is-default-class": "true"]]
    ]
    #expect(cells(.volumeAttributesClass, attributes).first == "a (default)")
  }

  @Test("A priority level's numbers are numbers, and flow schemas are shown in the order of their precedence")
  func flowControl() {
    let level: Value = [
      "metadata": ["name": "l"],
      "spec": [
        "type": "Limited",
        "limited": [
          "nominalConcurrencyShares": 5,
          "limitResponse": ["queuing": ["queues": 8, "handSize": 2, "queueLengthLimit": 9]],
        ],
      ],
    ]
    #expect(Array(cells(.priorityLevelConfiguration, level)[2...5]) == [5, 8, 2, 9])
    let exempt: Value = [
      "metadata": ["name": "e"], "spec": ["type": "Exempt", "exempt": ["nominalConcurrencyShares": 3]],
    ]
    #expect(cells(.priorityLevelConfiguration, exempt)[2] == "<none>")
    for (name, precedence) in [("a", 900), ("b", 100)] {
      world.create(
        .flowSchema,
        [
          "metadata": ["name": .string(name)],
          "spec": [
            "matchingPrecedence": .integer(Int64(precedence)), "priorityLevelConfiguration": ["name": "exempt"],
          ],
        ])
    }
    let names = rows("/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas").compactMap { $0["cells"]?.array?.first }
    #expect(names == ["b", "a"])
  }

  @Test("The row of a pod that has ended says so")
  func endedPod() {
    world.send("POST", "/api/v1/namespaces/default/pods", World.pod("a"))
    #expect(rows("/api/v1/namespaces/default/pods").first?["conditions"] == nil)
    world.send(
      "PATCH", "/api/v1/namespaces/default/pods/a/status", #"{"status":{"phase":"Failed"}}"#,
      type: "application/merge-patch+json")
    #expect(
      rows("/api/v1/namespaces/default/pods").first?["conditions"] == [
        ["type": "Completed", "status": "True", "reason": "Failed", "message": "The pod failed."]
      ])
  }

  @Test("A sidecar's restarts count also when the pod has begun, an ended init container's do not")
  func restarts() {
    let pod: Value = [
      "metadata": ["name": "p"],
      "spec": [
        "containers": [["name": "c"]], "initContainers": [["name": "i"], ["name": "s", "restartPolicy": "Always"]],
      ],
      "status": [
        "phase": "Running",
        "initContainerStatuses": [
          ["name": "i", "restartCount": 4, "state": ["terminated": ["exitCode": 0]]],
          ["name": "s", "restartCount": 2, "started": true, "ready": true, "state": ["running": [:]]],
        ],
        "containerStatuses": [["name": "c", "restartCount": 1, "ready": true, "state": ["running": [:]]]],
      ],
    ]
    #expect(Array(cells(.pod, pod)[1...3]) == ["2/2", "Running", "3"])
  }

  @Test("Addresses, hosts and ports are shortened as Kubernetes does")
  func network() {
    let slice: Value = [
      "metadata": ["name": "s"], "addressType": "IPv4", "ports": [["name": "web"], ["port": 80]],
      "endpoints": [["addresses": ["10.0.0.1", "10.0.0.2"]], ["addresses": ["10.0.0.3", "10.0.0.4"]]],
    ]
    #expect(
      Array(cells(.endpointSlice, slice)[2...3]) == ["web,80", "10.0.0.1,10.0.0.2,10.0.0.3 + 1 more..."])
    let unready: Value = ["metadata": ["name": "e"], "subsets": [["notReadyAddresses": [["ip": "10.0.0.1"]]]]]
    #expect(cells(.endpoints, unready)[1] == "")
    let ingress: Value = [
      "metadata": ["name": "i"], "spec": ["rules": [["host": "a"], ["host": "b"], ["host": "c"], [:]]],
      "status": ["loadBalancer": ["ingress": [["ip": "9.9.9.9"], ["ip": "1.1.1.1"], ["ip": "9.9.9.9"]]]],
    ]
    #expect(Array(cells(.ingress, ingress)[2...3]) == ["a,b,c + 1 more...", "1.1.1.1,9.9.9.9"])
    let address: Value = [
      "metadata": ["name": "10.0.0.1"],
      "spec": ["parentRef": ["group": "example.com", "resource": "Gates", "namespace": "n", "name": "g"]],
    ]
    #expect(cells(.ipAddress, address)[1] == "gates.example.com/n/g")
  }

  @Test("A claim that names a volume and is not bound yet has no capacity, which is 0")
  func unboundClaim() {
    #expect(cells(.persistentVolumeClaim, ["metadata": ["name": "c"], "spec": ["volumeName": "v"]])[3] == "0")
    #expect(Kind.csiStorageCapacity.columns.map(\.name) == ["Name", "StorageClassName", "Capacity"])
  }

  @Test("A policy binding's selector is shown as Go shows the structure")
  func policySelector() {
    let binding: Value = [
      "metadata": ["name": "b"],
      "spec": [
        "policyName": "p",
        "paramRef": [
          "selector": [
            "matchLabels": ["a": "b"], "matchExpressions": [["key": "k", "operator": "In", "values": ["x", "y"]]],
          ]
        ],
      ],
    ]
    #expect(
      cells(.validatingAdmissionPolicyBinding, binding)[2]
        == .string(
          "&LabelSelector{MatchLabels:map[string]string{a: b,},MatchExpressions:[]LabelSelectorRequirement{"
            + "LabelSelectorRequirement{Key:k,Operator:In,Values:[x y],},},}"))
  }
}
