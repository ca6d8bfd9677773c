import API
import HTTP

/// Connections to ports over a SPDY session: each has two streams, for data and for errors, that name their port and the
/// connection they belong to (k8s.io/kubelet, cri/streaming/portforward).
final class StreamPortLink: PortLink {
  private enum Role: String {
    case data
    case error
  }

  private struct Pair {
    var port: Int
    var data: UInt32?
    var error: UInt32?
  }

  private static let typeField = "streamtype"
  private static let portField = "port"
  private static let requestField = "requestid"

  private let spdy: SPDYConnection
  /// By the client's name for the connection.
  private var pairs: [String: Pair] = [:]
  /// The names, by the number of the data stream.
  private var names: [UInt32: String] = [:]

  init(_ spdy: SPDYConnection) {
    self.spdy = spdy
  }

  var connection: UpgradedConnection { spdy.connection }

  func receive(seconds: Double) -> PortEvent {
    switch spdy.receive(seconds: seconds) {
    case .session(let event): return take(event)
    case .failed:
      spdy.close()
      return .closed
    case .closed: return .closed
    case .timedOut: return .timedOut
    case .woken: return .woken
    case .stopping: return .stopping
    }
  }

  private func take(_ event: SPDYSession.Event) -> PortEvent {
    switch event {
    case .opened(let id, let headers): return open(id, headers)
    case .data(let id, let bytes): return names[id] == nil ? .nothing : .data(Int(id), bytes)
    case .finished(let id): return names[id] == nil ? .nothing : .finished(Int(id))
    case .reset(let id):
      // Without its error stream a connection goes on; without its data stream it is over.
      guard let name = names.removeValue(forKey: id) else { return .nothing }
      if let error = pairs.removeValue(forKey: name)?.error { _ = spdy.finish(error) }
      return .dropped(Int(id))
    case .goneAway: return .nothing
    }
  }

  private func open(_ id: UInt32, _ headers: SPDYHeaders) -> PortEvent {
    guard let port = headers[Self.portField].flatMap({ UInt16($0) }), port > 0,
      let role = headers[Self.typeField].flatMap(Role.init)
    else { return refuse(id) }
    // Clients of old give connections no names; their two streams follow each other, that for errors first.
    let name = headers[Self.requestField] ?? String(role == .error ? id : id &- 2)
    var pair = pairs[name] ?? Pair(port: Int(port))
    guard (role == .data ? pair.data : pair.error) == nil else { return refuse(id) }
    if role == .data { pair.data = id } else { pair.error = id }
    pairs[name] = pair
    guard spdy.accept(id) else { return .closed }
    guard let data = pair.data, pair.error != nil else { return .nothing }
    names[data] = name
    return .opened(Int(data), port: pair.port)
  }

  private func refuse(_ id: UInt32) -> PortEvent { spdy.reset(id) ? .nothing : .closed }

  func send(_ bytes: [UInt8], to id: Int) -> Bool { spdy.send(bytes, on: UInt32(id)) }

  func fail(_ id: Int, _ message: String) -> Bool {
    guard let error = names[UInt32(id)].flatMap({ pairs[$0]?.error }) else { return true }
    return spdy.send(Array(message.utf8), on: error) && finish(id)
  }

  func finish(_ id: Int) -> Bool {
    guard let name = names.removeValue(forKey: UInt32(id)), let pair = pairs.removeValue(forKey: name) else {
      return true
    }
    if let error = pair.error, !spdy.finish(error) { return false }
    return spdy.finish(UInt32(id))
  }

  func close(isStopping: Bool) { spdy.close() }
}
