package import Kinds
package import Store
package import Tree

/// A write that somebody makes through the components' door though no component is at work: the preparation of a
/// lesson, a test.
package enum DirectWrite {
  case create(Kind, Value, namespace: String)
  case update(Kind, Value, subresource: String?)
  case delete(Kind, namespace: String, name: String, DeleteOptions)
}

/// Hears of everything that comes into a cluster from outside, before it is done.
package protocol InputListener: AnyObject {
  func note(_ attempt: WriteAttempt)
  func note(_ write: DirectWrite, cause: Cause)
}

extension DeleteOptions {
  package var record: Value {
    var record: Value = ["dryRun": .boolean(isDryRun)]
    record["grace"] = gracePeriodSeconds.map { .integer(Int64($0)) }
    record["propagation"] = propagation.map { .string($0.rawValue) }
    record["uid"] = uid.map(Value.string)
    record["resourceVersion"] = resourceVersion.map(Value.string)
    return record
  }

  package init(record: Value) {
    self.init(
      gracePeriodSeconds: record["grace"]?.integer.map { Int($0) },
      propagation: record["propagation"]?.string.flatMap { Propagation(rawValue: $0) }, uid: record["uid"]?.string,
      resourceVersion: record["resourceVersion"]?.string)
    isDryRun = record["dryRun"]?.boolean ?? false
  }
}
