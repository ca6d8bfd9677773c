extension Tables {
  /// Nodes (core/v1).
  static let coreNodes = #"""
    package io.k8s.api.core.v1 v1

    kind Node list  -- A machine that runs pods.
      metadata 1: ObjectMeta  -- Name, labels and the like.
      spec     2: NodeSpec    -- What should be.
      status   3: NodeStatus  -- What is.

    type NodeSpec  -- What a node should be.
      podCIDR       1: string                      -- The range of its pods' addresses.
      externalID    2: string                      -- No longer used.
      providerID    3: string                      -- The machine's name at its provider.
      unschedulable 4: boolean                     -- Whether no new pods may come.
      taints        5: [Taint]           atomic    -- What keeps pods away that do not tolerate it.
      configSource  6: NodeConfigSource?           -- No longer used.
      podCIDRs      7: [string]          set merge -- The ranges of its pods' addresses, one a family.

    type NodeConfigSource  -- No longer used.
      configMap 2: ConfigMapNodeConfigSource?  -- The ConfigMap that holds the configuration.

    type ConfigMapNodeConfigSource  -- A ConfigMap with a node's configuration.
      namespace        1!: string shown -- The namespace.
      name             2!: string shown -- The name.
      uid               3: UID          -- The object's number, never used twice.
      resourceVersion   4: string       -- The revision of the object.
      kubeletConfigKey 5!: string shown -- Which entry holds the configuration.

    type Taint  -- Keeps pods off a node that do not tolerate it.
      key       1!: string      shown -- The taint's name.
      value      2: string            -- The value.
      effect    3!: TaintEffect shown -- What happens to pods that do not tolerate the taint.
      timeAdded  4: Time?             -- When it was added.

    type NodeStatus  -- How a node is.
      capacity          1: ResourceList                   -- All resources of the node.
      allocatable       2: ResourceList                   -- What pods may use in all.
      phase             3: NodePhase                      -- Where it is in its life.
      conditions        4: [NodeCondition]      keys type -- Present observations, one a type.
      addresses         5: [NodeAddress]        keys type -- Where the node can be reached.
      daemonEndpoints   6: NodeDaemonEndpoints            -- Where its services listen.
      nodeInfo          7: NodeSystemInfo                 -- Versions and identity.
      images            8: [ContainerImage]     atomic    -- Images that are there already.
      volumesInUse      9: [UniqueVolumeName]   atomic    -- Volumes that are mounted.
      volumesAttached  10: [AttachedVolume]     atomic    -- Volumes that are attached.
      config           11: NodeConfigStatus?              -- No longer used.
      runtimeHandlers  12: [NodeRuntimeHandler] atomic    -- What its container runtime can do.
      features         13: NodeFeatures?                  -- What it supports.
      declaredFeatures 14: [string]             atomic    -- Features that the node says it has.

    type NodeAddress  -- An address of a node.
      type    1!: NodeAddressType shown -- What sort it is.
      address 2!: string          shown -- The address.

    type NodeCondition  -- One observation of a node.
      type               1!: NodeConditionType shown -- What sort it is.
      status             2!: ConditionStatus   shown -- True, False or Unknown.
      lastHeartbeatTime   3: Time                    -- When the node last said so.
      lastTransitionTime  4: Time                    -- When the status last changed.
      reason              5: string                  -- For programs: why, in one word.
      message             6: string                  -- For people: what is the matter.

    type NodeConfigStatus  -- No longer used.
      assigned      1: NodeConfigSource?  -- The configuration that should be in use.
      active        2: NodeConfigSource?  -- The configuration in use.
      lastKnownGood 3: NodeConfigSource?  -- The configuration to fall back on.
      error         4: string             -- What went wrong.

    type NodeDaemonEndpoints  -- Ports of a node's services.
      kubeletEndpoint 1: DaemonEndpoint  -- Where the kubelet listens.

    type DaemonEndpoint  -- A port that a service on a node listens on.
      Port 1!: int32 shown -- The port's number.

    type NodeFeatures  -- What a node's container runtime supports.
      supplementalGroupsPolicy 1: boolean?  -- Where further groups come from: Merge or Strict.

    type ContainerImage  -- An image that a node has.
      names     1: [string] atomic -- Names by which the image is known.
      sizeBytes 2: int64           -- How large it is.

    type NodeSystemInfo  -- Versions and identity of a node.
      machineID                1!: string          shown -- The machine's number.
      systemUUID               2!: string          shown -- The hardware's number.
      bootID                   3!: string          shown -- Changes at every boot.
      kernelVersion            4!: string          shown -- The kernel's version.
      osImage                  5!: string          shown -- The name of the operating system.
      containerRuntimeVersion  6!: string          shown -- The container runtime and its version.
      kubeletVersion           7!: string          shown -- The kubelet's version.
      kubeProxyVersion         8!: string          shown -- No longer used.
      operatingSystem          9!: string          shown -- linux or windows.
      architecture            10!: string          shown -- The processor's architecture.
      swap                     11: NodeSwapStatus?       -- Swap space.

    type NodeSwapStatus  -- Swap space of a node.
      capacity 1: int64?  -- Bytes of swap.

    type NodeRuntimeHandler  -- One handler of a node's container runtime.
      name     1: string                      shown -- The name.
      features 2: NodeRuntimeHandlerFeatures?       -- What it supports.

    type NodeRuntimeHandlerFeatures  -- What a runtime handler supports.
      recursiveReadOnlyMounts 1: boolean?  -- Whether mounts can be read-only all the way down.
      userNamespaces          2: boolean?  -- Whether containers can have users of their own.

    type AttachedVolume  -- A volume that is attached to a node.
      name       1!: UniqueVolumeName shown -- The name.
      devicePath 2!: string           shown -- Where the device is found.

    type NodeAllocatableResourceClaimStatus  -- A claim that uses up the node's own resources.
      resourceClaimName 1!: string       shown -- The ResourceClaim's name.
      containers         2: [string]     set   -- Which containers use the claim.
      resources         3!: ResourceList shown -- What is requested and at most used.
    """#
}
