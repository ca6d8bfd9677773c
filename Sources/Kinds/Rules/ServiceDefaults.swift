import Tree

/// A service's defaults that depend on its type (k8s.io/kubernetes, pkg/apis/core/v1/defaults.go).
struct ServiceDefaults: KindRules {
  /// How long a client sticks to a pod.
  private static let affinitySeconds: Int64 = 10_800

  func defaults(_ value: inout Value) {
    guard var spec = value["spec"] else { return }
    let type = spec["type"]?.string ?? ""
    let isReachableOutside = type == "NodePort" || type == "LoadBalancer"
    spec.changeEach("ports") { port in
      switch port["targetPort"] {
      case nil, .integer(0), .string(""): port["targetPort"] = port["port"]
      default: break
      }
    }
    let hasAddresses = type == "ClusterIP" && spec["externalIPs"]?.array?.isEmpty == false
    if isReachableOutside || hasAddresses, spec["externalTrafficPolicy"] == nil {
      spec["externalTrafficPolicy"] = "Cluster"
    }
    if isReachableOutside || type == "ClusterIP", spec["internalTrafficPolicy"] == nil {
      spec["internalTrafficPolicy"] = "Cluster"
    }
    if type == "LoadBalancer", spec["allocateLoadBalancerNodePorts"] == nil {
      spec["allocateLoadBalancerNodePorts"] = true
    }
    if spec["sessionAffinity"] == "ClientIP", spec["sessionAffinityConfig", "clientIP", "timeoutSeconds"] == nil {
      spec["sessionAffinityConfig", "clientIP", "timeoutSeconds"] = .integer(Self.affinitySeconds)
    }
    if spec["sessionAffinity"] == "None" { spec["sessionAffinityConfig"] = nil }
    value["spec"] = spec
    if type == "LoadBalancer" {
      value["status", "loadBalancer"]?.changeEach("ingress") { entry in
        if entry["ip"]?.string?.isEmpty == false, entry["ipMode"] == nil { entry["ipMode"] = "VIP" }
      }
    }
  }
}
