import CEL
import Kinds
import Store
import Tree

/// A write as admission policies see it: what their expressions may name.
struct PolicyAttempt {
  let request: AdmissionRequest
  /// nil of a deletion.
  let object: Value?

  var operation: String { object == nil ? "DELETE" : request.isCreation ? "CREATE" : "UPDATE" }
  /// The object before and after, where there is one.
  var states: [Value] { [object, request.previous].compactMap { $0 } }

  func variables(params: Value?) -> [String: Value] {
    [
      "object": object ?? .null, "oldObject": request.previous ?? .null, "request": description,
      "namespaceObject": request.kind.isNamespaced ? request.namespace ?? .null : .null, "params": params ?? .null,
      "variables": .object(Members()),
    ]
  }

  /// `request`: what an AdmissionRequest says.
  private var description: Value {
    let kind = request.kind
    let caller = request.writer.sender?.caller
    var value: Value = [
      "kind": ["group": .string(kind.group), "version": .string(kind.version), "kind": .string(kind.name)],
      "resource": [
        "group": .string(kind.group), "version": .string(kind.version), "resource": .string(kind.plural),
      ],
      "subResource": "", "name": .string(request.key.name), "operation": .string(operation), "dryRun": false,
      "userInfo": [
        "username": .string(caller?.name ?? ""), "groups": .array((caller?.groups ?? []).map(Value.string)),
      ],
    ]
    if kind.isNamespaced { value["namespace"] = .string(request.key.namespace) }
    return value
  }
}

/// One run of a policy's expressions.
struct PolicyRun {
  private var variables: [String: Value]

  init(_ attempt: PolicyAttempt, params: Value?) { variables = attempt.variables(params: params) }

  func evaluate(_ text: String) throws(CELError) -> Value { try CEL.compile(text).evaluate(variables) }

  /// Gives the policy's named expressions their values. One that fails is missed only by those who name it.
  mutating func define(_ named: [Value]) {
    for variable in named {
      guard let name = variable["name"]?.string, let text = variable["expression"]?.string else { continue }
      do throws(CELError) {
        let value = try evaluate(text)
        variables["variables"]?[name] = value
      } catch {
        continue
      }
    }
  }
}
