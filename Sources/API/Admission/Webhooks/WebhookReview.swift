import Kinds
import Tree

/// The AdmissionReview that a webhook is asked with, and what it answers (API reference, AdmissionReview v1
/// admission.k8s.io).
struct WebhookReview {
  let uid: String
  let body: [UInt8]

  /// `kind` is the version in which the webhook wants to see the objects.
  init(_ attempt: PolicyAttempt, as kind: Kind, uid: String, hook: Value) {
    self.uid = uid
    let facts = attempt.description
    var request: Value = ["uid": .string(uid)]
    request["kind"] = facts["kind"]
    request["resource"] = facts["resource"]
    if kind != attempt.request.kind, attempt.request.subresource.isEmpty {
      request["kind"] = ["group": .string(kind.group), "version": .string(kind.version), "kind": .string(kind.name)]
      request["resource"] = [
        "group": .string(kind.group), "version": .string(kind.version), "resource": .string(kind.plural),
      ]
    }
    for field in [
      "subResource", "requestKind", "requestResource", "requestSubResource", "name", "namespace", "operation",
      "userInfo",
    ] where facts[field]?.string != "" {
      request[field] = facts[field]
    }
    request["object"] = attempt.object.map(kind.presented) ?? .null
    request["oldObject"] = attempt.request.previous.map(kind.presented) ?? .null
    request["dryRun"] = facts["dryRun"]
    request["options"] = facts["options"]?.object?.isEmpty == true ? .null : facts["options"]
    let versions = (hook["admissionReviewVersions"]?.array ?? []).compactMap(\.string)
    let version = versions.first { ["v1", "v1beta1"].contains($0) } ?? "v1"
    let review: Value = [
      "kind": "AdmissionReview", "apiVersion": .string("admission.k8s.io/" + version), "request": request,
    ]
    body = review.json
  }
}

extension Kind {
  /// An object of a kind that shows the same objects, as this kind has it.
  func presented(_ value: Value) -> Value {
    guard let version = value["apiVersion"]?.string, version != apiVersion,
      converts || storage != self || siblings.count > 1
    else { return value }
    guard custom == nil else {
      guard value["kind"]?.string == name else { return value }
      var value = value
      value["apiVersion"] = .string(apiVersion)
      return value
    }
    return sibling(apiVersion: version)?.convert(value, to: self) ?? value
  }
}

/// A webhook's verdict.
struct WebhookVerdict {
  var isAllowed: Bool
  /// A Status object, in part; nil where the webhook gives none.
  var result: Value?
  var patch: JSONPatch?
  var warnings: [String] = []

  /// Why an answer cannot be used, in Kubernetes' words.
  struct Invalid: Error {
    let message: String
  }

  init(_ review: Value, uid: String) throws(Invalid) {
    guard let response = review["response"], response.object != nil else {
      throw Invalid(message: "received invalid webhook response: webhook response was absent")
    }
    if review["apiVersion"] == "admission.k8s.io/v1" {
      let given = response["uid"]?.string ?? ""
      if given != uid {
        throw Invalid(
          message: "received invalid webhook response: expected response.uid=\(Value.string(uid).jsonText), got "
            + Value.string(given).jsonText)
      }
    }
    isAllowed = response["allowed"]?.boolean ?? false
    result = response["status"]
    warnings = (response["warnings"]?.array ?? []).compactMap(\.string)
    patch = try Self.patch(response)
  }

  private static func patch(_ response: Value) throws(Invalid) -> JSONPatch? {
    let text = response["patch"]?.string ?? ""
    let type = response["patchType"]?.string ?? ""
    if text.isEmpty {
      if type.isEmpty { return nil }
      throw Invalid(
        message: "received invalid webhook response: webhook returned response.patchType but not response.patch")
    }
    if type.isEmpty {
      throw Invalid(
        message: "received invalid webhook response: webhook returned response.patch but not response.patchType")
    }
    guard type == "JSONPatch" else {
      throw Invalid(
        message: "received invalid webhook response: webhook returned invalid response.patchType of "
          + Value.string(type).jsonText)
    }
    let undecodable = "received undecodable patch in webhook response: "
    guard let bytes = Base64.decode(text, alphabet: .standard) else {
      throw Invalid(message: undecodable + "illegal base64 data")
    }
    do {
      return try JSONPatch(try JSON.parse(bytes))
    } catch let error as JSONPatch.PatchError {
      throw Invalid(message: undecodable + error.message)
    } catch {
      throw Invalid(message: undecodable + "invalid character")
    }
  }
}
