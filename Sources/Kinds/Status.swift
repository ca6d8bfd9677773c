package import Tree

/// A refusal in Kubernetes' words: the one error that the API throws.
///
/// It is sent as an object of kind `Status` (API reference, "Status v1 meta"; the reasons are those of
/// k8s.io/apimachinery's StatusReason).
package struct Status: Error, Sendable, Equatable {
  package struct Cause: Sendable, Equatable {
    /// `FieldValueInvalid`, `FieldValueRequired` …
    package var reason: String
    package var message: String
    /// The field's path, `spec.containers[0].image`.
    package var field: String

    package init(reason: String, message: String, field: String) {
      self.reason = reason
      self.message = message
      self.field = field
    }
  }

  package struct Details: Sendable, Equatable {
    package var name: String?
    package var group: String?
    /// The resource (`pods`) of most errors, the kind (`Pod`) of `Invalid`.
    package var kind: String?
    package var uid: String?
    package var causes: [Cause] = []
    package var retryAfterSeconds: Int?

    package init(
      name: String? = nil, group: String? = nil, kind: String? = nil, uid: String? = nil, causes: [Cause] = [],
      retryAfterSeconds: Int? = nil
    ) {
      self.name = name
      self.group = group
      self.kind = kind
      self.uid = uid
      self.causes = causes
      self.retryAfterSeconds = retryAfterSeconds
    }
  }

  package var code: Int
  /// `NotFound`, `AlreadyExists`, `Conflict`, `Invalid` …; empty where Kubernetes gives none.
  package var reason: String
  package var message: String
  package var details: Details?
  /// With which token a list that was refused can go on.
  package var next: String?

  package init(code: Int, reason: String, message: String, details: Details? = nil) {
    self.code = code
    self.reason = reason
    self.message = message
    self.details = details
  }

  /// The `Status` object that a client gets.
  package var value: Value {
    var value: Value = [
      "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Failure", "message": .string(message),
    ]
    if let next { value["metadata", "continue"] = .string(next) }
    if !reason.isEmpty { value["reason"] = .string(reason) }
    if let details { value["details"] = details.value }
    value["code"] = .integer(Int64(code))
    return value
  }
}

extension Status.Details {
  fileprivate var value: Value {
    var value: Value = [:]
    value["name"] = name.map(Value.string)
    value["group"] = group.map(Value.string)
    value["kind"] = kind.map(Value.string)
    value["uid"] = uid.map(Value.string)
    if !causes.isEmpty {
      value["causes"] = .array(
        causes.map { cause in
          var one: Value = [:]
          if !cause.reason.isEmpty { one["reason"] = .string(cause.reason) }
          if !cause.message.isEmpty { one["message"] = .string(cause.message) }
          if !cause.field.isEmpty { one["field"] = .string(cause.field) }
          return one
        })
    }
    value["retryAfterSeconds"] = retryAfterSeconds.map { .integer(Int64($0)) }
    return value
  }
}
