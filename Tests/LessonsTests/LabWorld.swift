import ClusterTesting
import Tree

@testable import Lessons

/// The real engine as lessons' checks read it: a copy of the kinds that a lesson reads.
struct LabWorld: World {
  private var lists: [String: [Value]] = [:]

  init(_ lab: Lab, reads: Set<String>) {
    for resource in reads {
      lists[resource] = lab.request("GET", Self.path(of: resource)).value["items"]?.array ?? []
    }
  }

  func objects(of resource: String, namespace: String?) -> [Value] {
    (lists[resource] ?? []).filter { namespace == nil || $0["metadata", "namespace"]?.string == namespace }
  }

  private static func path(of resource: String) -> String {
    let parts = resource.split(separator: ".", maxSplits: 1)
    switch parts.count > 1 ? parts[1] : "" {
    case "": return "/api/v1/\(resource)"
    case "podium.dev": return "/apis/podium.dev/v1/\(parts[0])"
    case "discovery.k8s.io": return "/apis/discovery.k8s.io/v1/\(parts[0])"
    case let group: return "/apis/\(group)/v1/\(parts[0])"
    }
  }
}

/// One walk of a learner through a lesson, in virtual time, by the solutions.
struct Walk {
  /// How long a step's checks may take after its solution, in seconds of the cluster's time: looked at every second at
  /// first, then every ten.
  private static let waits = Array(repeating: 1.0, count: 60) + Array(repeating: 10.0, count: 90)

  let lesson: Lesson
  let lab: Lab

  init(_ lesson: Lesson) throws {
    self.lesson = lesson
    lab = try Lab(seed: 7)
    lab.advance(bySeconds: 5)
  }

  /// The resources that any check of the lesson reads.
  var allReads: Set<String> { lesson.steps.reduce(into: []) { $0.formUnion($1.reads) } }

  func world(of reads: Set<String>) -> LabWorld { LabWorld(lab, reads: reads) }

  func check(_ step: Step, before: LabWorld) -> CheckResult {
    evaluate(step: step, now: world(of: step.reads), before: before, time: 0, language: "en")
  }

  /// Runs one command line as the learner; what went wrong, or nil.
  func run(_ line: String, files: [LessonFile]) -> String? {
    let texts = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.content) })
    let result = lab.kubectl(line, files: texts, as: "learner")
    return result.status == 0 ? nil : "\(line): \(result.errors)\(result.output)"
  }

  /// What is still missing after time has run as long as it may until the step's checks pass; nil for nothing.
  func missing(_ step: Step, before: LabWorld) -> String? {
    var result = check(step, before: before)
    for seconds in Self.waits where !result.isPassed {
      lab.advance(bySeconds: seconds)
      result = check(step, before: before)
    }
    let missing = result.conditions.filter { !$0.isPassed }
    if missing.isEmpty { return nil }
    return missing.map { "\(step.id) \($0.id): expected \($0.expected), actual \($0.actual)" }.joined(separator: "; ")
  }

  /// Puts the lab into a step's start state; what went wrong, or nil.
  func start(at id: String) -> String? {
    var before = world(of: allReads)
    for action in lesson.start(of: id) ?? [] {
      let failure: String?
      switch action {
      case .apply(let object): failure = run("kubectl apply -f object.yaml", files: [file(object)])
      case .run(let line, let files): failure = run(line, files: files)
      case .await(let step):
        failure = lesson.step(step).flatMap { missing($0, before: before) }
        before = world(of: allReads)
      }
      if let failure { return failure }
    }
    return nil
  }

  private func file(_ object: Value) -> LessonFile { LessonFile(name: "object.yaml", content: YAML.encode(object)) }
}
