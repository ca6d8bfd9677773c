extension Tables {
  /// Services and service accounts (core/v1).
  static let coreServices = #"""
    package io.k8s.api.core.v1 v1

    kind Service list  -- One address for a set of pods.
      metadata 1: ObjectMeta     -- Name, labels and the like.
      spec     2: ServiceSpec    -- What should be.
      status   3: ServiceStatus  -- What is.

    type ServiceSpec  -- What a service should be.
      ports 1: [ServicePort] keys port,protocol merge port -- What is listened on and where it leads.
      selector 2: {string} atomic -- Which pods get the traffic, by their labels.
      clusterIP                      3: string -- The address inside the cluster; None for no address.
      type                           4: ServiceType = "ClusterIP" -- ClusterIP, NodePort, LoadBalancer or ExternalName.
      externalIPs 5: [string] atomic -- Further addresses that nodes take traffic for.
      sessionAffinity                7: ServiceAffinity = "None" -- Whether a client keeps its pod: None or ClientIP.
      loadBalancerIP                 8: string -- The address to ask the load balancer for.
      loadBalancerSourceRanges       9: [string]                      atomic -- Who may use the load balancer.
      externalName                  10: string -- The DNS name that an ExternalName service stands for.
      externalTrafficPolicy         11: ServiceExternalTrafficPolicy -- Whether it stays on its node: Cluster or Local.
      healthCheckNodePort           12: int32 -- The port on which nodes say whether they have endpoints.
      publishNotReadyAddresses      13: boolean -- Whether pods that are not ready count too.
      sessionAffinityConfig         14: SessionAffinityConfig? -- How long a client keeps its pod.
      ipFamilyPolicy                17: IPFamilyPolicy? -- SingleStack, PreferDualStack or RequireDualStack.
      clusterIPs 18: [string] atomic -- The addresses inside the cluster, one a family.
      ipFamilies                    19: [IPFamily]                    atomic                   -- IPv4, IPv6 or both.
      allocateLoadBalancerNodePorts 20: boolean? -- Whether a load balancer gets ports on the nodes.
      loadBalancerClass             21: string?                                                -- Which load balancer.
      internalTrafficPolicy         22: ServiceInternalTrafficPolicy? -- Whether it stays on its node: Cluster or Local.
      trafficDistribution           23: string? -- Which endpoints are preferred: PreferSameZone, PreferSameNode.

    type ServicePort  -- A port of a service.
      name         1: string                               -- What the port is called; needed if there are several.
      protocol     2: Protocol = "TCP"                     -- TCP, UDP or SCTP.
      port        3!: int32            shown range 1 65535 -- The port that clients use.
      targetPort   4: IntOrString                          -- The port of the pods, by number or name.
      nodePort     5: int32                                -- The port on every node.
      appProtocol  6: string?                              -- What is spoken on the port: http, kubernetes.io/h2c.

    type SessionAffinityConfig  -- Settings of session affinity.
      clientIP 1: ClientIPConfig?  -- For clients known by their address.

    type ClientIPConfig  -- Settings of affinity by client address.
      timeoutSeconds 1: int32?  -- How long a client keeps its pod.

    type ServiceStatus  -- How a service is.
      loadBalancer 1: LoadBalancerStatus           -- Where the load balancer listens.
      conditions   2: [Condition]        keys type -- Present observations, one a type.

    type LoadBalancerStatus  -- Where a load balancer listens.
      ingress 1: [LoadBalancerIngress] atomic -- Where traffic comes in.

    type LoadBalancerIngress  -- One way in through a load balancer.
      ip       1: string                     -- The address.
      hostname 2: string                     -- The host name.
      ipMode   3: LoadBalancerIPMode?        -- VIP or Proxy.
      ports    4: [PortStatus]        atomic -- What became of each port.

    type PortStatus  -- What became of a load balancer's port.
      port     1!: int32    shown -- The port's number.
      protocol 2!: Protocol shown -- TCP, UDP or SCTP.
      error     3: string?        -- What went wrong.

    kind ServiceAccount list  -- Who pods are for the API.
      metadata                     1: ObjectMeta                       -- Name, labels and the like.
      secrets                      2: [ObjectReference]      keys name -- Secrets that its pods may use.
      imagePullSecrets             3: [LocalObjectReference] atomic    -- Secrets with which images may be pulled.
      automountServiceAccountToken 4: boolean?                         -- Whether pods find an API token in their files.
    """#
}
