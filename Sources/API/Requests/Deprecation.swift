import Tree

/// Kinds that Kubernetes serves but advises against: each answer says so in a `Warning` header.
enum Deprecation {
  /// The one such resource of v1.36, by the segments of its address.
  private static let endpoints = "endpoints"
  private static let text = "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"

  static func warn(of request: APIRequest, _ response: APIResponse) -> APIResponse {
    guard request.path.contains(endpoints), request.path.first == "api",
      request.info.resource == endpoints
    else { return response }
    var response = response
    response.headers.append(("Warning", "299 - \(Value.string(text).jsonText)"))
    return response
  }
}
