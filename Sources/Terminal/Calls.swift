import API
import Kinds
import Kubectl

extension APIRequest {
  /// kubectl's call as a request of the caller's.
  init(_ call: Call, caller: Caller) {
    var headers: [(name: String, value: String)] = [("Accept", call.accept), ("User-Agent", "kubectl/podium")]
    if let type = call.contentType { headers.append(("Content-Type", type)) }
    if let user = call.impersonatedUser { headers.append(("Impersonate-User", user)) }
    headers += call.impersonatedGroups.map { ("Impersonate-Group", $0) }
    self.init(call.method, call.path, headers: headers, body: call.body, caller: caller)
  }
}

extension Reply {
  init(_ response: APIResponse) {
    let warnings = response.headers.filter { $0.name == "Warning" }.map { Self.warningText($0.value) }
    self.init(
      status: response.status, contentType: response.contentType, body: response.joinedBody, warnings: warnings)
  }

  init(_ status: Status) { self.init(APIResponse(status)) }

  /// The text of `299 - "text"` (RFC 7234 section 5.5).
  private static func warningText(_ header: String) -> String {
    guard let start = header.firstIndex(of: "\""), let end = header.lastIndex(of: "\""), start < end else {
      return header
    }
    return String(header[header.index(after: start)..<end]).replacing("\\\"", with: "\"")
  }
}

extension APIServer {
  /// The request with the caller that its impersonation headers name, if they may.
  func authenticated(_ request: APIRequest) throws(Status) -> APIRequest {
    var request = request
    request.caller = try authenticate(Credentials(session: request.caller), headers: request.headers)
    return request
  }
}
