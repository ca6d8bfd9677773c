import Tree

/// Ways of mounting a volume.
private enum AccessModes {
  static let all = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"]

  static func errors(_ spec: Value, whyRequired: String) -> [FieldError] {
    let modes = (spec["accessModes"]?.array ?? []).compactMap(\.string)
    var errors: [FieldError] = []
    if modes.isEmpty { errors.append(.required("spec.accessModes", whyRequired)) }
    for mode in modes where !all.contains(mode) { errors.append(.notSupported("spec.accessModes", mode, all)) }
    if modes.contains("ReadWriteOncePod"), Set(modes).count > 1 {
      errors.append(.forbidden("spec.accessModes", "may not use ReadWriteOncePod with other access modes"))
    }
    return errors
  }

  static func volumeModeErrors(_ spec: Value) -> [FieldError] {
    guard let mode = spec["volumeMode"]?.string, !["Block", "Filesystem"].contains(mode) else { return [] }
    return [.notSupported("spec.volumeMode", mode, ["Block", "Filesystem"])]
  }
}

/// The rules of claims (k8s.io/kubernetes, pkg/apis/core/validation).
struct ClaimValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    guard subresource == nil else { return [] }
    let spec = value["spec"] ?? [:]
    var errors = AccessModes.errors(spec, whyRequired: "at least 1 access mode is required")
    errors += LabelValidation.errors(selector: spec["selector"], at: "spec.selector")
    let path = "spec.resources[storage]"
    if let size = spec["resources", "requests", "storage"] {
      if let amount = size.string.flatMap(Quantity.init), amount <= Quantity.zero {
        errors.append(.invalid(path, size, "must be greater than zero"))
      }
    } else {
      errors.append(.required(path))
    }
    if let name = spec["storageClassName"]?.string, !name.isEmpty {
      errors += FieldError.invalid("spec.storageClassName", .string(name), NameSyntax.subdomainErrors(name))
    }
    errors += AccessModes.volumeModeErrors(spec)
    if let old { errors += changeErrors(spec, old) }
    return errors
  }

  private func changeErrors(_ new: Value, _ object: Value) -> [FieldError] {
    var (after, before) = (new, object["spec"] ?? [:])
    // A claim without class and volume may still get them.
    if before["storageClassName"] == nil { before["storageClassName"] = after["storageClassName"] }
    if before.text("volumeName").isEmpty { before["volumeName"] = after["volumeName"] }
    if object["status", "phase"] == "Bound" {
      for path in [["resources", "requests", "storage"], ["volumeAttributesClassName"]] {
        after.set(nil, at: path)
        before.set(nil, at: path)
      }
    }
    if after != before {
      return [
        .forbidden(
          "spec",
          "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims")
      ]
    }
    return sizeErrors(new, object)
  }

  /// A request that failed to grow may be taken back, but not below what the claim has.
  private func sizeErrors(_ new: Value, _ object: Value) -> [FieldError] {
    let path = ["resources", "requests", "storage"]
    guard let after = amount(new, path), let before = amount(object["spec"] ?? [:], path), after < before,
      let capacity = amount(object, ["status", "capacity", "storage"]), after <= capacity
    else { return [] }
    return [.forbidden("spec.resources.requests.storage", "field can not be less than status.capacity")]
  }

  private func amount(_ value: Value, _ path: [String]) -> Quantity? {
    path.reduce(Optional(value)) { $0?[$1] }?.string.flatMap { Quantity($0) }
  }
}

