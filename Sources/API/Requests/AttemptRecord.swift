package import Tree
import Loop

/// A request that writes, as a session's record holds it: with its caller's name, and without what proved it.
extension WriteAttempt {
  /// Headers that prove who somebody is.
  private static let secretHeaders: Set<String> = ["authorization", "cookie", "proxy-authorization"]

  package var record: Value {
    let headers = request.headers.filter { !Self.secretHeaders.contains($0.name.lowercased()) }
    var record: Value = [
      "method": .string(request.method), "path": .array(request.path.map(Value.string)),
      "slash": .boolean(request.endsInSlash), "query": Self.pairs(request.query), "headers": Self.pairs(headers),
      "body": .string(Base64.encode(request.body)), "caller": request.caller.record,
    ]
    record["moment"] = moment.map { .integer($0.nanoseconds) }
    if !draws.isEmpty {
      record["draws"] = .array(
        draws.sorted { $0.key < $1.key }.map { stream, numbers in
          [.string(stream), .array(numbers.map { .string(String($0)) })]
        })
    }
    if !replies.isEmpty {
      record["replies"] = .array(
        replies.sorted { $0.key.uid < $1.key.uid }.map { call, reply in [call.record, reply.record] })
    }
    return record
  }

  package init?(record: Value) {
    guard let method = record["method"]?.string, let path = record["path"]?.array?.compactMap(\.string),
      let body = record["body"]?.string.flatMap({ Base64.decode($0) }),
      let caller = record["caller"].flatMap(Caller.init(record:))
    else { return nil }
    var request = APIRequest(
      method: method, path: path, query: Self.pairs(record["query"]), headers: Self.pairs(record["headers"]),
      body: body, caller: caller)
    request.endsInSlash = record["slash"]?.boolean ?? false
    self.init(request)
    moment = record["moment"]?.integer.map { Time(nanoseconds: $0) }
    for pair in record["draws"]?.array ?? [] {
      guard let parts = pair.array, parts.count == 2, let stream = parts[0].string else { return nil }
      draws[stream] = parts[1].array?.compactMap { $0.string.flatMap { UInt64($0) } }
    }
    for pair in record["replies"]?.array ?? [] {
      guard let parts = pair.array, parts.count == 2, let call = WebhookCall(record: parts[0]),
        let reply = WebhookReply(record: parts[1])
      else { return nil }
      replies[call] = reply
    }
  }

  private static func pairs(_ pairs: [(name: String, value: String)]) -> Value {
    .array(pairs.map { [.string($0.name), .string($0.value)] })
  }

  private static func pairs(_ value: Value?) -> [(name: String, value: String)] {
    (value?.array ?? []).compactMap { pair in
      guard let texts = pair.array?.compactMap(\.string), texts.count == 2 else { return nil }
      return (texts[0], texts[1])
    }
  }
}

extension Caller {
  fileprivate var record: Value {
    var record: Value = ["name": .string(name), "groups": .array(groups.map(Value.string))]
    record["uid"] = uid.map(Value.string)
    if !extra.isEmpty {
      record["extra"] = .array(extra.map { [.string($0.key), .array($0.values.map(Value.string))] })
    }
    return record
  }

  fileprivate init?(record: Value) {
    guard let name = record["name"]?.string else { return nil }
    self.init(name: name, groups: record["groups"]?.array?.compactMap(\.string) ?? [])
    uid = record["uid"]?.string
    extra = (record["extra"]?.array ?? []).compactMap { pair in
      guard let parts = pair.array, parts.count == 2, let key = parts[0].string else { return nil }
      return Extra(key: key, values: parts[1].array?.compactMap(\.string) ?? [])
    }
  }
}

extension WebhookCall {
  package var record: Value {
    [
      "address": .string("\(address)"), "certificates": .string(certificates),
      "timeout": .integer(Int64(timeoutSeconds)), "uid": .string(uid), "body": .string(Base64.encode(body)),
    ]
  }

  package init?(record: Value) {
    guard let address = record["address"]?.string.flatMap({ WebhookAddress($0) }), let uid = record["uid"]?.string,
      let body = record["body"]?.string.flatMap({ Base64.decode($0) })
    else { return nil }
    self.init(
      address: address, certificates: record["certificates"]?.string ?? "",
      timeoutSeconds: Int(record["timeout"]?.integer ?? 0), uid: uid, body: body)
  }
}

extension WebhookReply {
  package var record: Value {
    switch self {
    case .answer(let status, let body): ["status": .integer(Int64(status)), "body": .string(Base64.encode(body))]
    case .failure(let why): ["failure": .string(why)]
    }
  }

  package init?(record: Value) {
    if let why = record["failure"]?.string {
      self = .failure(why)
      return
    }
    guard let status = record["status"]?.integer, let body = record["body"]?.string.flatMap({ Base64.decode($0) })
    else {
      return nil
    }
    self = .answer(status: Int(status), body: body)
  }
}
