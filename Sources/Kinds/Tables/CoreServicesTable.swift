extension Tables {
  /// Services and service accounts (core/v1).
  static let coreServices = #"""
    package io.k8s.api.core.v1 v1

    kind Service list
      metadata 1: ObjectMeta
      spec     2: ServiceSpec
      status   3: ServiceStatus

    type ServiceSpec
      ports                          1: [ServicePort]                keys port,protocol merge port
      selector                       2: {string}                     atomic
      clusterIP                      3: string
      type                           4: ServiceType = "ClusterIP"
      externalIPs                    5: [string]                     atomic
      sessionAffinity                7: ServiceAffinity = "None"
      loadBalancerIP                 8: string
      loadBalancerSourceRanges       9: [string]                     atomic
      externalName                  10: string
      externalTrafficPolicy         11: ServiceExternalTrafficPolicy
      healthCheckNodePort           12: int32
      publishNotReadyAddresses      13: boolean
      sessionAffinityConfig         14: SessionAffinityConfig?
      ipFamilyPolicy                17: IPFamilyPolicy?
      clusterIPs                    18: [string]                     atomic
      ipFamilies                    19: [IPFamily]                   atomic
      allocateLoadBalancerNodePorts 20: boolean?
      loadBalancerClass             21: string?
      internalTrafficPolicy         22: ServiceInternalTrafficPolicy?
      trafficDistribution           23: string?

    type ServicePort
      name         1: string
      protocol     2: Protocol = "TCP"
      port        3!: int32            shown range 1 65535
      targetPort   4: IntOrString
      nodePort     5: int32
      appProtocol  6: string?

    type SessionAffinityConfig
      clientIP 1: ClientIPConfig?

    type ClientIPConfig
      timeoutSeconds 1: int32?

    type ServiceStatus
      loadBalancer 1: LoadBalancerStatus
      conditions   2: [Condition]        keys type

    type LoadBalancerStatus
      ingress 1: [LoadBalancerIngress] atomic

    type LoadBalancerIngress
      ip       1: string
      hostname 2: string
      ipMode   3: LoadBalancerIPMode?
      ports    4: [PortStatus]        atomic

    type PortStatus
      port     1!: int32    shown
      protocol 2!: Protocol shown
      error     3: string?

    kind ServiceAccount list
      metadata                     1: ObjectMeta
      secrets                      2: [ObjectReference]      keys name
      imagePullSecrets             3: [LocalObjectReference] atomic
      automountServiceAccountToken 4: boolean?
    """#
}
