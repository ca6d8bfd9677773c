import Kinds
import Loop
import Store
import Tree

extension APIServer {
  /// Answers what is asked by creating an object that nobody keeps: access reviews and the like.
  func review(_ request: APIRequest, _ info: RequestInfo, _ kind: Kind) throws(Status) -> APIResponse {
    let encoder = try AnswerEncoder(request, now: now())
    let options = try WriteOptions(request, verb: "create")
    let body = try RequestBody(request, kind, validation: options.fieldValidation)
    var review = body.value
    review["kind"] = .string(kind.name)
    review["apiVersion"] = .string(kind.apiVersion)
    if review["metadata"] == nil { review["metadata"] = [:] }
    let manager = FieldManager(name: options.manager, apiVersion: kind.apiVersion)
    review["metadata", "managedFields"] = FieldTracking(kind, manager: manager, now: now())?.ofNew(review, given: nil)
    switch kind {
    case .selfSubjectReview:
      review["metadata"] = ["creationTimestamp": .string(now().timestamp)]
      review["status"] = ["userInfo": request.caller.userInfo]
    case .tokenReview: review["status"] = try tokenStatus(review)
    case .selfSubjectRulesReview: review["status"] = try rules(of: request.caller, review)
    default:
      let question = AccessQuestion(review, kind, namespace: info.namespace, caller: request.caller)
      review["status"] = answer(try question.attributes())
    }
    var response = encoder.value(review, status: 201)
    response.headers += body.warnings.map { ("Warning", "299 - \(Value.string($0).jsonText)") }
    return response
  }

  private func answer(_ attributes: Attributes) -> Value {
    let decision = authorizer.decide(attributes)
    var status: Value = ["allowed": .boolean(decision.isAllowed)]
    if !decision.reason.isEmpty { status["reason"] = .string(decision.reason) }
    return status
  }

  private func rules(of caller: Caller, _ review: Value) throws(Status) -> Value {
    let namespace = review["spec", "namespace"]?.string ?? ""
    if namespace.isEmpty { throw .badRequest("no namespace on request") }
    var resources: [Value] = []
    var others: [Value] = []
    for rule in authorizer.index.rules(of: caller, in: namespace) {
      if rule.paths.isEmpty { resources.append(rule.value) } else { others.append(rule.value) }
    }
    return [
      "resourceRules": .array(resources), "nonResourceRules": .array(others), "incomplete": false,
    ]
  }
}

/// Who asks whether who may do what (k8s.io/kubernetes, pkg/apis/authorization/validation).
private struct AccessQuestion {
  let kind: Kind
  let namespace: String
  let caller: Caller
  private let spec: Value

  /// `namespace` is that of the address, `caller` whoever asks.
  init(_ review: Value, _ kind: Kind, namespace: String, caller: Caller) {
    self.kind = kind
    self.namespace = namespace
    self.caller = caller
    spec = review["spec"] ?? [:]
  }

  func attributes() throws(Status) -> Attributes {
    let errors = errors
    if !errors.isEmpty { throw .invalid(kind, "", errors) }
    if kind == .localSubjectAccessReview, text(spec["resourceAttributes"], "namespace") != namespace {
      throw .badRequest("spec.resourceAttributes.namespace must match namespace: \(namespace)")
    }
    let subject = kind == .selfSubjectAccessReview ? caller : self.subject
    if let resource = spec["resourceAttributes"] {
      return Attributes(
        caller: subject, verb: text(resource, "verb"), group: text(resource, "group"),
        resource: text(resource, "resource"), subresource: text(resource, "subresource"),
        namespace: text(resource, "namespace"), name: text(resource, "name"))
    }
    let other = spec["nonResourceAttributes"]
    return Attributes(caller: subject, verb: text(other, "verb"), path: text(other, "path"))
  }

  private func text(_ value: Value?, _ field: String) -> String { value?[field]?.string ?? "" }

  private var subject: Caller {
    Caller(
      name: text(spec, "user"), uid: spec["uid"]?.string,
      groups: spec["groups"]?.array?.compactMap(\.string) ?? [],
      extra: (spec["extra"]?.object ?? Members()).map { member in
        Caller.Extra(key: member.key, values: member.value.array?.compactMap(\.string) ?? [])
      })
  }

  private var errors: [FieldError] {
    var errors: [FieldError] = []
    let (resource, other) = (spec["resourceAttributes"], spec["nonResourceAttributes"])
    if resource != nil, let other {
      errors.append(
        .invalid("spec.nonResourceAttributes", other, "cannot be specified in combination with resourceAttributes"))
    }
    if resource == nil, other == nil {
      errors.append(
        .invalid(
          "spec.resourceAttributes", .null,
          "exactly one of nonResourceAttributes or resourceAttributes must be specified"))
    }
    if kind != .selfSubjectAccessReview, subject.name.isEmpty, subject.groups.isEmpty {
      errors.append(.invalid("spec.user", "", "at least one of user or group must be specified"))
    }
    if kind == .localSubjectAccessReview, let other {
      errors.append(.invalid("spec.nonResourceAttributes", other, "disallowed on this kind of request"))
    }
    return errors
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
