import Tree

/// The rules of Jobs across fields (k8s.io/kubernetes, pkg/apis/batch/validation).
struct JobValidation: KindRules {
  /// What of the spec stays as it was created.
  private static let fixed = [
    "selector", "completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy", "successPolicy",
  ]

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    guard subresource == nil, let spec = value["spec"] else { return [] }
    var errors = selectorErrors(value) + JobSpecValidation(spec: spec, path: "spec").errors
    if let selector = spec["selector"] {
      errors += LabelValidation.errors(selector: selector, at: "spec.selector")
      let labels = spec["template", "metadata", "labels"]
      if LabelSelector(selector)?.matches(TextMap(labels ?? [:])) == false {
        errors.append(
          .invalid("spec.template.metadata.labels", labels ?? .null, "`selector` does not match template `labels`"))
      }
    } else {
      errors.append(.required("spec.selector"))
    }
    if let old { errors += changeErrors(spec, old) }
    return errors + hostnameErrors(value)
  }

  /// A selector that is left to the server may have nothing else in it.
  private func selectorErrors(_ value: Value) -> [FieldError] {
    guard value["spec", "manualSelector"] != true, let selector = value["spec", "selector"] else { return [] }
    let (uid, name) = (value["metadata", "uid"] ?? "", value["metadata", "name"] ?? "")
    let labels: Value = [
      "batch.kubernetes.io/controller-uid": uid, "batch.kubernetes.io/job-name": name, "controller-uid": uid,
      "job-name": name,
    ]
    return LabelSelector(selector)?.matches(TextMap(labels)) == false
      ? [.invalid("spec.selector", selector, "`selector` not auto-generated")] : []
  }

  /// An indexed Job's pods have its name and their index for a host name.
  private func hostnameErrors(_ value: Value) -> [FieldError] {
    guard value["spec", "completionMode"] == "Indexed", let count = value["spec", "completions"]?.integer, count > 0
    else { return [] }
    let name = value["metadata", "name"]?.string ?? ""
    let longest = "\(name)-\(count - 1)"
    return NameSyntax.labelErrors(longest).isEmpty
      ? []
      : [
        .invalid(
          "metadata.name", .string(name), "will not able to create pod with invalid DNS label: \(longest)")
      ]
  }

  private func changeErrors(_ spec: Value, _ object: Value) -> [FieldError] {
    let old = object["spec"] ?? [:]
    var errors: [FieldError] = []
    // An indexed Job may be scaled by changing both numbers alike.
    let isScaled = spec["completionMode"] == "Indexed" && spec["completions"] == spec["parallelism"]
    if !isScaled, spec["completions"] != old["completions"] {
      errors.append(.invalid("spec.completions", spec["completions"] ?? .null, "field is immutable"))
    }
    let canMove = old["suspend"] == true && object["status", "startTime"] == nil
    if !canMove, spec["template"] != old["template"] {
      errors.append(.invalid("spec.template", spec["template"] ?? .null, "field is immutable"))
    }
    for field in Self.fixed where spec[field] != old[field] {
      errors.append(.invalid("spec." + field, spec[field] ?? .null, "field is immutable"))
    }
    return errors
  }
}

/// The rules of a Job's spec, wherever it stands: in a Job, or in a CronJob's template.
struct JobSpecValidation {
  let spec: Value
  let path: String

  var errors: [FieldError] {
    var errors: [FieldError] = []
    for field in [
      "parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished",
      "backoffLimitPerIndex", "maxFailedIndexes",
    ] {
      if let number = spec[field]?.integer, number < 0 {
        errors.append(.invalid(path + "." + field, .integer(number), "must be greater than or equal to 0"))
      }
    }
    if spec["maxFailedIndexes"] != nil, spec["backoffLimitPerIndex"] == nil {
      errors.append(.required(path + ".backoffLimitPerIndex", "when maxFailedIndexes is specified"))
    }
    errors += managerErrors
    if spec["completionMode"] == "Indexed" { errors += indexErrors }
    if spec["completionMode"] != "Indexed" {
      for field in ["backoffLimitPerIndex", "maxFailedIndexes"] where spec[field] != nil {
        errors.append(.invalid(path + "." + field, spec[field] ?? 0, "requires indexed completion mode"))
      }
    }
    return errors + JobPolicyValidation(spec: spec, path: path).errors + templateErrors
  }

  private static let parallelismLimit: Int64 = 100_000
  private static let failedIndexLimit: Int64 = 100_000
  private static let manyCompletions: Int64 = 100_000
  private static let limitForMany: Int64 = 10_000

