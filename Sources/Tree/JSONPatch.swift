/// A JSON Patch (RFC 6902): operations on a value, all of which apply or none.
///
///     let patch = try JSONPatch([["op": "replace", "path": "/spec/replicas", "value": 3]])
///     let changed = try patch.apply(to: deployment)
package struct JSONPatch: Hashable, Sendable {
  package enum Operation: Hashable, Sendable {
    case add(JSONPointer, Value)
    case remove(JSONPointer)
    case replace(JSONPointer, Value)
    case move(from: JSONPointer, to: JSONPointer)
    case copy(from: JSONPointer, to: JSONPointer)
    case test(JSONPointer, Value)
  }

  /// Why a patch cannot be read or does not apply.
  package struct PatchError: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
      /// The patch itself is malformed.
      case malformed
      /// A place that must be there is not.
      case missing
      /// An array has no such index.
      case index
      /// A test found another value.
      case test
    }

    /// Which operation, from 0; nil if the patch as a whole is wrong.
    package let operation: Int?
    package let reason: Reason
    /// What is wrong, in the words of the Go library that the API server uses.
    package let message: String
  }

  package let operations: [Operation]

  package init(operations: [Operation]) { self.operations = operations }

  /// The patch that an array of operation objects says.
  package init(_ value: Value) throws(PatchError) {
    guard let elements = value.array else {
      throw PatchError(operation: nil, reason: .malformed, message: "a JSON patch must be an array of operations")
    }
    var operations: [Operation] = []
    for (index, element) in elements.enumerated() {
      operations.append(try JSONPatch.operation(element, at: index))
    }
    self.operations = operations
  }

  private static func operation(_ value: Value, at index: Int) throws(PatchError) -> Operation {
    func malformed(_ message: String) -> PatchError {
      PatchError(operation: index, reason: .malformed, message: message)
    }
    func pointer(_ name: String) throws(PatchError) -> JSONPointer {
      guard let text = value[name]?.string else { throw malformed("operation \(index) has no \"\(name)\"") }
      guard let pointer = JSONPointer(text) else {
        throw malformed("operation \(index): \"\(name)\" must be empty or start with '/': \"\(text)\"")
      }
      return pointer
    }
    func operand() throws(PatchError) -> Value {
      guard let operand = value["value"] else { throw malformed("operation \(index) has no \"value\"") }
      return operand
    }
    switch value["op"]?.string {
    case "add": return .add(try pointer("path"), try operand())
    case "remove": return .remove(try pointer("path"))
    case "replace": return .replace(try pointer("path"), try operand())
    case "move": return .move(from: try pointer("from"), to: try pointer("path"))
    case "copy": return .copy(from: try pointer("from"), to: try pointer("path"))
    // A test without a value tests for null, as the server's library has it.
    case "test": return .test(try pointer("path"), value["value"] ?? .null)
    case let other: throw malformed("Unexpected kind: \(other ?? "unknown")")
    }
  }

  /// The value after all operations.
  package func apply(to value: Value) throws(PatchError) -> Value {
    var result = value
    for (index, operation) in operations.enumerated() {
      do throws(Refusal) {
        try operation.apply(to: &result)
      } catch {
        throw PatchError(operation: index, reason: error.reason, message: error.message)
      }
    }
    return result
  }
}

/// Why one operation does not apply.
private struct Refusal: Error {
  let reason: JSONPatch.PatchError.Reason
  let message: String

  static func missing(_ name: String, _ pointer: JSONPointer) -> Refusal {
    Refusal(
      reason: .missing, message: "\(name) operation does not apply: doc is missing path: \"\(pointer)\": missing value")
  }

  static func missingKey(_ name: String, _ key: String, _ pointer: JSONPointer) -> Refusal {
    Refusal(
      reason: .missing,
      message: name == "remove"
        ? "error in remove for path: '\(pointer)': Unable to remove nonexistent key: \(key): missing value"
        : "\(name) operation does not apply: doc is missing key: \(pointer): missing value")
  }

