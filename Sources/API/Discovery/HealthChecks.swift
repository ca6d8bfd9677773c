import Kinds
import Store
import Tree

/// What `/healthz`, `/livez` and `/readyz` look at (Kubernetes documentation, "Kubernetes API health endpoints"). The
/// names are Kubernetes' where the same is checked, so that those who leave one out by name can.
struct HealthChecks {
  /// `healthz`, `livez`, `readyz`
  let endpoint: String
  let snapshot: Snapshot
  /// Whether the cluster has stopped because its journal failed.
  let isStopped: Bool

  private struct Check {
    var name: String
    var isPassed: Bool
  }

  private var checks: [Check] {
    var checks = [
      Check(name: "ping", isPassed: true), Check(name: "etcd", isPassed: !isStopped),
      Check(
        name: "poststarthook/rbac/bootstrap-roles", isPassed: snapshot[Kind.clusterRole.named("cluster-admin")] != nil),
      Check(
        name: "poststarthook/scheduling/bootstrap-system-priority-classes",
        isPassed: snapshot[Kind.priorityClass.named("system-cluster-critical")] != nil),
      Check(name: "autoregister-completion", isPassed: isRegistered),
    ]
    if endpoint == "readyz" { checks.append(Check(name: "shutdown", isPassed: !isStopped)) }
    return checks
  }

  private var isRegistered: Bool {
    guard let service = snapshot[Kind.apiService.named("v1.")] else { return false }
    return (service.value["status", "conditions"]?.array ?? []).contains {
      $0["type"] == "Available" && $0["status"] == "True"
    }
  }

  /// Whether there is nothing to complain of.
  var isPassed: Bool { checks.allSatisfy(\.isPassed) }

  /// The answer to a request for the endpoint, or for one check below it; nil where there is no such check.
  func answer(_ request: APIRequest) -> APIResponse? {
    let name = request.path.dropFirst().joined(separator: "/")
    guard !name.isEmpty else { return all(request) }
    guard let check = checks.first(where: { $0.name == name }) else { return nil }
    return check.isPassed ? .text("ok") : .text("internal server error: \(name) failed\n", status: 500)
  }

  private func all(_ request: APIRequest) -> APIResponse {
    var excluded = Set(request.query.filter { $0.name == "exclude" }.map(\.value))
    var report = ""
    var hasFailed = false
    for check in checks {
      if excluded.remove(check.name) != nil {
        report += "[+]\(check.name) excluded: ok\n"
      } else {
        report += check.isPassed ? "[+]\(check.name) ok\n" : "[-]\(check.name) failed: reason withheld\n"
        hasFailed = hasFailed || !check.isPassed
      }
    }
    if !excluded.isEmpty {
      let names = excluded.sorted().map { "\"\($0)\"" }.joined(separator: ", ")
      report += "warn: some health checks cannot be excluded: no matches for \(names)\n"
    }
    var response: APIResponse
    if hasFailed {
      response = .text(report + "\(endpoint) check failed\n", status: 500)
    } else {
      response = .text(request.parameter("verbose") == nil ? "ok" : report + "\(endpoint) check passed\n")
    }
    response.headers.append(("X-Content-Type-Options", "nosniff"))
    return response
  }
}

extension Kind {
  fileprivate func named(_ name: String) -> ObjectKey { key(namespace: "", name: name) }
}
