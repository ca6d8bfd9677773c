import Loop
import Tree

/// The columns that workloads share: the containers of their pods and what they select.
enum TemplateColumns {
  static let containers = column("Containers", help: "The names of its containers.", "name")
  static let images = column("Images", help: "The images that they run.", "image")

  static let selector = TableColumn("Selector", help: "The labels of its pods.", wide: true) { value in
    selectorText(value["spec", "selector"])
  }

  private static func column(_ name: String, help: String, _ field: String) -> TableColumn {
    TableColumn(name, help: help, wide: true) { names($0["spec", "template", "spec"], field) }
  }

  static func names(_ podSpec: Value?, _ field: String) -> String {
    (podSpec?["containers"]?.array ?? []).map { $0.text(field) }.joined(separator: ",")
  }

  static func selectorText(_ selector: Value?) -> String {
    guard let selector = LabelSelector(selector ?? [:]) else { return "<error>" }
    return selector.isEmpty ? "<none>" : selector.description
  }
}

/// `kubectl get` of daemonsets, statefulsets, controllerrevisions, replicationcontrollers and podtemplates.
enum SetColumns {
  static let daemonSet: [TableColumn] = [
    .objectName,
    TableColumn("Desired", help: "Nodes that should have a pod.", count: "status", "desiredNumberScheduled"),
    TableColumn("Current", help: "Nodes that have one.", count: "status", "currentNumberScheduled"),
    TableColumn("Ready", help: "Nodes whose pod is ready.", count: "status", "numberReady"),
    TableColumn("Up-to-date", help: "Nodes with the newest pod.", count: "status", "updatedNumberScheduled"),
    TableColumn("Available", help: "Nodes whose pod serves.", count: "status", "numberAvailable"),
    TableColumn("Node Selector", help: "Which nodes.") { value in
      TextMap(value["spec", "template", "spec", "nodeSelector"] ?? .null).labelText
    },
    .age, TemplateColumns.containers, TemplateColumns.images, TemplateColumns.selector,
  ]

  static let statefulSet: [TableColumn] = [
    .objectName,
    TableColumn("Ready", help: "Pods that are ready, of those wanted.") { value in
      "\(value["status", "readyReplicas"]?.integer ?? 0)/\(value["spec", "replicas"]?.integer ?? 0)"
    },
    .age, TemplateColumns.containers, TemplateColumns.images,
  ]

  static let controllerRevision: [TableColumn] = [
    .objectName,
    TableColumn("Controller", help: "Who made it.") { value in
      guard let owner = (value["metadata", "ownerReferences"]?.array ?? []).first(where: { $0["controller"] == true })
      else { return "<none>" }
      let group = owner.text("apiVersion").split(separator: "/").dropLast().joined()
      return owner.text("kind").lowercased() + (group.isEmpty ? "" : "." + group) + "/" + owner.text("name")
    },
    TableColumn("Revision", type: "string", help: "Its number.", count: "revision"), .age,
  ]

  static let replicationController: [TableColumn] = [
    .objectName,
    TableColumn("Desired", help: "Pods wanted.", count: "spec", "replicas"),
    TableColumn("Current", help: "Pods there.", count: "status", "replicas"),
    TableColumn("Ready", help: "Pods ready.", count: "status", "readyReplicas"),
    .age, TemplateColumns.containers, TemplateColumns.images,
    TableColumn("Selector", help: "The labels of its pods.", wide: true) { value in
      TextMap(value["spec", "selector"] ?? .null).labelText
    },
  ]

  static let podTemplate: [TableColumn] = [
    .objectName,
    TableColumn("Containers", help: "The names of its containers.") {
      TemplateColumns.names($0["template", "spec"], "name")
    },
    TableColumn("Images", help: "The images that they run.") { TemplateColumns.names($0["template", "spec"], "image") },
    TableColumn("Pod Labels", help: "The labels of its pods.") { value in
      TextMap(value["template", "metadata", "labels"] ?? .null).labelText
    },
  ]
}
