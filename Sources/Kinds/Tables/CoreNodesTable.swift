extension Tables {
  /// Nodes (core/v1).
  static let coreNodes = #"""
    package io.k8s.api.core.v1 v1

    kind Node list
      metadata 1: ObjectMeta
      spec     2: NodeSpec
      status   3: NodeStatus

    type NodeSpec
      podCIDR       1: string
      externalID    2: string
      providerID    3: string
      unschedulable 4: boolean
      taints        5: [Taint]           atomic
      configSource  6: NodeConfigSource?
      podCIDRs      7: [string]          set merge

    type NodeConfigSource
      configMap 2: ConfigMapNodeConfigSource?

    type ConfigMapNodeConfigSource
      namespace        1!: string shown
      name             2!: string shown
      uid               3: UID
      resourceVersion   4: string
      kubeletConfigKey 5!: string shown

    type Taint
      key       1!: string      shown
      value      2: string
      effect    3!: TaintEffect shown
      timeAdded  4: Time?

    type NodeStatus
      capacity          1: ResourceList
      allocatable       2: ResourceList
      phase             3: NodePhase
      conditions        4: [NodeCondition]      keys type
      addresses         5: [NodeAddress]        keys type
      daemonEndpoints   6: NodeDaemonEndpoints
      nodeInfo          7: NodeSystemInfo
      images            8: [ContainerImage]     atomic
      volumesInUse      9: [UniqueVolumeName]   atomic
      volumesAttached  10: [AttachedVolume]     atomic
      config           11: NodeConfigStatus?
      runtimeHandlers  12: [NodeRuntimeHandler] atomic
      features         13: NodeFeatures?
      declaredFeatures 14: [string]             atomic

    type NodeAddress
      type    1!: NodeAddressType shown
      address 2!: string          shown

    type NodeCondition
      type               1!: NodeConditionType shown
      status             2!: ConditionStatus   shown
      lastHeartbeatTime   3: Time
      lastTransitionTime  4: Time
      reason              5: string
      message             6: string

    type NodeConfigStatus
      assigned      1: NodeConfigSource?
      active        2: NodeConfigSource?
      lastKnownGood 3: NodeConfigSource?
      error         4: string

    type NodeDaemonEndpoints
      kubeletEndpoint 1: DaemonEndpoint

    type DaemonEndpoint
      Port 1!: int32 shown

    type NodeFeatures
      supplementalGroupsPolicy 1: boolean?

    type ContainerImage
      names     1: [string] atomic
      sizeBytes 2: int64

    type NodeSystemInfo
      machineID                1!: string          shown
      systemUUID               2!: string          shown
      bootID                   3!: string          shown
      kernelVersion            4!: string          shown
      osImage                  5!: string          shown
      containerRuntimeVersion  6!: string          shown
      kubeletVersion           7!: string          shown
      kubeProxyVersion         8!: string          shown
      operatingSystem          9!: string          shown
      architecture            10!: string          shown
      swap                     11: NodeSwapStatus?

    type NodeSwapStatus
      capacity 1: int64?

    type NodeRuntimeHandler
      name     1: string                      shown
      features 2: NodeRuntimeHandlerFeatures?

    type NodeRuntimeHandlerFeatures
      recursiveReadOnlyMounts 1: boolean?
      userNamespaces          2: boolean?

    type AttachedVolume
      name       1!: UniqueVolumeName shown
      devicePath 2!: string           shown

    type NodeAllocatableResourceClaimStatus
      resourceClaimName 1!: string       shown
      containers         2: [string]     set
      resources         3!: ResourceList shown
    """#
}
