import Tree

/// `kubectl get deployments` and `kubectl get replicasets`.
enum WorkloadColumns {
  /// `kubectl get deployment NAME --subresource=scale`.
  static let scale: [TableColumn] = [
    TableColumn("Name", help: "The object's name.") { value in value["metadata", "name"]?.string ?? "" },
    TableColumn("Desired", help: "How many pods there should be.", count: "spec", "replicas"),
    TableColumn("Available", help: "How many pods there are.", count: "status", "replicas"), .age,
  ]

  static let deployment: [TableColumn] =
    [
      .objectName,
      TableColumn("Ready", help: "Pods that are ready, of those wanted.") { value in
        let deployment = Deployment(value)
        return "\(deployment.status.readyReplicas)/\(deployment.spec.replicas)"
      },
      TableColumn(
        "Up-to-date", type: "string", help: "Pods of the newest template.", count: "status", "updatedReplicas"),
      TableColumn("Available", type: "string", help: "Pods that serve.", count: "status", "availableReplicas"),
      .age,
    ] + containers

  static let replicaSet: [TableColumn] =
    [
      .objectName,
      TableColumn("Desired", help: "Pods wanted.", count: "spec", "replicas"),
      TableColumn("Current", help: "Pods there.", count: "status", "replicas"),
      TableColumn("Ready", help: "Pods ready.", count: "status", "readyReplicas"),
      .age,
    ] + containers

  private static let containers = [TemplateColumns.containers, TemplateColumns.images, TemplateColumns.selector]
}
