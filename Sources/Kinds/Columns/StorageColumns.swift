import Loop
import Tree

/// `kubectl get` of volumes, claims and what belongs to storage.
enum StorageColumns {
  static let claim: [TableColumn] = [
    .objectName,
    TableColumn("Status", help: "Pending, Bound or Lost.") { value in
      value["metadata", "deletionTimestamp"] == nil ? value["status", "phase"]?.string ?? "" : "Terminating"
    },
    TableColumn("Volume", help: "The volume that it got.") { $0["spec", "volumeName"]?.string ?? "" },
    TableColumn("Capacity", help: "How large the volume is.") { value in
      isBound(value) ? value["status", "capacity", "storage"]?.string ?? "0" : ""
    },
    TableColumn("Access Modes", help: "How it can be mounted.") { value in
      isBound(value) ? modes(value["status", "accessModes"]) : ""
    },
    TableColumn("StorageClass", help: "The sort of storage.", text: storageClass), attributesClass,
    .age, volumeMode,
  ]

  static let volume: [TableColumn] = [
    .objectName, TableColumn("Capacity", help: "How large it is.") { $0["spec", "capacity", "storage"]?.string ?? "" },
    TableColumn("Access Modes", help: "How it can be mounted.") { modes($0["spec", "accessModes"]) },
    TableColumn("Reclaim Policy", help: "What becomes of it after release.") { value in
      value["spec", "persistentVolumeReclaimPolicy"]?.string ?? ""
    },
    TableColumn("Status", help: "Where it is in its life.") { value in
      value["metadata", "deletionTimestamp"] == nil ? value["status", "phase"]?.string ?? "" : "Terminating"
    },
    TableColumn("Claim", help: "Who has it.") { value in
      guard let claim = value["spec", "claimRef"] else { return "" }
      return claim.text("namespace") + "/" + claim.text("name")
    },
    TableColumn("StorageClass", help: "The sort of storage.", text: storageClass), attributesClass,
    TableColumn("Reason", help: "Why it is as it is.") { $0["status", "reason"]?.string ?? "" },
    .age, volumeMode,
  ]

  static let storageClass: [TableColumn] = [
    nameAndDefault("storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class"),
    provisioner("Provisioner", "provisioner"),
    TableColumn("ReclaimPolicy", help: "What becomes of released volumes.") {
      $0["reclaimPolicy"]?.string ?? "Delete"
    },
    TableColumn("VolumeBindingMode", help: "When volumes are made.") { $0["volumeBindingMode"]?.string ?? "Immediate" },
    TableColumn("AllowVolumeExpansion", type: "string", help: "Whether they can grow.") { value, _ in
      .boolean(value["allowVolumeExpansion"] == true)
    },
    .age,
  ]

  static let attributesClassColumns: [TableColumn] = [
    nameAndDefault("volumeattributesclass.alpha.kubernetes.io/is-default-class"),
    provisioner("DriverName", "driverName"), .age,
  ]

  static let driver: [TableColumn] = [
    .objectName, flag("AttachRequired", "attachRequired"), flag("PodInfoOnMount", "podInfoOnMount"),
    flag("StorageCapacity", "storageCapacity"),
    TableColumn("TokenRequests", help: "For whom it gets tokens.") { value in
      let tokens = (value["spec", "tokenRequests"]?.array ?? []).map { $0.text("audience") }
      return tokens.isEmpty ? "<unset>" : tokens.joined(separator: ",")
    },
    flag("RequiresRepublish", "requiresRepublish"),
    TableColumn("Modes", help: "How its volumes live.") { value in
      let modes = (value["spec", "volumeLifecycleModes"]?.array ?? []).compactMap(\.string)
      return modes.isEmpty ? "<none>" : modes.joined(separator: ",")
    },
    .age,
  ]

  static let nodeDrivers: [TableColumn] = [
    .objectName,
    TableColumn("Drivers", type: "integer", help: "How many drivers.") { value, _ in
      .integer(Int64(value["spec", "drivers"]?.array?.count ?? 0))
    },
    .age,
  ]

  static let capacity: [TableColumn] = [
    .objectName, provisioner("StorageClassName", "storageClassName"),
    TableColumn("Capacity", help: "How much is left.") { $0["capacity"]?.string ?? "<unset>" },
  ]

  static let attachment: [TableColumn] = [
    .objectName, TableColumn("Attacher", help: "The driver.") { $0["spec", "attacher"]?.string ?? "" },
    TableColumn("PV", help: "What is attached.") { $0["spec", "source", "persistentVolumeName"]?.string ?? "" },
    TableColumn("Node", help: "Where.") { $0["spec", "nodeName"]?.string ?? "" },
    TableColumn("Attached", type: "boolean", help: "Whether it is.") { value, _ in
      .boolean(value["status", "attached"] == true)
    },
    .age,
  ]

  private static let attributesClass = TableColumn("VolumeAttributesClass", help: "Its attributes.") { value in
    value["spec", "volumeAttributesClassName"]?.string.nonempty ?? "<unset>"
  }

  private static let volumeMode = TableColumn("VolumeMode", help: "Filesystem or Block.", wide: true) { value in
    value["spec", "volumeMode"]?.string ?? "<unset>"
  }

  /// The name, and whether one of the annotations makes it the class of whoever names none.
  private static func nameAndDefault(_ annotations: String...) -> TableColumn {
    TableColumn("Name", format: "name", help: "The object's name.") { value, _ in
      let isDefault = annotations.contains { value["metadata", "annotations", $0] == "true" }
      return .string((value["metadata", "name"]?.string ?? "") + (isDefault ? " (default)" : ""))
    }
  }

  private static func provisioner(_ name: String, _ field: String) -> TableColumn {
    TableColumn(name, help: "Who or which.") { $0[field]?.string ?? "" }
  }

  private static func flag(_ name: String, _ field: String) -> TableColumn {
    TableColumn(name, type: "boolean", help: "Whether it does.") { value, _ in .boolean(value["spec", field] == true) }
  }

  private static func isBound(_ claim: Value) -> Bool { claim["spec", "volumeName"]?.string?.isEmpty == false }

  private static func storageClass(_ value: Value) -> String {
    value["metadata", "annotations", "volume.beta.kubernetes.io/storage-class"]?.string
      ?? value["spec", "storageClassName"]?.string ?? ""
  }

  /// `RWO,ROX`, each once, in Kubernetes' order.
  private static func modes(_ modes: Value?) -> String {
    let given = (modes?.array ?? []).compactMap(\.string)
    let short = [
      ("ReadWriteOnce", "RWO"), ("ReadOnlyMany", "ROX"), ("ReadWriteMany", "RWX"), ("ReadWriteOncePod", "RWOP"),
    ]
    return short.filter { given.contains($0.0) }.map(\.1).joined(separator: ",")
  }
}
