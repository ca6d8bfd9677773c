import Network

extension ShellCommand {
  /// busybox's `nslookup`: it asks for the name with each search domain.
  static let nslookup = ShellCommand("nslookup") { call in
    let operands = call.operands
    guard let name = operands.first else {
      call.error =
        "BusyBox v1.37.0 multi-call binary.\n\nUsage: nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]\n"
      return .status(1)
    }
    let configuration = ResolverConfiguration(text: call.world.files["/etc/resolv.conf"] ?? "")
    let server = operands.count > 1 ? operands[1] : configuration.servers.first ?? "127.0.0.1"
    let probe = call.send(.connect, server, 53, .udp)
    guard server == ClusterNetwork.nameServer, call.world.network.answersNames(files: call.world.files) else {
      call.output = ";; connection timed out; no servers could be reached\n\n"
      return probe.failure?.effect == .refused ? .status(1) : .takes(ConnectionTimes.resolve, status: 1)
    }
    if call.world.image.looksUpInFull { return full(name, server, &call) }
    call.output = "Server:\t\t\(server)\nAddress:\t\(server):53\n\n"
    if IPv4Address(name) != nil { return reverse(name, &call) }
    let plain = name.hasSuffix(".") ? String(name.dropLast()) : name
    return forward(name.contains(".") ? [plain] : configuration.searches.map { name + "." + $0 }, &call)
  }

  private static func reverse(_ address: String, _ call: inout ShellCall) -> ShellOutcome {
    let name = address.split(separator: ".").reversed().joined(separator: ".") + ".in-addr.arpa"
    guard let found = call.world.network.name(of: address) else {
      call.output += "** server can't find \(name): NXDOMAIN\n\n"
      return .status(1)
    }
    call.output += "\(name)\tname = \(found)\n\n"
    return .status(0)
  }

  /// As busybox up to 1.28 printed it.
  private static func full(_ name: String, _ server: String, _ call: inout ShellCall) -> ShellOutcome {
    let network = call.world.network
    func line(_ number: Int, _ address: String) -> String {
      ["Address \(number): \(address)", network.name(of: address)].compactMap(\.self).joined(separator: " ") + "\n"
    }
    call.output = "Server:    \(server)\n" + line(1, server) + "\n"
    let addresses = IPv4Address(name) == nil ? network.resolve(name, files: call.world.files).addresses : [name]
    guard !addresses.isEmpty else {
      call.error = "nslookup: can't resolve '\(name)'\n"
      return .status(1)
    }
    call.output += "Name:      \(name)\n"
    for (index, address) in addresses.enumerated() { call.output += line(index + 1, address) }
    return .status(0)
  }

  /// Each name is asked for twice: for its IPv4 addresses, and for those of IPv6, of which there are none.
  private static func forward(_ candidates: [String], _ call: inout ShellCall) -> ShellOutcome {
    var isComplete = true
    for candidate in candidates {
      guard let answer = call.world.network.answer(ofName: candidate) else {
        call.output += String(repeating: "** server can't find \(candidate): NXDOMAIN\n\n", count: 2)
        isComplete = false
        continue
      }
      if answer.name != candidate { call.output += "\(candidate)\tcanonical name = \(answer.name)\n" }
      for address in answer.addresses { call.output += "Name:\t\(answer.name)\nAddress: \(address)\n" }
      call.output += "\n\n"
    }
    return .status(isComplete ? 0 : 1)
  }
}
