import API
import ArgumentParser
import Console
import Glibc
import HTTP
import Tree

struct Kubeconfig: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print a kubeconfig with a new token.",
    discussion: """
      The token is made now, is kept only as a hash, and is accepted by a running server at once:

        podium kubeconfig > podium.kubeconfig
        KUBECONFIG=podium.kubeconfig kubectl get nodes
      """)

  @Option(help: ArgumentHelp("The server's address. (default: where the last server listened)", valueName: "url"))
  var server: String?

  @Option(
    help: ArgumentHelp("The user: admin may do everything, learner edits in namespace default.", valueName: "name"))
  var user = "admin"

  @Option(help: ArgumentHelp("The cluster.", valueName: "name"))
  var cluster = "default"

  @Option(help: ArgumentHelp("The server's data directory. (default: ~/.local/share/podium)", valueName: "dir"))
  var data: String?

  func run() throws {
    let directory = try DataDirectory(data ?? Environment["DATA"], mustExist: true)
    let address = try secure(server, directory) ?? lastAddress(directory)
    let caller = user == "admin" ? Caller.admin : Caller(name: user, groups: ["system:authenticated"])
    let token = try TokenFile(path: directory.tokens).issue(for: caller)
    var connection: Value = ["server": .string(address + (cluster == "default" ? "" : "/clusters/\(cluster)"))]
    if address.hasPrefix("https:"), let authority = FileContents.read(directory.tls + "/ca.crt") {
      connection["certificate-authority-data"] = .string(Base64.encode(authority))
    }
    let name = cluster == "default" ? "podium" : "podium-\(cluster)"
    let config: Value = [
      "apiVersion": "v1", "kind": "Config",
      "clusters": [["name": .string(name), "cluster": connection]],
      "users": [["name": .string(user), "user": ["token": .string(token)]]],
      "contexts": [["name": .string(name), "context": ["cluster": .string(name), "user": .string(user)]]],
      "current-context": .string(name),
    ]
    Terminal.show(String(YAML.encode(config).drop { $0 == "\n" }))
  }

  /// The address given, by TLS if that is our own server's: kubectl sends no token over plain HTTP.
  private func secure(_ server: String?, _ directory: DataDirectory) throws(Refusal) -> String? {
    guard let server, server.hasPrefix("http:"), let own = try? lastAddress(directory), own.hasPrefix("https:"),
      own.dropFirst(6) == server.drop(while: { $0 != "/" }).trimmingSlash
    else { return server }
    return own
  }

  private func lastAddress(_ directory: DataDirectory) throws(Refusal) -> String {
    guard let bytes = FileContents.read(directory.address) else {
      throw Refusal("no server has run with the data directory \(directory.path) yet: start one, or give --server URL")
    }
    return String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
  }
}

extension Substring {
  fileprivate var trimmingSlash: Substring { hasSuffix("/") ? dropLast() : self }
}

/// Base64 (RFC 4648 section 4).
private enum Base64 {
  static func encode(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var word = group.reduce(0) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
      var digits: [UInt8] = []
      for _ in 0..<4 {
        digits.append(alphabet[Int(word & 63)])
        word >>= 6
      }
      text += digits.reversed().prefix(group.count + 1)
      text += Array(repeating: UInt8(ascii: "="), count: 3 - group.count)
    }
    return String(decoding: text, as: UTF8.self)
  }
}
