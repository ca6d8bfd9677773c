/// How Kubernetes' scalars are read and written; the floor above knows them and hands them in.
package struct ScalarForms: Sendable {
  /// A quantity in the form in which it is stored (`1000m` is `1`); nil if it is none.
  package let canonicalQuantity: @Sendable (String) -> String?
  /// Seconds since 1970 and nanoseconds of an RFC 3339 text; nil if it is none.
  package let moment: @Sendable (String) -> Moment?
  /// The text of a moment with whole seconds.
  package let timeText: @Sendable (Moment) -> String
  /// The text of a moment with microseconds.
  package let microTimeText: @Sendable (Moment) -> String

  /// A point in time.
  package struct Moment: Sendable, Equatable {
    /// Since 1970-01-01T00:00:00Z.
    package let seconds: Int64
    /// Within the second, 0 to 999,999,999.
    package let nanoseconds: Int32

    package init(seconds: Int64, nanoseconds: Int32) {
      self.seconds = seconds
      self.nanoseconds = nanoseconds
    }
  }

  package init(
    canonicalQuantity: @escaping @Sendable (String) -> String?, moment: @escaping @Sendable (String) -> Moment?,
    timeText: @escaping @Sendable (Moment) -> String, microTimeText: @escaping @Sendable (Moment) -> String
  ) {
    self.canonicalQuantity = canonicalQuantity
    self.moment = moment
    self.timeText = timeText
    self.microTimeText = microTimeText
  }
}
