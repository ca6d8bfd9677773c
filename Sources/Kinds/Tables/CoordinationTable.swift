extension Tables {
  /// Types of coordination.k8s.io/v1.
  static let coordination = #"""
    package io.k8s.api.coordination.v1 coordination.k8s.io/v1

    alias CoordinatedLeaseStrategy: string

    kind Lease list
      metadata 1: ObjectMeta
      spec     2: LeaseSpec

    type LeaseSpec
      holderIdentity       1: string?
      leaseDurationSeconds 2: int32?
      acquireTime          3: MicroTime?
      renewTime            4: MicroTime?
      leaseTransitions     5: int32?
      strategy             6: CoordinatedLeaseStrategy?
      preferredHolder      7: string?
    """#
}