/// The rules of volumes (k8s.io/kubernetes, pkg/apis/core/validation).
struct VolumeObjectValidation: KindRules {
  static let sources: Set<String> = [
    "awsElasticBlockStore", "azureDisk", "azureFile", "cephfs", "cinder", "csi", "fc", "flexVolume", "flocker",
    "gcePersistentDisk", "glusterfs", "hostPath", "iscsi", "local", "nfs", "photonPersistentDisk", "portworxVolume",
    "quobyte", "rbd", "scaleIO", "storageos", "vsphereVolume",
  ]

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    guard subresource == nil else { return [] }
    let spec = value["spec"] ?? [:]
    var errors = AccessModes.errors(spec, whyRequired: "") + capacityErrors(spec["capacity"])
    let sources = (spec.object ?? Members()).map(\.key).filter(Self.sources.contains)
    if sources.isEmpty { errors.append(.required("spec", "must specify a volume type")) }
    for source in sources.dropFirst() {
      errors.append(.forbidden("spec." + source, "may not specify more than 1 volume type"))
    }
    let policy = spec.text("persistentVolumeReclaimPolicy")
    if !["Delete", "Recycle", "Retain"].contains(policy) {
      errors.append(.notSupported("spec.persistentVolumeReclaimPolicy", policy, ["Delete", "Recycle", "Retain"]))
    }
    if let path = spec["hostPath", "path"]?.string {
      if path.isEmpty { errors.append(.required("spec.hostPath.path")) }
      if path == "/", policy == "Recycle" {
        errors.append(
          .forbidden("spec.persistentVolumeReclaimPolicy", "may not be 'recycle' for a hostPath mount of '/'"))
      }
    }
    errors += AccessModes.volumeModeErrors(spec)
    if let old, sources.contains(where: { spec[$0] != old["spec", $0] }) {
      errors.append(
        .forbidden("spec.persistentvolumesource", "spec.persistentvolumesource is immutable after creation"))
    }
    return errors
  }

  private func capacityErrors(_ capacity: Value?) -> [FieldError] {
    let amounts = capacity?.object ?? Members()
    var errors: [FieldError] = []
    if amounts.isEmpty { errors.append(.required("spec.capacity")) }
    if amounts["storage"] == nil || amounts.count > 1 {
      errors.append(
        FieldError(
          .notSupported, field: "spec.capacity",
          message: "Unsupported value: \((capacity ?? .null).jsonText): supported values: \"storage\""))
    }
    for amount in amounts where amount.value.string.flatMap(Quantity.init).map({ $0 <= .zero }) ?? false {
      errors.append(.invalid("spec.capacity[\(amount.key)]", amount.value, "must be greater than zero"))
    }
    return errors
  }
}

/// The rules of storage classes (k8s.io/kubernetes, pkg/apis/storage/validation).
struct StorageClassValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    var errors: [FieldError] = []
    let provisioner = value.text("provisioner")
    if provisioner.isEmpty { errors.append(.required("provisioner")) }
    if !provisioner.isEmpty {
      errors += FieldError.invalid(
        "provisioner", .string(provisioner), NameSyntax.qualifiedNameErrors(provisioner.lowercased()))
    }
    let policy = value.text("reclaimPolicy")
    if !["Delete", "Retain"].contains(policy) {
      errors.append(.notSupported("reclaimPolicy", policy, ["Delete", "Retain"]))
    }
    guard let old else { return errors }
    for field in ["parameters", "provisioner", "reclaimPolicy"] where value[field] != old[field] {
      errors.append(.forbidden(field, "updates to \(field) are forbidden."))
    }
    if value["volumeBindingMode"] != old["volumeBindingMode"] {
      errors.append(.invalid("volumeBindingMode", value["volumeBindingMode"] ?? .null, "field is immutable"))
    }
    return errors
  }
}

/// The rules of volume attachments (k8s.io/kubernetes, pkg/apis/storage/validation).
struct AttachmentValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    guard subresource == nil else { return [] }
    let spec = value["spec"] ?? [:]
    var errors: [FieldError] = []
    for field in ["attacher", "nodeName"] where spec.text(field).isEmpty { errors.append(.required("spec." + field)) }
    if spec["source", "persistentVolumeName"] == nil, spec["source", "inlineVolumeSpec"] == nil {
      errors.append(
        .required("spec.source", "must specify exactly one of inlineVolumeSpec and persistentVolumeName"))
    }
    if let old, old["spec"] != value["spec"] { errors.append(.invalid("spec", spec, "field is immutable")) }
    return errors
  }
}
