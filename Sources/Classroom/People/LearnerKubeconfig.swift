import API
import Tree

/// The kubeconfig with which a learner reaches their own cluster, and no other.
package struct LearnerKubeconfig {
  /// Of the server, without a slash at its end: `https://10.0.0.5:8080`.
  package let address: String
  /// PEM of what to trust; empty: what the machine trusts anyway.
  package let authority: String
  package let cluster: String
  package let token: String

  package init(address: String, authority: String, cluster: String, token: String) {
    self.address = address
    self.authority = authority
    self.cluster = cluster
    self.token = token
  }

  package var yaml: String {
    var connection: Value = ["server": .string("\(address)/clusters/\(cluster)")]
    if !authority.isEmpty {
      connection["certificate-authority-data"] = .string(Base64.encode(Array(authority.utf8), alphabet: .standard))
    }
    let config: Value = [
      "apiVersion": "v1", "kind": "Config", "clusters": [["name": .string(cluster), "cluster": connection]],
      "users": [["name": "learner", "user": ["token": .string(token)]]],
      "contexts": [
        [
          "name": .string(cluster),
          "context": ["cluster": .string(cluster), "user": "learner", "namespace": "default"],
        ]
      ], "current-context": .string(cluster),
    ]
    return YAML.encode(config)
  }
}
