import CEL
import Kinds
import Schema
import Tree

/// One change of a mutating policy: fields to apply, or the steps of a JSON Patch, as an expression gives them.
enum PolicyMutation {
  /// Why the change cannot be made, in Kubernetes' words.
  struct Failure: Error {
    let message: String
  }

  static func apply(_ mutation: Value, to value: inout Value, _ kind: Kind, _ run: inout PolicyRun) throws(Failure) {
    var changed: Value
    if mutation["patchType"]?.string == "JSONPatch" {
      changed = try patched(value, mutation["jsonPatch", "expression"]?.string ?? "", &run)
    } else {
      changed = try applied(value, mutation["applyConfiguration", "expression"]?.string ?? "", kind, &run)
    }
    if let error = kind.typeError(in: changed) { throw Failure(message: error) }
    _ = kind.prune(&changed)
    kind.applyDefaults(to: &changed)
    value = changed
  }

  private static func result(of text: String, _ run: inout PolicyRun) throws(Failure) -> CELValue {
    do throws(CELError) {
      return try run.evaluate(text)
    } catch {
      throw Failure(message: PolicyRun.failure(text, error))
    }
  }

  // MARK: Fields to apply

  private static func applied(_ value: Value, _ text: String, _ kind: Kind, _ run: inout PolicyRun) throws(Failure)
    -> Value
  {
    let result = try result(of: text, &run)
    guard case .map(let map) = result, map.typeName != nil else {
      throw Failure(message: "unsupported return type from ApplyConfiguration expression: \(result.typeName)")
    }
    try checkTypes(result)
    var config = result.value
    config["kind"] = value["kind"]
    config["apiVersion"] = value["apiVersion"]
    guard let shape = kind.shape else { return MergePatch.apply(config, to: value) }
    if let error = ApplyChecking.error(in: config, shape) {
      throw Failure(message: "error applying patch: failed to convert patch object to typed object: \(error)")
    }
    let atomic = AtomicParts.paths(in: config, shape)
    if !atomic.isEmpty {
      throw Failure(
        message: "error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: "
          + atomic.joined(separator: ", "))
    }
    return TypedMerge.merge(config, into: value, shape)
  }

  /// The types that an expression names are those of the places where the objects stand.
  private static func checkTypes(_ value: CELValue) throws(Failure) {
    var errors: [String] = []
    if case .map(let map) = value, let root = map.typeName?.split(separator: ".").first {
      collect(value, [String(root)], &errors)
    }
    if !errors.isEmpty { throw Failure(message: "type mismatch: " + errors.joined(separator: "\n")) }
  }

  private static func collect(_ value: CELValue, _ path: [String], _ errors: inout [String]) {
    switch value {
    case .map(let map):
      let expected = path.joined(separator: ".")
      if let name = map.typeName, name != expected {
        errors.append(
          "unexpected type name \"\(name)\", expected \"\(expected)\", which matches field name path from root Object "
            + "type")
      }
      for entry in map.entries {
        guard map.typeName != nil, case .string(let key) = entry.key else {
          collect(entry.value, path, &errors)
          continue
        }
        collect(entry.value, path + [key], &errors)
      }
    case .list(let elements): for element in elements { collect(element, path, &errors) }
    default: break
    }
  }

  // MARK: JSON Patch

  private static func patched(_ value: Value, _ text: String, _ run: inout PolicyRun) throws(Failure) -> Value {
    let result = try result(of: text, &run)
    guard case .list(let steps) = result else {
      throw Failure(message: "type mismatch: JSONPatchType.expression should evaluate to array")
    }
    var operations: [Value] = []
    for step in steps { operations.append(try operation(step)) }
    do throws(JSONPatch.PatchError) {
      return try JSONPatch(.array(operations)).apply(to: value)
    } catch {
      // A test that fails leaves the object as it is.
      if error.reason == .test { return value }
      throw Failure(message: "JSONPath: \(error.message)")
    }
  }

  private static func operation(_ step: CELValue) throws(Failure) -> Value {
    guard case .map(let map) = step, map.typeName == "JSONPatch" else {
      throw Failure(
        message: "type mismatch: JSONPatchType.expression should evaluate to array of JSONPatch, got element of "
          + step.typeName)
    }
    var operation: Value = [:]
    for entry in map.entries {
      guard case .string(let name) = entry.key else { continue }
      if name == "value" { try checkTypes(entry.value) }
      operation[name] = entry.value.value
    }
    return operation
  }
}
