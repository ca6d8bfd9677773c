import Kinds
import Loop
import Tree

/// The objects by which a simulated machine shows itself: its Node and its Lease.
struct MachineObjects {
  /// The annotation of a Node behind which there is a simulated machine; its value is the machine's number.
  static let annotation = "podium.dev/simulated"
  static let notReadyTaint = "node.kubernetes.io/not-ready"
  static let version = "v1.36.0"

  let name: String
  /// From 1; addresses come from it.
  let number: Int

  var address: String { "172.18.\(number / 250).\(number % 250 + 1)" }
  var podRange: String { AddressPool.range(node: number) }

  func node(at now: Time) -> Value {
    let labels: Value = [
      "beta.kubernetes.io/arch": "amd64", "beta.kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64",
      "kubernetes.io/hostname": .string(name), "kubernetes.io/os": "linux",
    ]
    return [
      "apiVersion": "v1", "kind": "Node",
      "metadata": [
        "name": .string(name), "labels": labels,
        "annotations": [
          .init(Self.annotation): .string(String(number)),
          "volumes.kubernetes.io/controller-managed-attach-detach": "true",
        ],
      ],
      "spec": [
        "podCIDR": .string(podRange), "podCIDRs": [.string(podRange)],
        "taints": [["key": .string(Self.notReadyTaint), "effect": "NoSchedule"]],
      ],
      "status": status(isReady: false, images: [], before: nil, at: now),
    ]
  }

  func status(
    isReady: Bool, pressures: [PressureKeeper.Signal] = [], images: Value, before: Value?, at now: Time
  ) -> Value {
    let resources: Value = [
      "cpu": "2", "ephemeral-storage": .string("\(NodeUsage.disk >> 10)Ki"), "hugepages-2Mi": "0",
      "memory": "4194304Ki", "pods": "110",
    ]
    return [
      "capacity": resources, "allocatable": resources,
      "conditions": .array(
        conditions(isReady: isReady, pressures: pressures, before: before?["conditions"]?.array ?? [], at: now)),
      "addresses": [
        ["type": "InternalIP", "address": .string(address)], ["type": "Hostname", "address": .string(name)],
      ],
      "daemonEndpoints": ["kubeletEndpoint": ["Port": 10250]],
      "nodeInfo": nodeInfo, "images": images,
      "runtimeHandlers": [["name": "runc", "features": ["recursiveReadOnlyMounts": true, "userNamespaces": true]]],
    ]
  }

  private var nodeInfo: Value {
    let identity = NodeImages.hexadecimal(RandomStream(seed: 0, name: "machine/" + name))
    return [
      "machineID": .string(String(identity.prefix(32))),
      "systemUUID": .string(RandomStream(seed: 1, name: name).uuid()),
      "bootID": .string(RandomStream(seed: 2, name: name).uuid()), "kernelVersion": "6.8.0-podium",
      "osImage": "Debian GNU/Linux 12 (bookworm, simulated)", "containerRuntimeVersion": "containerd://2.1.4",
      "kubeletVersion": .string(Self.version), "kubeProxyVersion": "", "operatingSystem": "linux",
      "architecture": "amd64",
    ]
  }

  private func conditions(
    isReady: Bool, pressures: [PressureKeeper.Signal], before: [Value], at now: Time
  ) -> [Value] {
    let memory =
      pressures.contains(.memory)
      ? ("True", "KubeletHasInsufficientMemory", "kubelet has insufficient memory available")
      : ("False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available")
    let disk =
      pressures.contains(.disk)
      ? ("True", "KubeletHasDiskPressure", "kubelet has disk pressure")
      : ("False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure")
    let ready =
      isReady
      ? ("True", "KubeletReady", "kubelet is posting ready status")
      : (
        "False", "KubeletNotReady",
        "container runtime network not ready: NetworkReady=false "
          + "reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized"
      )
    let wanted = [
      ("MemoryPressure", memory),
      ("DiskPressure", disk),
      ("PIDPressure", ("False", "KubeletHasSufficientPID", "kubelet has sufficient PID available")),
      ("Ready", ready),
    ]
    let own = wanted.map { type, content -> Value in
      let old = before.first { $0["type"]?.string == type }
      let isSame = old?["status"]?.string == content.0
      return [
        "type": .string(type), "status": .string(content.0), "lastHeartbeatTime": .string(now.timestamp),
        "lastTransitionTime": isSame ? old?["lastTransitionTime"] ?? .string(now.timestamp) : .string(now.timestamp),
        "reason": .string(content.1), "message": .string(content.2),
      ]
    }
    return own + before.filter { old in !wanted.contains { $0.0 == old["type"]?.string } }
  }

  func lease(owner: String, at now: Time) -> Value {
    [
      "apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
      "metadata": [
        "name": .string(name), "namespace": "kube-node-lease",
        "ownerReferences": [
          ["apiVersion": "v1", "kind": "Node", "name": .string(name), "uid": .string(owner)]
        ],
      ],
      "spec": [
        "holderIdentity": .string(name), "leaseDurationSeconds": 40, "renewTime": .string(now.microTimestamp),
      ],
    ]
  }
}