  private var managerErrors: [FieldError] {
    guard let manager = spec["managedBy"]?.string else { return [] }
    let place = path + ".managedBy"
    if manager.isEmpty { return [.required(place)] }
    let parts = manager.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
      return [.invalid(place, .string(manager), "must be a domain-prefixed path (such as \"acme.io/foo\")")]
    }
    let errors = FieldError.invalid(place, .string(parts[0]), NameSyntax.subdomainErrors(parts[0]))
    return manager.utf8.count > 63 ? errors + [.tooLong(place, limit: 63)] : errors
  }

  /// A Job whose pods each work on a part.
  private var indexErrors: [FieldError] {
    var errors: [FieldError] = []
    let (parallelism, failed) = (spec["parallelism"]?.integer ?? 0, spec["maxFailedIndexes"]?.integer)
    let (wide, most) = (path + ".parallelism", path + ".maxFailedIndexes")
    if spec["completions"] == nil {
      errors.append(.required(path + ".completions", "when completion mode is Indexed"))
    }
    if parallelism > Self.parallelismLimit {
      errors.append(
        .invalid(
          wide, .integer(parallelism),
          "must be less than or equal to \(Self.parallelismLimit) when completion mode is Indexed"))
    }
    guard let completions = spec["completions"]?.integer else { return errors }
    if let failed, failed > completions {
      errors.append(.invalid(most, .integer(failed), "must be less than or equal to completions"))
    }
    if let failed, failed > Self.failedIndexLimit {
      errors.append(.invalid(most, .integer(failed), "must be less than or equal to \(Self.failedIndexLimit)"))
    }
    guard completions > Self.manyCompletions, spec["backoffLimitPerIndex"] != nil else { return errors }
    let why =
      "must be less than or equal to \(Self.limitForMany) when completions are above \(Self.manyCompletions) and used "
      + "with backoff limit per index"
    if failed == nil {
      errors.append(.required(most, "must be specified when completions is above \(Self.manyCompletions)"))
    }
    if parallelism > Self.limitForMany { errors.append(.invalid(wide, .integer(parallelism), why)) }
    if let failed, failed > Self.limitForMany { errors.append(.invalid(most, .integer(failed), why)) }
    return errors
  }

  private var templateErrors: [FieldError] {
    let path = path + ".template"
    let pod = spec["template", "spec"] ?? [:]
    var errors = LabelValidation.errors(spec["template", "metadata", "labels"], at: path + ".labels")
    errors += PodSpecValidation(spec: pod, path: path + ".spec").errors
    let policy = pod.text("restartPolicy")
    if policy.isEmpty || policy == "Always" {
      errors.append(.required(path + ".spec.restartPolicy", #"valid values: "OnFailure", "Never""#))
    } else if !["OnFailure", "Never"].contains(policy) {
      errors.append(.notSupported(path + ".spec.restartPolicy", policy, ["OnFailure", "Never"]))
    } else if spec["podFailurePolicy"] != nil, policy != "Never" {
      errors.append(
        .invalid(
          path + ".spec.restartPolicy", .string(policy),
          "only \"Never\" is supported when podFailurePolicy is specified")
      )
    }
    return errors
  }
}

/// The rules of CronJobs across fields (k8s.io/kubernetes, pkg/apis/batch/validation).
struct CronJobValidation: KindRules {
  /// The Jobs' names are eleven characters longer.
  private static let nameLimit = 52

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    guard subresource == nil else { return [] }
    let spec = value["spec"] ?? [:]
    var errors: [FieldError] = []
    if old == nil, let name = value["metadata", "name"]?.string, name.utf8.count > Self.nameLimit {
      errors.append(
        .invalid("metadata.name", .string(name), "must be no more than \(Self.nameLimit) characters"))
    }
    let schedule = spec.text("schedule")
    if schedule.isEmpty {
      errors.append(.required("spec.schedule"))
    } else {
      do throws(CronError) {
        _ = try CronSchedule(schedule)
      } catch {
        errors.append(.invalid("spec.schedule", .string(schedule), error.message))
      }
    }
    if let zone = spec["timeZone"]?.string { errors += zoneErrors(zone) }
    let policy = spec.text("concurrencyPolicy")
    if !["Allow", "Forbid", "Replace"].contains(policy) {
      errors.append(.notSupported("spec.concurrencyPolicy", policy, ["Allow", "Forbid", "Replace"]))
    }
    return errors + JobSpecValidation(spec: spec["jobTemplate", "spec"] ?? [:], path: "spec.jobTemplate.spec").errors
  }

  private func zoneErrors(_ zone: String) -> [FieldError] {
    let path = "spec.timeZone"
    if zone.isEmpty { return [.invalid(path, "", "timeZone must be nil or non-empty string")] }
    if zone.lowercased() == "local" {
      return [
        .invalid(
          path, .string(zone), "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones")
      ]
    }
    return TimeZoneNames.isKnown(zone) ? [] : [.invalid(path, .string(zone), "unknown time zone \(zone)")]
  }
}

/// The names of time zones (IANA time zone database), by area: the places in an area are not listed.
enum TimeZoneNames {
  private static let areas: Set<String> = [
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Brazil", "Canada", "Chile", "Etc",
    "Europe", "Indian", "Mexico", "Pacific", "US",
  ]
  private static let single: Set<String> = [
    "CET", "CST6CDT", "Cuba", "EET", "EST", "EST5EDT", "Egypt", "Eire", "GB", "GMT", "Greenwich", "HST", "Hongkong",
    "Iceland", "Iran", "Israel", "Jamaica", "Japan", "Kwajalein", "Libya", "MET", "MST", "MST7MDT", "NZ", "Navajo",
    "PRC", "PST8PDT", "Poland", "Portugal", "ROC", "ROK", "Singapore", "Turkey", "UCT", "UTC", "Universal", "WET",
    "Zulu",
  ]

  static func isKnown(_ name: String) -> Bool {
    let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return single.contains(name) }
    return areas.contains(String(parts[0])) && !parts[1].isEmpty
  }
}
