import API
import HTTP
import Hosting
import Kinds

/// `/clusters/NAME/history`: the last writes with their times and causes, for a timeline.
extension Site {
  func history(_ request: HTTPRequest, in cluster: HostedCluster) throws(Status) -> Verdict {
    guard request.method == "GET" else {
      throw Status(code: 405, reason: "MethodNotAllowed", message: "\(request.method) is not for a history: use GET")
    }
    let caller = try caller(of: request, in: cluster)
    let query = try HistoryQuery(request.query.map { ($0.name, $0.value) })
    return .answer(HTTPResponse(json: try query.answer(from: cluster.api, to: caller)))
  }
}
