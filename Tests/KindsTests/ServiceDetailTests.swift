import Kinds
import Testing
import Tree

/// What is refused in Services, Jobs and the like, in the words of a Kubernetes v1.36 API server.
@Suite("Rules for the details of Services, Jobs and policies")
struct ServiceDetailTests {
  private func errors(_ kind: Kind, _ spec: Value) -> [String] {
    var object: Value = ["metadata": ["name": "x", "namespace": "default", "uid": "u"], "spec": spec]
    kind.applyDefaults(to: &object)
    return kind.validate(object).map { $0.field + ": " + $0.message }
  }

  private func service(_ members: Value) -> [String] {
    var spec: Value = ["ports": [["port": 80]], "clusterIP": "10.96.0.9", "clusterIPs": ["10.96.0.9"]]
    for member in members.object ?? Members() { spec[member.key] = member.value }
    return errors(.service, spec)
  }

  private func job(_ members: Value) -> [String] {
    var spec: Value = [
      "manualSelector": true, "selector": ["matchLabels": ["a": "b"]],
      "template": [
        "metadata": ["labels": ["a": "b"]],
        "spec": ["restartPolicy": "Never", "containers": [["name": "c", "image": "i"]]],
      ],
    ]
    for member in members.object ?? Members() { spec[member.key] = member.value }
    return errors(.job, spec)
  }

  @Test("What is for load balancers is not for others")
  func balancers() {
    #expect(service([:]) == [])
    #expect(
      service(["loadBalancerSourceRanges": ["x"], "loadBalancerClass": "a/b"]) == [
        "spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'",
        "spec.LoadBalancerSourceRanges[0]: Invalid value: \"x\": must be a valid CIDR value, (e.g. 10.9.8.0/24 or "
          + "2001:db8::/64)",
        "spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer'",
      ])
    #expect(
      service(["ports": [["port": 80, "nodePort": 30_000]]]) == [
        "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"
      ])
    #expect(
      service(["type": "NodePort", "healthCheckNodePort": 30_001]) == [
        "spec.healthCheckNodePort: Invalid value: 30001: may only be set when `type` is 'LoadBalancer' and "
          + "`externalTrafficPolicy` is 'Local'"
      ])
  }

  @Test("Traffic policies, affinity and addresses from outside")
  func traffic() {
    #expect(
      service(["externalTrafficPolicy": "Local"]) == [
        "spec.externalTrafficPolicy: Invalid value: \"Local\": may only be set for externally-accessible services"
      ])
    #expect(
      service(["type": "NodePort", "externalTrafficPolicy": "X"]) == [
        "spec.externalTrafficPolicy: Unsupported value: \"X\": supported values: \"Cluster\", \"Local\""
      ])
    #expect(
      service(["sessionAffinity": "ClientIP", "sessionAffinityConfig": ["clientIP": ["timeoutSeconds": 0]]]) == [
        "spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 0: must be greater than 0 and less than "
          + "86400"
      ])
    #expect(
      service(["externalIPs": ["x", "127.0.0.1"]]) == [
        "spec.externalIPs[0]: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)",
        "spec.externalIPs[1]: Invalid value: \"127.0.0.1\": may not be in the loopback range (127.0.0.0/8, ::1/128)",
      ])
    #expect(
      service(["clusterIPs": ["10.96.0.8"]]) == [
        "spec.clusterIPs: Invalid value: [\"10.96.0.8\"]: first value must match `clusterIP`"
      ])
    #expect(
      errors(.service, ["type": "ExternalName", "externalName": "a.b", "clusterIPs": ["10.96.0.9"]]) == [
        "spec.clusterIPs: Forbidden: may not be set for ExternalName services"
      ])
  }

  @Test("Indexed Jobs have bounds")
  func indexes() {
    #expect(job([:]) == [])
    #expect(
      job(["completionMode": "Indexed", "completions": 10, "parallelism": 100_001]) == [
        "spec.parallelism: Invalid value: 100001: must be less than or equal to 100000 when completion mode is Indexed"
      ])
    #expect(
      job(["completionMode": "Indexed", "completions": 3, "maxFailedIndexes": 2]) == [
        "spec.backoffLimitPerIndex: Required value: when maxFailedIndexes is specified"
      ])
    #expect(
      job(["managedBy": "A b"]) == [
        "spec.managedBy: Invalid value: \"A b\": must be a domain-prefixed path (such as \"acme.io/foo\")"
      ])
  }

  @Test("A Job's policies for failure and success")
  func policies() {
    #expect(
      job(["podFailurePolicy": ["rules": [["action": "X"]]]]) == [
        "spec.podFailurePolicy.rules[0].action: Unsupported value: \"X\": supported values: \"Count\", \"FailIndex\", "
          + "\"FailJob\", \"Ignore\"",
        "spec.podFailurePolicy.rules[0]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required",
      ])
    let codes: Value = ["operator": "In", "values": [3, 0, 3]]
    #expect(
      job(["podFailurePolicy": ["rules": [["action": "FailJob", "onExitCodes": codes]]]]) == [
        "spec.podFailurePolicy.rules[0].onExitCodes.values[1]: Invalid value: 0: must not be 0 for the In operator",
        "spec.podFailurePolicy.rules[0].onExitCodes.values[2]: Duplicate value: 3",
        "spec.podFailurePolicy.rules[0].onExitCodes.values: Invalid value: [3,0,3]: must be ordered",
      ])
    #expect(
      job([
        "completionMode": "Indexed", "completions": 3,
        "successPolicy": ["rules": [["succeededIndexes": "5"], ["succeededIndexes": "0-1", "succeededCount": 3]]],
      ]) == [
        "spec.successPolicy.rules[0].succeededIndexes: Invalid value: \"5\": error parsing succeededIndexes: too large "
          + "index: \"5\"",
        "spec.successPolicy.rules[1].succeededCount: Invalid value: 3: must be less than or equal to 2 (the number of "
          + "indexes in the specified succeededIndexes field)",
      ])
    #expect(
      job(["podReplacementPolicy": "X"]) == [
        "spec.podReplacementPolicy: Unsupported value: \"X\": supported values: \"Failed\", \"TerminatingOrFailed\""
      ])
  }

  @Test("Exceptions lie in their range, ingresses name their class once")
  func networks() {
    let block: Value = ["cidr": "10.0.0.0/8", "except": ["11.0.0.0/8", "10.1.0.0/16"]]
    #expect(
      errors(.networkPolicy, ["podSelector": [:], "ingress": [["from": [["ipBlock": block]]]]]) == [
        "spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: \"11.0.0.0/8\": must be a strict subset of `cidr`"
      ])
    #expect(
      errors(.ingress, ["defaultBackend": ["resource": [:]]]) == [
        "spec.defaultBackend.resource.kind: Required value: kind is required",
        "spec.defaultBackend.resource.name: Required value: name is required",
      ])
  }
}
