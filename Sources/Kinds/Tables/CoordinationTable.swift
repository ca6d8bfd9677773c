extension Tables {
  /// Types of coordination.k8s.io/v1.
  static let coordination = #"""
    package io.k8s.api.coordination.v1 coordination.k8s.io/v1

    alias CoordinatedLeaseStrategy: string

    kind Lease list  -- Something that one holder has at a time, for a while.
      metadata 1: ObjectMeta  -- Name, labels and the like.
      spec     2: LeaseSpec   -- What should be.

    type LeaseSpec  -- Who holds a lease and until when.
      holderIdentity       1: string?                    -- Who holds it.
      leaseDurationSeconds 2: int32?                     -- How long it holds without renewal.
      acquireTime          3: MicroTime?                 -- When the holder took it.
      renewTime            4: MicroTime?                 -- When the holder last renewed it.
      leaseTransitions     5: int32?                     -- How often the holder changed.
      strategy             6: CoordinatedLeaseStrategy?  -- How a new holder is chosen.
      preferredHolder      7: string?                    -- Who should take it over.
    """#
}
