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
    if kind.isNamespaced { try checkNamespace(&review, info) }
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

  /// A review's namespace is that of the address.
  private func checkNamespace(_ review: inout Value, _ info: RequestInfo) throws(Status) {
    let namespace = review["metadata", "namespace"]?.string ?? ""
    guard namespace.isEmpty || namespace == info.namespace else {
      throw .badRequest("the namespace of the provided object does not match the namespace sent on the request")
    }
    review["metadata", "namespace"] = .string(info.namespace)
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
  private let metadata: Value
  private let spec: Value

  /// `namespace` is that of the address, `caller` whoever asks.
  init(_ review: Value, _ kind: Kind, namespace: String, caller: Caller) {
    self.kind = kind
    self.namespace = namespace
    self.caller = caller
    metadata = review["metadata"] ?? [:]
    spec = review["spec"] ?? [:]
  }

  func attributes() throws(Status) -> Attributes {
    let errors = errors
    if !errors.isEmpty { throw .invalid(kind, "", errors) }
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
    let resource = spec["resourceAttributes"]
    // Messages show it as the server's own type, whose fields begin with capitals.
    let other: Value? = spec["nonResourceAttributes"].map {
      ["Path": .string(text($0, "path")), "Verb": .string(text($0, "verb"))]
    }
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
    let isLocal = kind == .localSubjectAccessReview
    let allowed = ["managedFields"] + (isLocal ? ["namespace"] : [])
    if (metadata.object ?? Members()).contains(where: { !allowed.contains($0.key) && !$0.value.isNull }) {
      errors.append(.invalid("metadata", metadata, isLocal ? "must be empty except for namespace" : "must be empty"))
    }
    if isLocal, let resource, text(resource, "namespace") != namespace {
      errors.append(
        .invalid(
          "spec.resourceAttributes.namespace", .string(text(resource, "namespace")), "must match metadata.namespace"))
    }
    if isLocal, let other {
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
