import Cluster
import Kinds
import Store

/// Makes and removes the clusters that Forks ask for.
struct HostForks: ForkMaker {
  private weak let host: ClusterHost?

  init(_ host: ClusterHost) { self.host = host }

  func make(_ name: String, from contents: JournalContents) -> Status? {
    perform { (host) throws(Status) in _ = try host.create(name, from: .contents(contents)) }
  }

  func remove(_ name: String) -> Status? { perform { (host) throws(Status) in try host.delete(name) } }

  private func perform(_ deed: (ClusterHost) throws(Status) -> Void) -> Status? {
    guard let host else { return Status(code: 503, reason: "ServiceUnavailable", message: "the server is ending") }
    do throws(Status) {
      try deed(host)
      return nil
    } catch {
      return error
    }
  }
}
