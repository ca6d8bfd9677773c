import Kinds
import Schema
import Testing
import Tree

@Suite("The further kinds of Kubernetes")
struct StandardKindTests {
  private func created(_ kind: Kind, _ json: String) throws -> Value {
    var value = try JSON.parse(json)
    value["apiVersion"] = .string(kind.apiVersion)
    value["kind"] = .string(kind.name)
    value["metadata", "name"] = value["metadata", "name"] ?? "bad"
    if kind.isNamespaced { value["metadata", "namespace"] = "shop" }
    #expect(kind.typeError(in: value) == nil)
    #expect(kind.unknownFields(in: value).isEmpty)
    kind.applyDefaults(to: &value)
    value["metadata", "uid"] = "u-1"
    value["metadata", "creationTimestamp"] = "2026-01-01T00:00:00Z"
    kind.prepareForCreation(&value)
    return value
  }

  private func errors(_ kind: Kind, _ json: String) throws -> [String] {
    kind.validate(try created(kind, json)).map { $0.field + ": " + $0.message }
  }

  @Test(
    "every kind has a shape, a list where it can be listed, and a line on each field",
    arguments: KindTable.builtIn.kinds)
  func shapes(kind: Kind) throws {
    let shape = try #require(kind.shape)
    #expect(!kind.verbs.contains("list") || kind.listShape != nil)
    #expect(!shape.documentation.isEmpty)
    #expect(!kind.columns.isEmpty)
    for field in shape.fields { #expect(!field.documentation.isEmpty, "\(kind.name).\(field.name)") }
  }

  @Test("no kind is there twice, and no short name means two kinds")
  func names() {
    let kinds = KindTable.builtIn.kinds
    #expect(Set(kinds.map { $0.apiVersion + "/" + $0.plural }).count == kinds.count)
    let shortNames = KindTable.builtIn.collections.flatMap(\.shortNames)
    #expect(Set(shortNames).count == shortNames.count)
  }

  @Test("what a real Kubernetes refused is refused in its words and order")
  func refusals() throws {
    for (kind, json, expected) in Self.refused { #expect(try errors(kind, json) == expected, "\(kind.name)") }
  }

  @Test("what a real Kubernetes took is taken")
  func acceptance() throws {
    #expect(
      try errors(
        .ingress,
        #"""
        {"spec":{"rules":[{"host":"*.example.com","http":{"paths":[{"path":"/","pathType":"Prefix",
        "backend":{"service":{"name":"s","port":{"number":80}}}}]}}]}}
        """#) == [])
    #expect(try errors(.priorityClass, #"{"metadata":{"name":"system-node-critical"},"value":2000001000}"#) == [])
    #expect(
      try errors(.podDisruptionBudget, #"{"metadata":{"name":"Bad_Name"},"spec":{"minAvailable":"50%"}}"#) == [])
    #expect(
      try errors(
        .persistentVolume,
        #"{"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"hostPath":{"path":"/data"}}}"#)
        == [])
  }

  @Test("a Job knows its pods by its uid")
  func jobLabels() throws {
    let job = try created(
      .job, #"{"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}}"#)
    #expect(job["spec", "selector"] == ["matchLabels": ["batch.kubernetes.io/controller-uid": "u-1"]])
    #expect(job["spec", "template", "metadata", "labels", "job-name"] == "bad")
    #expect(job["spec", "backoffLimit"] == 6)
    #expect(Kind.job.validate(job).isEmpty)
    var more = job
    more["spec", "completions"] = 3
    #expect(
      Kind.job.validateUpdate(more, from: job, subresource: nil).map(\.message) == [
        "Invalid value: 3: field is immutable"
      ])
  }

  @Test("a StatefulSet's claims and service stay, its size may change")
  func statefulSetChanges() throws {
    let set = try created(
      .statefulSet,
      #"""
      {"spec":{"serviceName":"s","selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},
      "spec":{"containers":[{"name":"c","image":"i"}]}}}}
      """#)
    var changed = set
    changed["spec", "replicas"] = 3
    #expect(Kind.statefulSet.validateUpdate(changed, from: set, subresource: nil).isEmpty)
    changed["spec", "serviceName"] = "other"
    #expect(Kind.statefulSet.validateUpdate(changed, from: set, subresource: nil).map(\.field) == ["spec"])
  }

  private static let refused: [(Kind, String, [String])] = [
    (
      .persistentVolume, "{}",
      [
        "spec.accessModes: Required value", "spec.capacity: Required value",
        "spec.capacity: Unsupported value: null: supported values: \"storage\"",
        "spec: Required value: must specify a volume type",
      ]
    ),
    (
      .persistentVolumeClaim, #"{"spec":{"accessModes":["Sometimes"],"resources":{}}}"#,
      [
        "spec.accessModes: Unsupported value: \"Sometimes\": supported values: \"ReadOnlyMany\", \"ReadWriteMany\", "
          + "\"ReadWriteOnce\", \"ReadWriteOncePod\"", "spec.resources[storage]: Required value",
      ]
    ),
    (
      .limitRange, #"{"spec":{"limits":[{"type":"Container","max":{"cpu":"1"},"min":{"cpu":"2"}}]}}"#,
      [
        "spec.limits[0].min[cpu]: Invalid value: \"2\": min value 2 is greater than max value 1",
        "spec.limits[0].defaultRequest[cpu]: Invalid value: \"1\": min value 2 is greater than default request value 1",
        "spec.limits[0].default[cpu]: Invalid value: \"2\": min value 2 is greater than default value 1",
      ]
    ),
    (
      .statefulSet, "{}",
      [
        "spec.selector: Required value",
        "spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`",
        "spec.template.spec.containers: Required value",
      ]
    ),
    (
      .cronJob,
      #"""
      {"spec":{"schedule":"* * * * *","timeZone":"Mars/Base","concurrencyPolicy":"Maybe","jobTemplate":{"spec":{
      "template":{"spec":{"containers":[{"name":"c","image":"i"}],"restartPolicy":"Never"}}}}}}
      """#,
      [
        "spec.timeZone: Invalid value: \"Mars/Base\": unknown time zone Mars/Base",
        "spec.concurrencyPolicy: Unsupported value: \"Maybe\": supported values: \"Allow\", \"Forbid\", \"Replace\"",
      ]
    ),
    (
      .horizontalPodAutoscaler, "{}",
      [
        "spec.maxReplicas: Required value: must be set and greater than 0",
        "spec.maxReplicas: Invalid value: 0: must be greater than or equal to `minReplicas`",
        "spec.scaleTargetRef.kind: Required value", "spec.scaleTargetRef.name: Required value",
        "spec.scaleTargetRef.apiVersion: Invalid value: \"\": apiVersion must specify API group",
      ]
    ),
    (
      .ingress, #"{"spec":{}}"#,
      ["spec: Invalid value: null: either `defaultBackend` or `rules` must be specified"]
    ),
    (
      .networkPolicy, #"{"spec":{"podSelector":{},"ingress":[{"from":[{"ipBlock":{"cidr":"10.0.0.0/99"}}]}]}}"#,
      [
        "spec.ingress[0].from[0].ipBlock.cidr: Invalid value: \"10.0.0.0/99\": must be a valid CIDR value, "
          + "(e.g. 10.9.8.0/24 or 2001:db8::/64)"
      ]
    ),
    (
      .priorityClass, #"{"value":2000000000}"#,
      ["value: Forbidden: maximum allowed value of a user defined priority is 1000000000"]
    ),
    (
      .validatingAdmissionPolicy, "{}",
      [
        "spec.matchConstraints: Required value",
        "spec.validations: Required value: validations or auditAnnotations must contain at least one item",
        "spec.auditAnnotations: Required value: validations or auditAnnotations must contain at least one item",
      ]
    ),
  ]
}
