extension Tables {
  /// Events as events.k8s.io/v1 has them.
  static let events = #"""
    package io.k8s.api.events.v1 events.k8s.io/v1

    kind Event list  -- Something that happened to an object.
      metadata                  1: ObjectMeta        -- Name, labels and the like.
      eventTime                2!: MicroTime         -- When it was first seen, to the microsecond.
      series                    3: EventSeries?      -- If it goes on happening: how often, how lately.
      reportingController       4: string            -- Who says so.
      reportingInstance         5: string            -- Which process says so.
      action                    6: string            -- What happens, or is done.
      reason                    7: string            -- For programs: why, in one word.
      regarding                 8: ObjectReference   -- What it happened to.
      related                   9: ObjectReference?  -- A second object that has to do with it.
      note                     10: string            -- For people: what happened.
      type                     11: string            -- Normal or Warning.
      deprecatedSource         12: EventSource       -- Who saw it; reportingController replaces it.
      deprecatedFirstTimestamp 13: Time              -- When it was first seen; eventTime replaces it.
      deprecatedLastTimestamp  14: Time              -- When it was last seen; series replaces it.
      deprecatedCount          15: int32             -- How often it was seen; series replaces it.

    type EventSeries  -- How often an event came back.
      count            1!: int32     shown -- How many.
      lastObservedTime 2!: MicroTime       -- When it was last seen.
    """#
}
