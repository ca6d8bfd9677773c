extension Tables {
  /// Namespaces, config maps, secrets, events, references (core/v1).
  static let coreObjects = #"""
    package io.k8s.api.core.v1 v1

    kind Namespace list
      metadata 1: ObjectMeta
      spec     2: NamespaceSpec
      status   3: NamespaceStatus

    type NamespaceSpec
      finalizers 1: [FinalizerName] atomic

    type NamespaceStatus
      phase      1: NamespacePhase = "Active"
      conditions 2: [NamespaceCondition]      keys type

    type NamespaceCondition
      type               1!: NamespaceConditionType shown
      status             2!: ConditionStatus        shown
      lastTransitionTime  4: Time
      reason              5: string
      message             6: string

    type LocalObjectReference atomic
      name 1: string shown

    type TypedLocalObjectReference atomic
      apiGroup  1: string?
      kind     2!: string  shown
      name     3!: string  shown

    type TypedObjectReference
      apiGroup   1: string?
      kind      2!: string  shown
      name      3!: string  shown
      namespace  4: string?

    kind ConfigMap list
      metadata   1: ObjectMeta
      data       2: {string}
      binaryData 3: {bytes}
      immutable  4: boolean?

    kind Secret list
      metadata   1: ObjectMeta
      data       2: {bytes}
      type       3: SecretType = "Opaque"
      stringData 4: {string}
      immutable  5: boolean?

    type ObjectReference atomic
      kind            1: string
      namespace       2: string
      name            3: string
      uid             4: UID
      apiVersion      5: string
      resourceVersion 6: string
      fieldPath       7: string

    kind Event list
      metadata           1!: ObjectMeta
      involvedObject     2!: ObjectReference
      reason              3: string
      message             4: string
      source              5: EventSource
      firstTimestamp      6: Time
      lastTimestamp       7: Time
      count               8: int32
      type                9: string
      eventTime          10: MicroTime
      series             11: EventSeries?
      action             12: string
      related            13: ObjectReference?
      reportingComponent 14: string           shown
      reportingInstance  15: string           shown

    type EventSeries
      count            1: int32
      lastObservedTime 2: MicroTime

    type EventSource
      component 1: string
      host      2: string

    kind Binding
      metadata  1: ObjectMeta
      target   2!: ObjectReference
    """#
}
