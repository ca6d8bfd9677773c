import Kinds
import Loop
import Store
import Tree

/// One request that writes, on the cluster's loop.
struct WriteRequest {
  let request: APIRequest
  let info: RequestInfo
  let kind: Kind
  let server: APIServer
  let writer: ObjectWriter

  init(_ request: APIRequest, _ info: RequestInfo, _ kind: Kind, server: APIServer, writer: ObjectWriter) {
    self.request = request
    self.info = info
    self.kind = kind
    self.server = server
    self.writer = writer
  }

  var cause: Cause {
    let resource = info.subresource.isEmpty ? kind.plural : kind.plural + "/" + info.subresource
    let place = [info.namespace, info.name].filter { !$0.isEmpty }.joined(separator: "/")
    return Cause(actor: request.caller.name, request: "\(info.verb) \(resource) \(place)")
  }

  func answer() throws(Status) -> APIResponse {
    let encoder = try AnswerEncoder(request, now: writer.loop.now)
    switch info.verb {
    case "create":
      let body = try RequestBody.object(request, kind, allowsOtherKinds: false)
      return encoder.object(
        try writer.create(kind, body, namespace: info.namespace, cause: cause), of: kind, status: 201)
    default: throw .methodNotAllowed
    }
  }
}
