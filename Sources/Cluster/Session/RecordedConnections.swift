import API
import Kinds
import Store
import Tree

/// Commands in containers and requests to their ports, each noted as an input before it acts on the cluster.
///
/// What a command does later follows from the run; what it says is no input.
final class RecordedConnections: CommandRunner, PodPorts {
  private let commands: any CommandRunner
  private let ports: any PodPorts
  private unowned let recorder: SessionRecorder

  init(commands: any CommandRunner, ports: any PodPorts, recorder: SessionRecorder) {
    self.commands = commands
    self.ports = ports
    self.recorder = recorder
  }

  // MARK: Commands

  func start(_ plan: ConnectionPlan, sink: @escaping (ExecEvent) -> Void) throws(Status) -> Int {
    recorder.note(connection: ["verb": "start", "plan": plan.record])
    return try commands.start(plan, sink: sink)
  }

  func type(_ text: String, into id: Int) {
    recorder.note(connection: ["verb": "type", "id": .integer(Int64(id)), "text": .string(text)])
    commands.type(text, into: id)
  }

  func endInput(of id: Int) {
    recorder.note(connection: ["verb": "endInput", "id": .integer(Int64(id))])
    commands.endInput(of: id)
  }

  func resize(_ id: Int, columns: Int, rows: Int) {
    recorder.note(
      connection: [
        "verb": "resize", "id": .integer(Int64(id)), "columns": .integer(Int64(columns)), "rows": .integer(Int64(rows)),
      ])
    commands.resize(id, columns: columns, rows: rows)
  }

  func stop(_ id: Int) {
    recorder.note(connection: ["verb": "stop", "id": .integer(Int64(id))])
    commands.stop(id)
  }

  // MARK: Ports

  func connect(pod: ObjectKey, port: Int, onEnd: @escaping () -> Void) throws(Status) -> Int? {
    recorder.note(connection: ["verb": "connect", "pod": pod.record, "port": .integer(Int64(port))])
    return try ports.connect(pod: pod, port: port, onEnd: onEnd)
  }

  func ask(_ request: PortRequest, over connection: Int) -> PortAnswer? {
    recorder.note(
      connection: ["verb": "ask", "id": .integer(Int64(connection)), "request": request.record])
    return ports.ask(request, over: connection)
  }

  func disconnect(_ connection: Int) {
    recorder.note(connection: ["verb": "disconnect", "id": .integer(Int64(connection))])
    ports.disconnect(connection)
  }

  func ask(_ request: PortRequest, address: String, port: Int) -> PortOutcome {
    recorder.note(
      connection: [
        "verb": "send", "address": .string(address), "port": .integer(Int64(port)), "request": request.record,
      ])
    return ports.ask(request, address: address, port: port)
  }

  func obstacle(before node: String) -> PortOutcome? { ports.obstacle(before: node) }

  func choose(below bound: Int) -> Int {
    recorder.note(connection: ["verb": "choose", "below": .integer(Int64(bound))])
    return ports.choose(below: bound)
  }
}

extension Cluster {
  /// Does again what a record says of commands and ports. Numbers that name conversations are given out in the same
  /// order. Answers false where the record cannot be read.
  func redo(connection: Value) -> Bool {
    let id = connection["id"]?.integer.map(Int.init)
    switch (connection["verb"]?.string, id) {
    case ("start", _):
      guard let plan = connection["plan"].flatMap(ConnectionPlan.init(record:)) else { return false }
      _ = try? commands.start(plan) { _ in }
    case ("type", let id?): commands.type(connection["text"]?.string ?? "", into: id)
    case ("endInput", let id?): commands.endInput(of: id)
    case ("resize", let id?):
      commands.resize(
        id, columns: Int(connection["columns"]?.integer ?? 0), rows: Int(connection["rows"]?.integer ?? 0))
    case ("stop", let id?): commands.stop(id)
    case ("connect", _):
      guard let pod = connection["pod"].flatMap(ObjectKey.init(record:)), let port = connection["port"]?.integer else {
        return false
      }
      _ = try? ports.connect(pod: pod, port: Int(port)) {}
    case ("ask", let id?): _ = ports.ask(PortRequest(record: connection["request"] ?? [:]), over: id)
    case ("disconnect", let id?): ports.disconnect(id)
    case ("send", _):
      _ = ports.ask(
        PortRequest(record: connection["request"] ?? [:]), address: connection["address"]?.string ?? "",
        port: Int(connection["port"]?.integer ?? 0))
    case ("choose", _): _ = ports.choose(below: Int(connection["below"]?.integer ?? 1))
    default: return false
    }
    return true
  }
}

// MARK: - Records

extension ObjectKey {
  /// A pod's, by namespace and name.
  fileprivate var record: Value { [.string(namespace), .string(name)] }

  fileprivate init?(record: Value) {
    guard let parts = record.array?.compactMap(\.string), parts.count == 2 else { return nil }
    self = Kind.pod.key(namespace: parts[0], name: parts[1])
  }
}

extension ConnectionPlan {
  fileprivate var record: Value {
    [
      "purpose": .string(purpose.rawValue), "pod": pod.record, "container": .string(container),
      "command": .array(command.map(Value.string)),
      "flags": [.boolean(hasInput), .boolean(hasOutput), .boolean(hasError), .boolean(isTerminal)],
    ]
  }

  fileprivate init?(record: Value) {
    guard let purpose = record["purpose"]?.string.flatMap(Purpose.init(rawValue:)),
      let pod = record["pod"].flatMap(ObjectKey.init(record:)),
      let flags = record["flags"]?.array?.compactMap(\.boolean), flags.count == 4
    else { return nil }
    self.init(
      purpose: purpose, pod: pod, container: record["container"]?.string ?? "",
      command: (record["command"]?.array ?? []).compactMap(\.string), hasInput: flags[0], hasOutput: flags[1],
      hasError: flags[2], isTerminal: flags[3])
  }
}

extension PortRequest {
  fileprivate var record: Value {
    var record: Value = ["method": .string(method), "path": .string(path), "host": .string(host)]
    record["userAgent"] = userAgent.map(Value.string)
    return record
  }

  fileprivate init(record: Value) {
    self.init(
      method: record["method"]?.string ?? "GET", path: record["path"]?.string ?? "/",
      host: record["host"]?.string ?? "", userAgent: record["userAgent"]?.string)
  }
}
