extension Tables {
  /// What newer kinds replace: endpoints, replication controllers, component statuses (core/v1).
  static let coreLegacy = #"""
    package io.k8s.api.core.v1 v1

    alias ComponentConditionType: string
    alias ReplicationControllerConditionType: string

    kind Endpoints list  -- The addresses behind a service; EndpointSlice replaces it.
      metadata 1: ObjectMeta              -- Name, labels and the like.
      subsets  2: [EndpointSubset] atomic -- Addresses with the same ports.

    type EndpointSubset  -- Addresses with the same ports.
      addresses         1: [EndpointAddress] atomic -- Where it can be reached.
      notReadyAddresses 2: [EndpointAddress] atomic -- Addresses that are not ready.
      ports             3: [EndpointPort]    atomic -- The ports.

    type EndpointAddress atomic  -- One address behind a service.
      ip        1!: string           shown -- The address.
      targetRef  2: ObjectReference?       -- The object behind the address.
      hostname   3: string                 -- The DNS name.
      nodeName   4: string?                -- The node that it runs on.

    type EndpointPort atomic  -- One port behind a service.
      name         1: string                               -- The name.
      port        2!: int32            shown range 1 65535 -- The port's number.
      protocol     3: Protocol = "TCP"                     -- TCP, UDP or SCTP.
      appProtocol  4: string?                              -- What is spoken on the port: http, kubernetes.io/h2c.

    kind ReplicationController list  -- Keeps a number of pods running; ReplicaSet replaces it.
      metadata 1: ObjectMeta                   -- Name, labels and the like.
      spec     2: ReplicationControllerSpec    -- What should be.
      status   3: ReplicationControllerStatus  -- What is.

    type ReplicationControllerSpec  -- What a ReplicationController should be.
      replicas        1: int32? = 1              -- How many pods.
      selector        2: {string}         atomic -- Which objects, by their labels.
      template        3: PodTemplateSpec?        -- What a new pod looks like.
      minReadySeconds 4: int32            min 0  -- How long a pod must be ready to count as available.

    type ReplicationControllerStatus  -- How a ReplicationController is.
      replicas             1!: int32                            shown     -- How many pods.
      fullyLabeledReplicas  2: int32                                      -- Pods that have all labels of the template.
      observedGeneration    3: int64 -- Which generation of the spec this status speaks of.
      readyReplicas         4: int32                                      -- Pods that are ready.
      availableReplicas     5: int32                                      -- Pods that have been ready for long enough.
      conditions            6: [ReplicationControllerCondition] keys type -- Present observations, one a type.

    type ReplicationControllerCondition  -- One observation of a ReplicationController.
      type               1!: ReplicationControllerConditionType shown -- What sort it is.
      status             2!: ConditionStatus                    shown -- True, False or Unknown.
      lastTransitionTime  3: Time                                     -- When the status last changed.
      reason              4: string                                   -- For programs: why, in one word.
      message             5: string                                   -- For people: what is the matter.

    kind PodTemplate list  -- A pod template that is kept as an object.
      metadata 1: ObjectMeta       -- Name, labels and the like.
      template 2: PodTemplateSpec  -- What a new pod looks like.

    kind ComponentStatus list  -- The health of a component; no longer in use.
      metadata   1: ObjectMeta                     -- Name, labels and the like.
      conditions 2: [ComponentCondition] keys type -- Present observations, one a type.

    type ComponentCondition  -- Whether a component is healthy.
      type    1!: ComponentConditionType shown -- What sort it is.
      status  2!: ConditionStatus        shown -- True, False or Unknown.
      message  3: string                       -- For people: what is the matter.
      error    4: string                       -- What went wrong.
    """#
}
