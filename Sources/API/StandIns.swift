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
}
