import Kinds
import Schema
import Testing
import Tree

@Suite("The kinds' schema")
struct SchemaTests {
  @Test("every built-in kind has a shape")
  func everyKindHasAShape() {
    for kind in KindTable.builtIn.kinds { #expect(kind.shape != nil, "\(kind.name)") }
  }

  @Test("a pod gets Kubernetes' defaults")
  func podDefaults() throws {
    var pod = try JSON.parse(
      #"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[{"name":"c","image":"nginx","ports":[{"containerPort":80}],"livenessProbe":{"httpGet":{"port":80}},"resources":{"limits":{"cpu":"0.5"}},"args":[]}],"volumes":[{"name":"v"}],"hostNetwork":false}}"#
    )
    Kind.pod.applyDefaults(to: &pod)
    let expected = try JSON.parse(
      #"""
      {"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"},"spec":{"volumes":[{"name":"v","emptyDir":{}}],
      "containers":[{"name":"c","image":"nginx","ports":[{"containerPort":80,"protocol":"TCP"}],
      "resources":{"limits":{"cpu":"500m"},"requests":{"cpu":"500m"}},
      "livenessProbe":{"httpGet":{"path":"/","port":80,"scheme":"HTTP"},"timeoutSeconds":1,"periodSeconds":10,"successThreshold":1,"failureThreshold":3},
      "terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File","imagePullPolicy":"Always"}],
      "restartPolicy":"Always","terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst","securityContext":{},
      "schedulerName":"default-scheduler","enableServiceLinks":true},"status":{}}
      """#)
    #expect(JSON.encode(pod, indentation: 1, sorted: true) == JSON.encode(expected, indentation: 1, sorted: true))
    let once = pod
    Kind.pod.applyDefaults(to: &pod)
    #expect(pod == once)
  }

  @Test("a wrong JSON type is worded as Go's decoder words it")
  func typeErrors() throws {
    func error(_ text: String) throws -> String? { Kind.pod.typeError(in: try JSON.parse(text)) }
    #expect(
      try error(#"{"spec":{"terminationGracePeriodSeconds":"x"}}"#)
        == "json: cannot unmarshal string into Go struct field PodSpec.spec.terminationGracePeriodSeconds of type int64"
    )
    #expect(
      try error(#"{"spec":{"containers":{}}}"#)
        == "json: cannot unmarshal object into Go struct field PodSpec.spec.containers of type []v1.Container")
    #expect(
      try error(#"{"metadata":{"name":true}}"#)
        == "json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.name of type string")
    #expect(
      try error(#"{"spec":{"containers":[{"resources":{"limits":{"cpu":"x"}}}]}}"#)
        == "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")
    #expect(try error(#"{"spec":{"containers":[{"name":"a"}]},"metadata":{"labels":null}}"#) == nil)
  }

  @Test("unknown fields are found by their paths and pruned")
  func unknownFields() throws {
    var pod = try JSON.parse(#"{"spec":{"containers":[{"imagePullPolice":"x","name":"a"}],"bogus":{}},"x":1}"#)
    #expect(Kind.pod.unknownFields(in: pod) == ["spec.containers[0].imagePullPolice", "spec.bogus", "x"])
    #expect(Kind.pod.prune(&pod).count == 3)
    #expect(pod.jsonText == #"{"spec":{"containers":[{"name":"a"}]}}"#)
  }

  @Test("limits are refused in Kubernetes' words")
  func limits() throws {
    let pod = try JSON.parse(
      #"{"metadata":{"name":"Bad","namespace":"d"},"spec":{"restartPolicy":"Sometimes","containers":[{"name":"c","ports":[{"containerPort":70000}]}]}}"#
    )
    let errors = Kind.pod.validate(pod).map { $0.field + ": " + $0.message }
    #expect(
      errors.contains(
        #"spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never""#))
    #expect(errors.contains("spec.containers[0].image: Required value"))
    #expect(
      errors.contains(
        "spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive"))
    #expect(errors.first?.hasPrefix(#"metadata.name: Invalid value: "Bad": a lowercase RFC 1123 subdomain"#) == true)
  }

  @Test("a value of any wrong type anywhere is named or borne, never a crash")
  func wrongTypesEverywhere() throws {
    let wrong: [Value] = [.null, true, 7, 1.5, "x", [], [:], [[]], [["a": 1]], ["a": ["b": 1]]]
    for record in RecordedDefaults.all {
      let kind = try #require(KindTable.builtIn.kinds.first { $0.name == record.kind })
      let stored = try JSON.parse(record.stored)
      for path in Self.paths(of: stored) {
        for value in wrong {
          var damaged = stored
          damaged.set(value, at: path)
          _ = kind.unknownFields(in: damaged)
          if kind.typeError(in: damaged) != nil { continue }
          kind.applyDefaults(to: &damaged)
          _ = kind.validate(damaged)
          let back = try kind.decodeProtobuf(kind.encodeProtobuf(damaged))
          #expect(kind.typeError(in: back) == nil, "\(path)")
        }
      }
    }
  }

  /// The paths of all members that are reached through objects alone.
  private static func paths(of value: Value) -> [[String]] {
    (value.object ?? Members()).filter { $0.key != "kind" && $0.key != "apiVersion" }.flatMap { member in
      [[member.key]] + paths(of: member.value).map { [member.key] + $0 }
    }
  }
}
