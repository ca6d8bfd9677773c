import Kinds
import Tree

/// Tells a sender what his object says that is seldom meant, or on its way out.
enum KindWarnings: AdmissionPlugin {
  static func validate(_ value: Value, _ request: AdmissionRequest) throws(Status) {
    guard request.subresource.isEmpty, let sender = request.writer.sender else { return }
    sender.warnings += request.kind.warnings(of: value, old: request.previous)
  }
}
