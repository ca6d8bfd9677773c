import Tree

extension Creators {
  private static let sources: [Flag] = [
    .array("from-literal", "A key and its value: key=value; may be repeated."),
    .list("from-file", "A file, or key=file; may be repeated."),
    .list("from-env-file", "A file of lines key=value."),
    .isSwitch("append-hash", "Not supported here."),
  ]

  static let configMap = command(
    "configmap", aliases: ["cm"], "config map", usage: "NAME [--from-file=[key=]source] [--from-literal=key1=value1]",
    flags: sources
  ) { (invocation, name) throws(Failure) in
    let data = try data(invocation)
    return data.isEmpty
      ? object("v1", "ConfigMap", name)
      : object("v1", "ConfigMap", name, [("data", .object(Members(data.map { ($0, .string($1)) })))])
  }

  /// Keys and values from the options, in the keys' order.
  private static func data(_ invocation: Invocation) throws(Failure) -> [(String, String)] {
    var data: [(String, String)] = []
    func add(_ key: String, _ value: String) throws(Failure) {
      if data.contains(where: { $0.0 == key }) {
        throw .error("cannot add key \(quoted(key)), another key by that name already exists in Data")
      }
      data.append((key, value))
    }
    for literal in invocation.list("from-literal") {
      let parts = literal.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, !parts[0].isEmpty else {
        throw .error("invalid literal source \(literal), expected key=value")
      }
      try add(parts[0], parts[1])
    }
    for source in invocation.list("from-file") {
      let parts = source.split(separator: "=", maxSplits: 1).map(String.init)
      let file = parts.last ?? ""
      guard let text = invocation.session.files[Manifests.normalized(file)] else {
        throw .error("error reading \(file): no such file or directory")
      }
      try add(parts.count == 2 ? parts[0] : String(file.split(separator: "/").last ?? ""), text)
    }
    for file in invocation.list("from-env-file") {
      guard let text = invocation.session.files[Manifests.normalized(file)] else {
        throw .error("error reading \(file): no such file or directory")
      }
      for line in text.split(separator: "\n") where !line.hasPrefix("#") && !line.allSatisfy(\.isWhitespace) {
        let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        try add(parts[0], parts.count == 2 ? parts[1] : "")
      }
    }
    return data.sorted { $0.0 < $1.0 }
  }

  static let secret = Command(
    name: "secret", summary: "Create a secret using a specified subcommand",
    subcommands: [
      command(
        "generic", "secret from files or literal values", usage: "NAME [--type=string] [--from-literal=key1=value1]",
        flags: sources + [.text("type", "The secret's type.")]
      ) { (invocation, name) throws(Failure) in
        var value = object("v1", "Secret", name)
        let data = try data(invocation)
        if !data.isEmpty {
          value["data"] = .object(Members(data.map { ($0, .string(Base64.encode(Array($1.utf8)))) }))
        }
        if !invocation.text("type").isEmpty { value["type"] = .string(invocation.text("type")) }
        return value
      },
      command(
        "tls", "TLS secret", usage: "NAME --cert=path/to/cert/file --key=path/to/key/file",
        flags: [.text("cert", "The certificate's file."), .text("key", "The private key's file.")],
        required: ["cert", "key"]
      ) { (invocation, name) throws(Failure) in
        var data = Members()
        for (key, option) in [("tls.crt", "cert"), ("tls.key", "key")] {
          guard let text = invocation.session.files[Manifests.normalized(invocation.text(option))] else {
            throw .error("open \(invocation.text(option)): no such file or directory")
          }
          data[key] = .string(Base64.encode(Array(text.utf8)))
        }
        return object("v1", "Secret", name, [("data", .object(data)), ("type", "kubernetes.io/tls")])
      },
    ])

  private static let ports: [Flag] = [.list("tcp", "A port and, behind a colon, the pods' port: 80:8080.")]

  static let service = Command(
    name: "service", aliases: ["svc"], summary: "Create a service using a specified subcommand",
    subcommands: [
      serviceCommand("clusterip", "ClusterIP", [.text("clusterip", "The address; None for a headless service.")]),
      serviceCommand("nodeport", "NodePort", [.integer("node-port", 0, "The nodes' port.")]),
      serviceCommand("loadbalancer", "LoadBalancer", []),
      command(
        "externalname", "ExternalName service", usage: "NAME --external-name external.name",
        flags: ports + [.text("external-name", "The name to answer with.")], required: ["external-name"]
      ) { invocation, name in
        var value = object(
          "v1", "Service", name, [("spec", ["type": "ExternalName"]), ("status", ["loadBalancer": [:]])])
        value["metadata", "labels"] = ["app": .string(name)]
        value["spec", "selector"] = ["app": .string(name)]
        value["spec", "externalName"] = .string(invocation.text("external-name"))
        return value
      },
    ])

  private static func serviceCommand(_ name: String, _ type: String, _ flags: [Flag]) -> Command {
    command(name, "\(type) service", usage: "NAME [--tcp=<port>:<targetPort>]", flags: ports + flags) {
      (invocation, name) throws(Failure) in
      let headless = invocation.text("clusterip") == "None"
      if invocation.list("tcp").isEmpty, !headless { throw .error("at least one tcp port specifier must be provided") }
      var ports: [Value] = []
      for text in invocation.list("tcp") { ports.append(try port(text, nodePort: invocation.integer("node-port"))) }
      let labels: Value = ["app": .string(name)]
      var spec: Value = ["ports": .array(ports), "selector": labels, "type": .string(type)]
      if !invocation.text("clusterip").isEmpty { spec["clusterIP"] = .string(invocation.text("clusterip")) }
      if ports.isEmpty { spec["ports"] = nil }
      var value = object("v1", "Service", name, [("spec", spec), ("status", ["loadBalancer": [:]])])
      value["metadata", "labels"] = labels
      return value
    }
  }

  private static func port(_ text: String, nodePort: Int) throws(Failure) -> Value {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard let number = parts.first.flatMap({ Int64($0) }), (1...65535).contains(number) else {
      throw .error("invalid port specified: \(text)")
    }
    let target: Value = parts.count > 1 ? Int64(parts[1]).map { .integer($0) } ?? .string(parts[1]) : .integer(number)
    var port: Value = [
      "name": .string(text.map { $0 == ":" ? "-" : String($0) }.joined()), "port": .integer(number), "protocol": "TCP",
      "targetPort": target,
    ]
    if nodePort > 0 { port["nodePort"] = .integer(Int64(nodePort)) }
    return port
  }
}

/// Base64 with padding (RFC 4648).
enum Base64 {
  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

  static func encode(_ bytes: [UInt8]) -> String {
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<Swift.min(start + 3, bytes.count)]
      var bits: UInt32 = 0
      for byte in group { bits = bits << 8 | UInt32(byte) }
      bits <<= UInt32(8 * (3 - group.count))
      for index in 0..<4 {
        text.append(index <= group.count ? digits[Int(bits >> UInt32(18 - 6 * index) & 63)] : "=")
      }
    }
    return text
  }

  /// How many bytes a base64 text holds.
  static func size(_ text: String) -> Int {
    let length = text.utf8.count
    return length / 4 * 3 - text.utf8.suffix(2).filter { $0 == UInt8(ascii: "=") }.count
  }
}
