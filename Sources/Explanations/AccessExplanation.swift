import API
import Kinds
import Tree

/// Why a request is allowed or forbidden, and the smallest rule that would allow it.
struct AccessExplanation {
  private let attributes: Attributes
  private let decision: Authorizer.Decision

  /// `access` names a user (the caller where it does not), a verb and a resource or a path.
  init(_ access: Value, caller: Caller, authorizer: Authorizer) throws(Status) {
    func text(_ field: String) -> String { access[field]?.string ?? "" }
    guard !text("verb").isEmpty else {
      throw .badRequest("spec.access.verb is missing: say what is to be done, as in get")
    }
    var subject = caller
    if !text("user").isEmpty {
      let wish = Attributes(
        caller: caller, verb: "create", group: Kind.subjectAccessReview.group, resource: Kind.subjectAccessReview.plural
      )
      // Others' rights are asked as `kubectl auth can-i --as` asks them.
      guard text("user") == caller.name || authorizer.allows(wish) else { throw wish.refusal() }
      subject = Caller(
        name: text("user"),
        groups: (access["groups"]?.array?.compactMap(\.string) ?? []) + ["system:authenticated"])
    }
    if !text("path").isEmpty {
      attributes = Attributes(caller: subject, verb: text("verb"), path: text("path"))
    } else {
      guard !text("resource").isEmpty else {
        throw .badRequest("spec.access.resource is missing: say on what it is to be done, as in pods")
      }
      attributes = Attributes(
        caller: subject, verb: text("verb"), group: text("group"), resource: text("resource"),
        subresource: text("subresource"), namespace: text("namespace"), name: text("name"))
    }
    decision = authorizer.decide(attributes)
  }

  func value(in language: Language) -> Value {
    let subject = attributes.caller.name
    let finding =
      decision.isAllowed
      ? Finding("Allowed", Phrases.allowed(subject, attributes, decision.reason))
      : Finding("Forbidden", Phrases.forbidden(subject, attributes))
    var value: Value = [
      "summary": .string(finding.phrase.text(in: language)), "findings": [finding.value(in: language)],
    ]
    if !decision.isAllowed { value["rule"] = smallestRule }
    return value
  }

  /// One verb on one resource: nothing beyond what was asked.
  private var smallestRule: Value {
    if let path = attributes.path {
      return ["verbs": [.string(attributes.verb)], "nonResourceURLs": [.string(path)]]
    }
    let resource =
      attributes.subresource.isEmpty
      ? attributes.resource : attributes.resource + "/" + attributes.subresource
    var rule: Value = [
      "verbs": [.string(attributes.verb)], "apiGroups": [.string(attributes.group)], "resources": [.string(resource)],
    ]
    // A rule by name cannot allow what has no name yet (Kubernetes documentation, "Referring to resources").
    let isNameable = !["create", "list", "watch", "deletecollection"].contains(attributes.verb)
    if isNameable, !attributes.name.isEmpty { rule["resourceNames"] = [.string(attributes.name)] }
    return rule
  }
}