  static func index(_ name: String, _ token: String, _ pointer: JSONPointer) -> Refusal {
    Refusal(
      reason: .index,
      message: "error in \(name) for path: '\(pointer)': Unable to access invalid index: \(token): "
        + "invalid index referenced")
  }
}

extension JSONPatch.Operation {
  fileprivate func apply(to value: inout Value) throws(Refusal) {
    switch self {
    case .add(let path, let operand): try Self.add(operand, at: path, in: &value, "add")
    case .remove(let path): try Self.remove(path, in: &value, "remove")
    case .replace(let path, let operand): try Self.replace(path, with: operand, in: &value)
    case .move(let source, let target):
      guard let moved = value[source] else { throw .missing("move", source) }
      if target.tokens.count > source.tokens.count, target.tokens.starts(with: source.tokens) {
        throw Refusal(reason: .malformed, message: "cannot move \(source) into itself at \(target)")
      }
      try Self.remove(source, in: &value, "move")
      try Self.add(moved, at: target, in: &value, "move")
    case .copy(let source, let target):
      guard let copied = value[source] else { throw .missing("copy", source) }
      try Self.add(copied, at: target, in: &value, "copy")
    case .test(let path, let expected):
      guard value[path] ?? .null == expected else {
        throw Refusal(reason: .test, message: "testing value \(path) failed: test failed")
      }
    }
  }

  private static func add(
    _ operand: Value, at path: JSONPointer, in value: inout Value, _ name: String
  ) throws(Refusal) {
    guard let last = path.tokens.last else { return value = operand }
    try edit(path, in: &value, name) { (parent) throws(Refusal) in
      switch parent {
      case .object: parent[last] = operand
      case .array(var elements):
        guard let index = last == "-" ? elements.count : JSONPointer.index(last), index <= elements.count else {
          throw .index(name, last, path)
        }
        elements.insert(operand, at: index)
        parent = .array(elements)
      default: throw .missing(name, path)
      }
    }
  }

  private static func remove(_ path: JSONPointer, in value: inout Value, _ name: String) throws(Refusal) {
    guard let last = path.tokens.last else { return value = .null }
    try edit(path, in: &value, name) { (parent) throws(Refusal) in
      switch parent {
      case .object(let members):
        if members[last] == nil { throw .missingKey(name, last, path) }
        parent[last] = nil
      case .array(var elements):
        guard let index = JSONPointer.index(last), index < elements.count else { throw .index(name, last, path) }
        elements.remove(at: index)
        parent = .array(elements)
      default: throw .missing(name, path)
      }
    }
  }

  private static func replace(_ path: JSONPointer, with operand: Value, in value: inout Value) throws(Refusal) {
    guard let last = path.tokens.last else { return value = operand }
    try edit(path, in: &value, "replace") { (parent) throws(Refusal) in
      switch parent {
      case .object(let members):
        if members[last] == nil { throw .missingKey("replace", last, path) }
        parent[last] = operand
      case .array(var elements):
        guard let index = JSONPointer.index(last), index < elements.count else {
          throw .missingKey("replace", last, path)
        }
        elements[index] = operand
        parent = .array(elements)
      default: throw .missing("replace", path)
      }
    }
  }

  /// Changes the object or array that holds the place's last step.
  private static func edit(
    _ path: JSONPointer, in value: inout Value, _ name: String, _ change: (inout Value) throws(Refusal) -> Void
  ) throws(Refusal) {
    try edit(path.tokens.dropLast(), path, in: &value, name, change)
  }

  private static func edit(
    _ steps: ArraySlice<String>, _ path: JSONPointer, in value: inout Value, _ name: String,
    _ change: (inout Value) throws(Refusal) -> Void
  ) throws(Refusal) {
    guard let step = steps.first else { return try change(&value) }
    switch value {
    case .object(let members):
      guard var child = members[step] else { throw .missing(name, path) }
      try edit(steps.dropFirst(), path, in: &child, name, change)
      value[step] = child
    case .array(var elements):
      guard let index = JSONPointer.index(step), index < elements.count else { throw .missing(name, path) }
      try edit(steps.dropFirst(), path, in: &elements[index], name, change)
      value = .array(elements)
    default: throw .missing(name, path)
    }
  }
}
