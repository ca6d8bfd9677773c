import CEL

/// `ip('10.0.0.1')` in expressions.
struct CELAddress: CELObject {
  let address: AddressBytes

  var typeName: String { "net.IP" }
  var text: String? { address.text }

  static func add(to library: inout CELLibrary) {
    library.add("ip", 1...1) { (arguments) throws(CELError) in
      guard case .string(let text) = arguments[0] else { return nil }
      return .object(CELAddress(address: try parse(text)))
    }
    library.add("isIP", 1...1) { (arguments) throws(CELError) in
      guard case .string(let text) = arguments[0] else { return nil }
      return .bool(AddressBytes(text) != nil)
    }
    library.add("ip.isCanonical", 1...1) { (arguments) throws(CELError) in
      guard case .string(let text) = arguments[0] else { return nil }
      return .bool(try parse(text).text == text)
    }
    library.addMethods([
      ("family", 0...0), ("isUnspecified", 0...0), ("isLoopback", 0...0), ("isLinkLocalMulticast", 0...0),
      ("isLinkLocalUnicast", 0...0), ("isGlobalUnicast", 0...0),
    ])
  }

  static func parse(_ text: String) throws(CELError) -> AddressBytes {
    guard let address = AddressBytes(text) else {
      throw CELError("IP Address \(text.debugDescription) parse error during conversion from string")
    }
    return address
  }

  func isEqual(to other: any CELObject) -> Bool { (other as? CELAddress)?.address == address }

  func call(_ method: String, _ arguments: [CELValue]) throws(CELError) -> CELValue? {
    switch method {
    case "family": .int(address.isVersion4 ? 4 : 6)
    case "isUnspecified": .bool(address.isUnspecified)
    case "isLoopback": .bool(address.isLoopback)
    case "isLinkLocalMulticast": .bool(address.isLinkLocalMulticast)
    case "isLinkLocalUnicast": .bool(address.isLinkLocalUnicast)
    case "isGlobalUnicast": .bool(address.isGlobalUnicast)
    default: nil
    }
  }
}

/// `cidr('10.0.0.0/8')` in expressions.
struct CELNetwork: CELObject {
  let address: AddressBytes
  let length: Int

  var typeName: String { "net.CIDR" }
  var text: String? { "\(address.text)/\(length)" }

  init(address: AddressBytes, length: Int) {
    self.address = address
    self.length = length
  }

  /// The network that a text writes.
  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = AddressBytes(String(parts[0])), let length = Int(parts[1]),
      String(length) == parts[1], (0...address.bytes.count * 8).contains(length)
    else { return nil }
    self.init(address: address, length: length)
  }

  static func add(to library: inout CELLibrary) {
    library.add("cidr", 1...1) { (arguments) throws(CELError) in
      guard case .string(let text) = arguments[0] else { return nil }
      return .object(try parse(text))
    }
    library.add("isCIDR", 1...1) { (arguments) throws(CELError) in
      guard case .string(let text) = arguments[0] else { return nil }
      return .bool(CELNetwork(text) != nil)
    }
    library.addMethods([
      ("containsIP", 1...1), ("containsCIDR", 1...1), ("ip", 0...0), ("masked", 0...0), ("prefixLength", 0...0),
    ])
  }

  private static func parse(_ text: String) throws(CELError) -> CELNetwork {
    guard let network = CELNetwork(text) else {
      throw CELError("network address parse error during conversion from string: \(text.debugDescription)")
    }
    return network
  }

  func isEqual(to other: any CELObject) -> Bool {
    guard let other = other as? CELNetwork else { return false }
    return other.address == address && other.length == length
  }

  func call(_ method: String, _ arguments: [CELValue]) throws(CELError) -> CELValue? {
    switch (method, arguments.first) {
    case ("ip", nil): return .object(CELAddress(address: address))
    case ("masked", nil): return .object(CELNetwork(address: address.masked(length), length: length))
    case ("prefixLength", nil): return .int(Int64(length))
    case ("containsIP", .string(let text)?): return .bool(contains(try CELAddress.parse(text)))
    case ("containsCIDR", .string(let text)?): return .bool(contains(try Self.parse(text)))
    case ("containsIP", .object(let object)?): return (object as? CELAddress).map { .bool(contains($0.address)) }
    case ("containsCIDR", .object(let object)?): return (object as? CELNetwork).map { .bool(contains($0)) }
    default: return nil
    }
  }

  private func contains(_ other: AddressBytes) -> Bool {
    other.bytes.count == address.bytes.count && other.masked(length) == address.masked(length)
  }

  private func contains(_ other: CELNetwork) -> Bool { other.length >= length && contains(other.address) }
}
