import Kinds
import Store
import Tree

/// The objects that a binding names as its policy's parameters (API reference, ParamRef).
enum PolicyParams {
  /// Why a binding's parameters cannot be found, in Kubernetes' words.
  struct Failure: Error {
    let message: String
  }

  /// One run of the policy for each of them; nil is a run without. None at all: the policy does not run.
  static func collect(_ policy: Value, _ binding: Value, _ request: AdmissionRequest) throws(Failure) -> [Value?] {
    guard let paramKind = policy["spec", "paramKind"], let reference = binding["spec", "paramRef"] else { return [nil] }
    let version = paramKind["apiVersion"]?.string ?? ""
    let name = paramKind["kind"]?.string ?? ""
    guard let kind = request.writer.environment.kinds.kind(apiVersion: version, name: name) else {
      throw Failure(message: "paramKind kind `&ParamKind{APIVersion:\(version),Kind:\(name),}` not known")
    }
    let found = try objects(kind, reference, request)
    if found.isEmpty, reference["parameterNotFoundAction"]?.string == "Deny" {
      throw Failure(message: "no params found for policy binding with `Deny` parameterNotFoundAction")
    }
    return found.map { kind.converted($0).value }
  }

  private static func objects(_ kind: Kind, _ reference: Value, _ request: AdmissionRequest) throws(Failure)
    -> [StoredObject]
  {
    let given = reference["namespace"]?.string ?? ""
    var namespace = ""
    if kind.isNamespaced {
      namespace = given.isEmpty ? request.namespaceName : given
      if namespace.isEmpty {
        throw Failure(
          message: "cannot use namespaced paramRef in policy binding that matches cluster-scoped resources")
      }
    } else if !given.isEmpty {
      throw Failure(message: "paramRef.namespace must not be provided for a cluster-scoped `paramKind`")
    }
    if let name = reference["name"]?.string, !name.isEmpty {
      return request.store[kind.key(namespace: namespace, name: name)].map { [$0] } ?? []
    }
    guard let selector = reference["selector"].flatMap({ LabelSelector($0) }) else {
      throw Failure(message: "one of name or selector must be provided")
    }
    return request.store.list(kind.groupResource, namespace: kind.isNamespaced ? namespace : nil)
      .filter { selector.matches(AnyObjectView($0.value).metadata.labels) }
  }
}
