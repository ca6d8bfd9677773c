import Loop

/// Small systems and tools.
extension ImageCatalogue {
  static let tools: [Entry] = [
    Entry(repository: "bash", tags: nil, behaviour: { _ in tool(size: 6_000_000, ["bash"], lacks: ["curl"]) }),
    Entry(
      repository: "registry.k8s.io/busybox", tags: nil,
      behaviour: { _ in tool(size: 1_100_000, ["sh"], lacks: ["bash", "curl"]) }),
    Entry(
      repository: "registry.k8s.io/e2e-test-images/busybox", tags: nil,
      behaviour: { _ in tool(size: 1_100_000, ["sh"], lacks: ["bash", "curl"]) }),
    Entry(repository: "curlimages/curl", tags: nil, behaviour: { _ in command(size: 9_000_000, "curl") }),
    Entry(repository: "quay.io/curl/curl", tags: nil, behaviour: { _ in command(size: 9_000_000, "curl") }),
    Entry(repository: "nicolaka/netshoot", tags: nil, behaviour: { _ in tool(size: 200_000_000, ["bash"], lacks: []) }),
    Entry(
      repository: "registry.k8s.io/e2e-test-images/jessie-dnsutils", tags: nil,
      behaviour: { _ in tool(size: 110_000_000, ["sh"], lacks: []) }),
    Entry(
      repository: "fedora", tags: nil,
      behaviour: { _ in tool(size: 60_000_000, ["bash"], lacks: ["wget", "nslookup", "nc"]) }),
    Entry(
      repository: "rockylinux", tags: nil,
      behaviour: { _ in tool(size: 70_000_000, ["bash"], lacks: ["wget", "nslookup", "nc"]) }),
    Entry(repository: "nginxinc/nginx-unprivileged", tags: nil, behaviour: unprivilegedNginx),
  ]

  private static func tool(size: Int64, _ entrypoint: [String], lacks: [String]) -> ImageBehaviour {
    var image = ImageBehaviour()
    image.size = size
    image.entrypoint = entrypoint
    image.lacks += lacks
    image.exit = .init(after: .milliseconds(20), code: 0)
    image.memory = 1 << 20
    return image
  }

  /// An image whose program is one command of the shell's, which gets the container's arguments.
  private static func command(size: Int64, _ name: String) -> ImageBehaviour {
    var image = tool(size: size, [name], lacks: ["bash"])
    image.takesArguments = true
    return image
  }

  @Sendable private static func unprivilegedNginx(_ tag: String) -> ImageBehaviour {
    var image = nginx(tag)
    for index in image.ports.indices { image.ports[index].port = 8_080 }
    return image
  }
}
