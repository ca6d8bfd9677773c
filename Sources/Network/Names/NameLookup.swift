/// Looks a name up as a program in a pod does: `/etc/hosts`, then the name servers, with search domains.
struct NameLookup {
  let network: ClusterNetwork
  let sender: Sender

  /// A step with addresses, or with none where the name is not found; `server` is nil where nobody answered.
  func resolve(_ name: String) -> NameStep {
    if let address = sender.hosts[name] {
      return NameStep(name: name, server: "/etc/hosts", asked: [], addresses: [address])
    }
    guard let server = network.answeringServer(for: sender) else {
      return NameStep(name: name, server: nil, asked: [], addresses: [])
    }
    var step = NameStep(name: name, server: server, asked: [], addresses: [])
    guard server == ClusterNames.server else { return step }
    for candidate in sender.resolver.candidates(name) {
      step.asked.append(candidate)
      step.addresses = network.addresses(of: candidate)
      if !step.addresses.isEmpty { break }
    }
    return step
  }
}
