import Kinds
import Tree

extension Kind {
  /// The fields that a field selector may name (Kubernetes documentation, "Field Selectors").
  var selectableFields: [String] {
    var fields = ["metadata.name"]
    if isNamespaced || !hasOwnSelectors { fields.append("metadata.namespace") }
    return fields + (custom?.selectableFields ?? convertedFieldNames ?? ownSelectableFields)
  }

  private var hasOwnSelectors: Bool { custom != nil || !ownSelectableFields.isEmpty }

  private var ownSelectableFields: [String] {
    switch self {
    case .pod:
      [
        "spec.nodeName", "spec.host", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName",
        "spec.hostNetwork", "status.phase", "status.podIP", "status.podIPs", "status.nominatedNodeName",
      ]
    case .event:
      [
        "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid",
        "involvedObject.apiVersion", "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason",
        "reportingComponent", "source", "type",
      ]
    case .namespace: ["name", "status.phase"]
    case .node: ["spec.unschedulable"]
    case .secret: ["type"]
    case .service: ["spec.clusterIP", "spec.type"]
    case .replicaSet, .replicationController: ["status.replicas"]
    case .job: ["status.successful"]
    case .certificateSigningRequest: ["spec.signerName"]
    case .resourceSlice: ["spec.nodeName", "spec.driver"]
    default: []
    }
  }

  /// The refusal of a field that no selector may name, as the kind's group words it.
  func unselectable(_ field: String) -> String {
    switch self {
    case .job: "field label \(Value.string(field).jsonText) not supported for batchv1.Job"
    case .resourceSlice: "field label not supported for resource.k8s.io/v1, Kind=ResourceSlice: \(field)"
    default:
      hasOwnSelectors || convertedFieldNames != nil
        ? "field label not supported: \(field)"
        : "\(Value.string(field).jsonText) is not a known field selector: only \"metadata.name\", "
          + "\"metadata.namespace\""
    }
  }
}
