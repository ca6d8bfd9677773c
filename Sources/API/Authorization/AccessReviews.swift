import Kinds
import Loop
import Store
import Tree

extension APIServer {
  /// Answers what is asked by creating an object that nobody keeps: access reviews and the like.
  func review(_ request: APIRequest, _ info: RequestInfo, _ kind: Kind) throws(Status) -> APIResponse {
    // Bindings and tokens are no questions about rights, and nothing answers them here.
    if kind == .binding || kind == .tokenReview { throw .methodNotAllowed }
    let encoder = try AnswerEncoder(request, now: now())
    let options = try WriteOptions(request, verb: "create")
    var review = try RequestBody(request, kind, validation: .ignore).value
    review["kind"] = .string(kind.name)
    review["apiVersion"] = .string(kind.apiVersion)
    if review["metadata"] == nil { review["metadata"] = [:] }
    let manager = FieldManager(name: options.manager, apiVersion: kind.apiVersion)
    review["metadata", "managedFields"] = FieldTracking(kind, manager: manager, now: now())?.ofNew(review, given: nil)
    switch kind {
    case .selfSubjectReview:
      review["metadata"] = ["creationTimestamp": .string(now().timestamp)]
      review["status"] = ["userInfo": request.caller.userInfo]
    case .selfSubjectRulesReview:
      let namespace = review["spec", "namespace"]?.string ?? ""
      if namespace.isEmpty {
        throw .badRequest("no namespace on request")
      }
      review["status"] = rules(of: request.caller, in: namespace)
    case .selfSubjectAccessReview:
      review["status"] = try decide(review, caller: request.caller, kind)
    default:
      if kind == .localSubjectAccessReview { try checkNamespace(review, info) }
      review["status"] = try decide(review, caller: try subject(review, kind), kind)
    }
    return encoder.value(review, status: 201)
  }

  private func checkNamespace(_ review: Value, _ info: RequestInfo) throws(Status) {
    guard review["spec", "resourceAttributes", "namespace"]?.string ?? "" == info.namespace else {
      throw .badRequest(
        "spec.resourceAttributes.namespace must match namespace: \(info.namespace)")
    }
  }

  private func subject(_ review: Value, _ kind: Kind) throws(Status) -> Caller {
    let spec = review["spec"]
    let groups = spec?["groups"]?.array?.compactMap(\.string) ?? []
    let name = spec?["user"]?.string ?? ""
    if name.isEmpty, groups.isEmpty {
      throw .invalid(
        kind, "",
        [
          FieldError(
            .invalid, field: "spec.user",
            message: "Invalid value: \"\": at least one of user or group must be specified")
        ])
    }
    return Caller(name: name, groups: groups)
  }

  private func decide(_ review: Value, caller: Caller, _ kind: Kind) throws(Status) -> Value {
    let spec = review["spec"]
    let attributes: Attributes
    if let resource = spec?["resourceAttributes"] {
      func text(_ field: String) -> String { resource[field]?.string ?? "" }
      attributes = Attributes(
        caller: caller, verb: text("verb"), group: text("group"), resource: text("resource"),
        subresource: text("subresource"), namespace: text("namespace"), name: text("name"))
    } else if let other = spec?["nonResourceAttributes"] {
      attributes = Attributes(
        caller: caller, verb: other["verb"]?.string ?? "", path: other["path"]?.string ?? "")
    } else {
      throw .invalid(
        kind, "",
        [
          FieldError(
            .invalid, field: "spec.resourceAttributes",
            message: "Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified"
          )
        ])
    }
    let decision = authorizer.decide(attributes)
    var status: Value = ["allowed": .boolean(decision.isAllowed)]
    if !decision.reason.isEmpty { status["reason"] = .string(decision.reason) }
    return status
  }

  private func rules(of caller: Caller, in namespace: String) -> Value {
    var rules = authorizer.index.rules(of: caller, in: namespace)
    if caller.isMaster {
      rules = [
        PolicyRule(verbs: ["*"], groups: ["*"], resources: ["*"]), PolicyRule(verbs: ["*"], paths: ["*"]),
      ]
    }
    var resources: [Value] = []
    var others: [Value] = []
    for rule in rules {
      if rule.paths.isEmpty { resources.append(rule.value) } else { others.append(rule.value) }
    }
    return [
      "resourceRules": .array(resources), "nonResourceRules": .array(others), "incomplete": false,
    ]
  }
}

extension Caller {
  /// As a review shows it (authentication.k8s.io, UserInfo).
  var userInfo: Value {
    var value: Value = ["username": .string(name)]
    value["uid"] = uid.map(Value.string)
    if !groups.isEmpty { value["groups"] = .array(groups.map(Value.string)) }
    if !extra.isEmpty {
      value["extra"] = .object(Members(extra.map { ($0.key, .array($0.values.map(Value.string))) }))
    }
    return value
  }
}
