extension Tables {
  /// Namespaces, config maps, secrets, events, references (core/v1).
  static let coreObjects = #"""
    package io.k8s.api.core.v1 v1

    kind Namespace list  -- A room of its own for objects.
      metadata 1: ObjectMeta       -- Name, labels and the like.
      spec     2: NamespaceSpec    -- What should be.
      status   3: NamespaceStatus  -- What is.

    type NamespaceSpec  -- What a namespace should be.
      finalizers 1: [FinalizerName] atomic -- Who has work to do before the object may go.

    type NamespaceStatus  -- How a namespace is.
      phase      1: NamespacePhase = "Active"           -- Active or Terminating.
      conditions 2: [NamespaceCondition]      keys type -- Present observations, one a type.

    type NamespaceCondition  -- One observation of a namespace.
      type               1!: NamespaceConditionType shown -- What sort it is.
      status             2!: ConditionStatus        shown -- True, False or Unknown.
      lastTransitionTime  4: Time                         -- When the status last changed.
      reason              5: string                       -- For programs: why, in one word.
      message             6: string                       -- For people: what is the matter.

    type LocalObjectReference atomic  -- An object of the same namespace, by name.
      name 1: string shown -- The name.

    type TypedLocalObjectReference atomic  -- An object of the same namespace, by kind and name.
      apiGroup  1: string?       -- The group of the object that is named.
      kind     2!: string  shown -- The kind of the object that is named.
      name     3!: string  shown -- The name.

    type TypedObjectReference  -- An object by kind, name and namespace.
      apiGroup   1: string?       -- The group of the object that is named.
      kind      2!: string  shown -- The kind of the object that is named.
      name      3!: string  shown -- The name.
      namespace  4: string?       -- The namespace.

    kind ConfigMap list  -- Settings that pods read.
      metadata   1: ObjectMeta  -- Name, labels and the like.
      data       2: {string}    -- What is kept, by key.
      binaryData 3: {bytes}     -- What is kept that is no text, by key, as base64.
      immutable  4: boolean?    -- Whether the content is sealed for good.

    kind Secret list  -- Passwords, keys and the like that pods read.
      metadata   1: ObjectMeta             -- Name, labels and the like.
      data       2: {bytes}                -- What is kept, by key, as base64.
      type       3: SecretType = "Opaque"  -- What sort it is.
      stringData 4: {string}               -- What is to be kept, as plain text; never read back.
      immutable  5: boolean?               -- Whether the content is sealed for good.

    type ObjectReference atomic  -- Names any object.
      kind            1: string  -- The kind of the object that is named.
      namespace       2: string  -- The namespace.
      name            3: string  -- The name.
      uid             4: UID     -- The object's number, never used twice.
      apiVersion      5: string  -- Group and version of the object that is named.
      resourceVersion 6: string  -- The revision of the object.
      fieldPath       7: string  -- Which field.

    kind Event list  -- Something that happened to an object.
      metadata           1!: ObjectMeta             -- Name, labels and the like.
      involvedObject     2!: ObjectReference        -- What it is about.
      reason              3: string                 -- For programs: why, in one word.
      message             4: string                 -- For people: what happened.
      source              5: EventSource            -- Who says so, in the old form.
      firstTimestamp      6: Time                   -- When it was first seen.
      lastTimestamp       7: Time                   -- When it was last seen.
      count               8: int32                  -- How often it was seen.
      type                9: string                 -- Normal or Warning.
      eventTime          10: MicroTime              -- When it was first seen, to the microsecond.
      series             11: EventSeries?           -- If it goes on happening: how often, how lately.
      action             12: string                 -- What happened, or what is done.
      related            13: ObjectReference?       -- A second object that has to do with it.
      reportingComponent 14: string           shown -- Who says so.
      reportingInstance  15: string           shown -- Which process says so.

    type EventSeries  -- How often an event went on happening.
      count            1: int32      -- How often it was seen.
      lastObservedTime 2: MicroTime  -- When it was last seen.

    type EventSource  -- Where an event came from.
      component 1: string  -- The component that it came from.
      host      2: string  -- The node that it came from.

    kind Binding  -- Puts a pod on a node.
      metadata  1: ObjectMeta       -- Name, labels and the like.
      target   2!: ObjectReference  -- The node that the pod is bound to.
    """#
}
