import Kinds
import Tree

/// Why a webhook's call has brought no verdict; the webhook's failure policy decides what that means.
struct WebhookFailure: Error {
  let message: String

  /// An answer that is none, in the words of Kubernetes' client library (k8s.io/client-go, rest/request.go, and
  /// k8s.io/apimachinery, api/errors NewGenericServerResponse).
  static func answer(_ status: Int, _ body: [UInt8]) -> WebhookFailure {
    WebhookFailure(message: "failed to call webhook: " + words(status, body))
  }

  private static func words(_ status: Int, _ body: [UInt8]) -> String {
    if let value = try? JSON.parse(body), value["kind"] == "Status", let message = value["message"]?.string {
      return message
    }
    let text = String(decoding: body.prefix(2_048), as: UTF8.self).trimmed
    switch status {
    case 400: return "the server rejected our request for an unknown reason"
    case 401: return "the server has asked for the client to provide credentials"
    case 403: return text.isEmpty ? "unknown" : text
    case 404: return "the server could not find the requested resource"
    case 405: return "the server does not allow this method on the requested resource"
    case 409: return "the server reported a conflict"
    case 429: return "the server has received too many requests and has asked us to try again later"
    case 503: return "the server is currently unable to handle the request"
    case 504:
      return "the server was unable to return a response in the time allotted, but may still be processing the request"
    case 500...599:
      return "an error on the server (\(Value.string(text).jsonText)) has prevented the request from succeeding"
    default: return "the server responded with the status code \(status) but did not return more information"
    }
  }
}
