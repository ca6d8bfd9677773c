import Kinds
import Tree

extension Kind {
  var selectableFields: [String] {
    switch self {
    case .pod:
      [
        "metadata.name", "metadata.namespace", "spec.nodeName", "spec.restartPolicy", "spec.schedulerName",
        "spec.serviceAccountName", "spec.hostNetwork", "status.phase", "status.podIP", "status.nominatedNodeName",
      ]
    default: ["metadata.name", "metadata.namespace"]
    }
  }

  func encodeProtobuf(_ value: Value) -> [UInt8] { value.json }
  func decodeProtobuf(_ bytes: [UInt8]) throws(SyntaxError) -> Value { try JSON.parse(bytes) }

  func strategicMerge(_ patch: Value, into value: Value) throws(SyntaxError) -> Value {
    MergePatch.apply(patch, to: value)
  }
}
