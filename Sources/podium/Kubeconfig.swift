import API
import ArgumentParser
import Console
import Glibc
import HTTP
import Tree

struct Kubeconfig: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print a kubeconfig with a new client certificate, or a new token.",
    discussion: """
      A running server accepts it at once:

        podium kubeconfig > podium.kubeconfig
        KUBECONFIG=podium.kubeconfig kubectl get nodes
        podium kubeconfig --user jane --group developers > jane.kubeconfig

      The certificate is signed by the server's own authority and names user and groups; its key is kept nowhere else.
      Without TLS, and with --token, the kubeconfig holds a bearer token, of which the server keeps a hash.
      """)

  @Option(help: ArgumentHelp("The server's address. (default: where the last server listened)", valueName: "url"))
  var server: String?

  @Option(
    help: ArgumentHelp("The user: admin may do everything, learner edits in namespace default.", valueName: "name"))
  var user = "admin"

  @Option(
    help: ArgumentHelp("A group that the user is in; may be given several times. (default for admin: system:masters)"))
  var group: [String] = []

  @Flag(help: "Give a bearer token instead of a certificate.")
  var token = false

  @Option(help: ArgumentHelp("The cluster.", valueName: "name"))
  var cluster = "default"

  @Option(help: ArgumentHelp("The server's data directory. (default: ~/.local/share/podium)", valueName: "dir"))
  var data: String?

  func run() throws {
    let directory = try DataDirectory(data ?? Environment["DATA"], mustExist: true)
    let address = try secure(server, directory) ?? lastAddress(directory)
    var connection: Value = ["server": .string(address + (cluster == "default" ? "" : "/clusters/\(cluster)"))]
    let trusted = address.hasPrefix("https:") ? FileContents.read(directory.trustedCertificate) : nil
    if let trusted {
      connection["certificate-authority-data"] = .string(Base64.encode(trusted, alphabet: .standard))
    }
    let name = cluster == "default" ? "podium" : "podium-\(cluster)"
    let config: Value = [
      "apiVersion": "v1", "kind": "Config",
      "clusters": [["name": .string(name), "cluster": connection]],
      "users": [["name": .string(user), "user": try credentials(directory, mayUseCertificate: trusted != nil)]],
      "contexts": [["name": .string(name), "context": ["cluster": .string(name), "user": .string(user)]]],
      "current-context": .string(name),
    ]
    Terminal.show(String(YAML.encode(config).drop { $0 == "\n" }))
  }

  /// What proves who the user is.
  private func credentials(_ directory: DataDirectory, mayUseCertificate: Bool) throws -> Value {
    let groups = group.isEmpty && user == "admin" ? ["system:masters"] : group
    guard mayUseCertificate, !token, let authority = try Certificates.kept(in: directory) else {
      let caller = Caller(name: user, groups: groups + ["system:authenticated"])
      return ["token": .string(try TokenFile(path: directory.tokens).issue(for: caller))]
    }
    let identity = try authority.issueClient(commonName: user, organizations: groups)
    return [
      "client-certificate-data": .string(Base64.encode(Array(identity.certificate.utf8), alphabet: .standard)),
      "client-key-data": .string(Base64.encode(Array(identity.key.utf8), alphabet: .standard)),
    ]
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
