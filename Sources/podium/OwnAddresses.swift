import Glibc

/// By what other machines reach this one.
enum OwnAddresses {
  /// The machine's name, and the numeric addresses of its interfaces: what a certificate for all of them has to name.
  static var all: [String] {
    var all = name.map { [$0] } ?? []
    for address in interfaces where !all.contains(address) { all.append(address) }
    return all
  }

  private static var name: String? {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return nil }
    let name = text(buffer)
    return name.isEmpty ? nil : name
  }

  private static var interfaces: [String] {
    var first: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&first) == 0 else { return [] }
    defer { freeifaddrs(first) }
    return sequence(first: first, next: { $0?.pointee.ifa_next }).prefix { $0 != nil }
      .compactMap { $0?.pointee.ifa_addr }.compactMap(numeric)
  }

  private static func numeric(_ address: UnsafeMutablePointer<sockaddr>) -> String? {
    let length: Int
    switch Int32(address.pointee.sa_family) {
    case AF_INET: length = MemoryLayout<sockaddr_in>.size
    case AF_INET6: length = MemoryLayout<sockaddr_in6>.size
    default: return nil
    }
    var buffer = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    guard getnameinfo(address, socklen_t(length), &buffer, socklen_t(buffer.count), nil, 0, NI_NUMERICHOST) == 0 else {
      return nil
    }
    // What comes after the percent sign says which interface, and is of this machine only.
    return String(text(buffer).prefix { $0 != "%" })
  }

  private static func text(_ buffer: [CChar]) -> String {
    String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
