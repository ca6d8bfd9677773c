extension Tables {
  /// Types of node.k8s.io/v1.
  static let node = #"""
    package io.k8s.api.node.v1 node.k8s.io/v1

    kind RuntimeClass list  -- A way of running containers.
      metadata    1: ObjectMeta        -- Name, labels and the like.
      handler    2!: string      shown -- The runtime's name for it.
      overhead    3: Overhead?         -- What running a pod costs beside its containers.
      scheduling  4: Scheduling?       -- Which nodes can run it.

    type Overhead  -- What running a pod costs beside its containers.
      podFixed 1: ResourceList  -- What each pod costs.

    type Scheduling  -- Which nodes can run a class.
      nodeSelector 1: {string}     atomic -- Labels that the nodes have.
      tolerations  2: [Toleration] atomic -- Taints that are tolerated.
    """#
}
