import Kinds
import Tree

/// An update that came through the `scale` subresource: admission sees the Scale and not the workload.
struct ScaleChange {
  /// Where a custom object's scale is; nil of a built-in workload.
  let custom: CustomScale?

  func view(of workload: Value) -> Value { Scale.value(of: workload, custom) }

  func request(_ request: AdmissionRequest) -> AdmissionRequest {
    var other = AdmissionRequest(
      kind: request.kind, key: request.key, operation: request.operation, previous: request.previous.map(view),
      writer: request.writer, actor: request.actor, isDryRun: request.isDryRun)
    other.subresource = "scale"
    return other
  }
}
