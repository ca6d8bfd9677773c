import API
import Kinds
package import Loop
import Scheduler
package import Store
package import Tree

/// What a recorded cluster began with: its options, and the contents of its journal.
package struct BirthRecord {
  package let options: ClusterOptions
  package let contents: JournalContents?
  package let birth: Time
  package let history: Feed.Limits

  package var record: Value {
    var record: Value = [
      "format": 1, "name": .string(options.name), "nodes": .integer(Int64(options.nodes)),
      "seed": .string(String(options.seed)), "rootCertificate": .string(options.rootCertificate),
      "workPerTurn": .integer(Int64(options.workPerTurn)), "webhooks": .boolean(options.webhooks != nil),
      "forks": .boolean(options.forks != nil), "birth": .integer(birth.nanoseconds),
      "limits": .array(
        [options.limits.pods, options.limits.events, options.limits.objects, options.limits.bytes].map {
          .integer(Int64($0))
        }),
      "history": .array([history.changes, history.bytes].map { .integer(Int64($0)) }),
    ]
    record["identity"] = options.identity.map(RecordedKeys.record)
    record["contents"] = contents.map { ContentsRecord.record($0) }
    return record
  }

  package init(_ options: ClusterOptions, contents: JournalContents?, birth: Time, history: Feed.Limits) {
    self.options = options
    self.contents = contents
    self.birth = birth
    self.history = history
  }

  /// nil for what is no birth, or one of another format.
  package init?(record: Value) {
    guard record["format"] == 1, let seed = record["seed"]?.string.flatMap({ UInt64($0) }),
      let birth = record["birth"]?.integer,
      let limits = record["limits"]?.array?.compactMap(\.integer).map({ Int($0) }), limits.count == 4,
      let history = record["history"]?.array?.compactMap(\.integer).map({ Int($0) }), history.count == 2
    else { return nil }
    var options = ClusterOptions(
      name: record["name"]?.string ?? "", nodes: Int(record["nodes"]?.integer ?? 0), seed: seed,
      rootCertificate: record["rootCertificate"]?.string ?? "",
      webhooks: record["webhooks"] == true ? NoWebhooks() : nil,
      workPerTurn: Int(record["workPerTurn"]?.integer ?? 0),
      limits: ClusterLimits(pods: limits[0], events: limits[1], objects: limits[2], bytes: limits[3]))
    options.forks = record["forks"] == true ? NoForks() : nil
    self.options = options
    self.birth = Time(nanoseconds: birth)
    self.history = Feed.Limits(changes: history[0], bytes: history[1])
    guard let contents = record["contents"] else {
      self.contents = nil
      return
    }
    guard let read = ContentsRecord.contents(contents) else { return nil }
    self.contents = read
  }
}

/// In a replay what came of Forks is an input like any other.
private struct NoForks: ForkMaker {
  func make(_ name: String, from contents: JournalContents) -> Status? { nil }
  func remove(_ name: String) -> Status? { nil }
}
