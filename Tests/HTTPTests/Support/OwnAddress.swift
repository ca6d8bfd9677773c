import Glibc

/// An IPv4 address of this machine that is no loopback address; nil when it has none.
let ownAddress: String? = {
  var list: UnsafeMutablePointer<ifaddrs>?
  guard getifaddrs(&list) == 0 else { return nil }
  defer { freeifaddrs(list) }
  var entry = list
  while let interface = entry {
    defer { entry = interface.pointee.ifa_next }
    guard let address = interface.pointee.ifa_addr, address.pointee.sa_family == AF_INET else { continue }
    let text = address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
      String(cString: inet_ntoa($0.pointee.sin_addr))
    }
    if !text.hasPrefix("127.") { return text }
  }
  return nil
}()
