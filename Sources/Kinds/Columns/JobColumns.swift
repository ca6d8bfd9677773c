import Loop
import Tree

/// `kubectl get jobs` and `kubectl get cronjobs`.
enum JobColumns {
  static let job: [TableColumn] = [
    .objectName, TableColumn("Status", help: "Where it is in its life.", text: status),
    TableColumn("Completions", help: "Pods that succeeded, of those wanted.", text: completions),
    TableColumn("Duration", help: "How long it has taken.") { value, now in .string(duration(value, now)) },
    .age, TemplateColumns.containers, TemplateColumns.images, TemplateColumns.selector,
  ]

  static let cronJob: [TableColumn] = [
    .objectName, TableColumn("Schedule", help: "When.") { $0["spec", "schedule"]?.string ?? "" },
    TableColumn("Timezone", help: "In which time zone.") { $0["spec", "timeZone"]?.string ?? "<none>" },
    TableColumn("Suspend", type: "boolean", help: "Whether it rests.") { value, _ in
      value["spec", "suspend"] == true ? "True" : "False"
    },
    TableColumn("Active", type: "integer", help: "Jobs that are running.") { value, _ in
      .integer(Int64(value["status", "active"]?.array?.count ?? 0))
    },
    TableColumn("Last Schedule", help: "When a Job was last started.") { value, now in
      let last = value["status", "lastScheduleTime"]
      return .string(last?.string == nil ? "<none>" : Age.text(since: last, now: now))
    },
    .age, podSpec("Containers", "name"), podSpec("Images", "image"),
    TableColumn("Selector", help: "The labels of its pods.", wide: true) { value in
      value["spec", "jobTemplate", "spec", "selector"].map { TemplateColumns.selectorText($0) } ?? "<none>"
    },
  ]

  private static func podSpec(_ column: String, _ field: String) -> TableColumn {
    TableColumn(column, help: "\(column) of its pods.", wide: true) { value in
      TemplateColumns.names(value["spec", "jobTemplate", "spec", "template", "spec"], field)
    }
  }

  private static func status(_ value: Value) -> String {
    func holds(_ type: String) -> Bool {
      (value["status", "conditions"]?.array ?? []).contains { $0["type"]?.string == type && $0["status"] == "True" }
    }
    if holds("Complete") { return "Complete" }
    if holds("Failed") { return "Failed" }
    if value["metadata", "deletionTimestamp"] != nil { return "Terminating" }
    if holds("Suspended") { return "Suspended" }
    if holds("FailureTarget") { return "FailureTarget" }
    return holds("SuccessCriteriaMet") ? "SuccessCriteriaMet" : "Running"
  }

  private static func completions(_ value: Value) -> String {
    let succeeded = value["status", "succeeded"]?.integer ?? 0
    if let wanted = value["spec", "completions"]?.integer { return "\(succeeded)/\(wanted)" }
    let parallelism = value["spec", "parallelism"]?.integer ?? 0
    return parallelism > 1 ? "\(succeeded)/1 of \(parallelism)" : "\(succeeded)/1"
  }

  private static func duration(_ value: Value, _ now: Time) -> String {
    guard let start = value["status", "startTime"]?.string.flatMap(Time.init(timestamp:)) else { return "" }
    let end = value["status", "completionTime"]?.string.flatMap(Time.init(timestamp:))
    return Age.text((end ?? now) - start)
  }
}
