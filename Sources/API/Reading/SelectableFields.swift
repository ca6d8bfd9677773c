import Kinds

extension Kind {
  /// The fields that a field selector may name (Kubernetes documentation, "Field Selectors").
  var selectableFields: [String] {
    ["metadata.name", "metadata.namespace"] + (custom?.selectableFields ?? ownSelectableFields)
  }

  private var ownSelectableFields: [String] {
    switch self {
    case .pod:
      [
        "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork",
        "status.phase", "status.podIP", "status.nominatedNodeName",
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
}
