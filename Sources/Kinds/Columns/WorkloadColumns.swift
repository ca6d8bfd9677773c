import Tree

/// `kubectl get deployments` and `kubectl get replicasets`.
enum WorkloadColumns {
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

  private static let containers: [TableColumn] = [
    TableColumn("Containers", help: "The names of its containers.", wide: true) { names($0, "name") },
    TableColumn("Images", help: "The images that they run.", wide: true) { names($0, "image") },
    TableColumn("Selector", help: "The labels of its pods.", wide: true) { value in
      guard let selector = LabelSelector(value["spec", "selector"] ?? [:]) else { return "<error>" }
      return selector.isEmpty ? "<none>" : selector.description
    },
  ]

  private static func names(_ value: Value, _ field: String) -> String {
    (value["spec", "template", "spec", "containers"]?.array ?? []).map { $0[field]?.string ?? "" }
      .joined(separator: ",")
  }
}
