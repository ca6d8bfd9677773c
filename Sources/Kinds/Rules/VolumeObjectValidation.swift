import Tree

/// The rules of volumes (k8s.io/kubernetes, pkg/apis/core/validation).
struct VolumeObjectValidation: KindRules {
  /// The sources in the order in which Kubernetes looks at them.
  static let sources = [
    "hostPath", "gcePersistentDisk", "awsElasticBlockStore", "glusterfs", "flocker", "nfs", "rbd", "quobyte", "cephfs",
    "iscsi", "cinder", "fc", "flexVolume", "azureFile", "vsphereVolume", "photonPersistentDisk", "portworxVolume",
    "azureDisk", "scaleIO", "local", "storageos", "csi",
  ]

  private static let policies = ["Delete", "Recycle", "Retain"]
  private static let attributes = "volumeAttributesClassName"

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    guard subresource == nil else { return [] }
    let spec = value["spec"] ?? [:]
    var errors = AccessModes.errors(spec, at: "spec", whyRequired: "") + capacityErrors(spec["capacity"])
    let policy = spec.text("persistentVolumeReclaimPolicy")
    if !policy.isEmpty, !Self.policies.contains(policy) {
      errors.append(.notSupported("spec.persistentVolumeReclaimPolicy", policy, Self.policies))
    }
    errors += affinityErrors(spec["nodeAffinity"]) + sourceErrors(spec)
    if spec["hostPath", "path"] == "/", policy == "Recycle" {
      let why = "may not be 'recycle' for a hostPath mount of '/'"
      errors.append(.forbidden("spec.persistentVolumeReclaimPolicy", why))
    }
    let storageClass = spec.text("storageClassName")
    if !storageClass.isEmpty {
      let syntax = NameSyntax.subdomainErrors(storageClass)
      errors += FieldError.invalid("spec.storageClassName", .string(storageClass), syntax)
    }
    errors += AccessModes.volumeModeErrors(spec, at: "spec") + attributeErrors(spec)
    guard let old else { return errors }
    return errors + changeErrors(spec, old["spec"] ?? [:])
  }

  private func capacityErrors(_ capacity: Value?) -> [FieldError] {
    let amounts = capacity?.object ?? Members()
    var errors: [FieldError] = []
    if amounts.isEmpty { errors.append(.required("spec.capacity")) }
    if amounts["storage"] == nil || amounts.count > 1 {
      let message = "Unsupported value: \((capacity ?? .null).jsonText): supported values: \"storage\""
      errors.append(FieldError(.notSupported, field: "spec.capacity", message: message))
    }
    for amount in amounts {
      guard let size = amount.value.string.flatMap({ Quantity($0) }) else { continue }
      let place = "spec.capacity[\(amount.key)]"
      if size.value < 0 { errors.append(.invalid(place, .integer(size.value), "must be a valid resource quantity")) }
      if size <= .zero { errors.append(.invalid(place, .string(size.description), "must be greater than zero")) }
    }
    return errors
  }

  private func affinityErrors(_ affinity: Value?) -> [FieldError] {
    guard let affinity else { return [] }
    let place = "spec.nodeAffinity.required"
    guard let required = affinity["required"] else {
      return [.required(place, "must specify required node constraints")]
    }
    return PlacementValidation(spec: [:], path: "").selectorErrors(required, at: place)
  }

  private func sourceErrors(_ spec: Value) -> [FieldError] {
    let present = Self.sources.filter { spec[$0]?.isNull == false }
    guard let first = present.first else { return [.required("spec", "must specify a volume type")] }
    var errors = sourceErrors(first, spec)
    for source in present.dropFirst() {
      let name = source == "cephfs" ? "cephFS" : source
      errors.append(.forbidden("spec." + name, "may not specify more than 1 volume type"))
    }
    return errors
  }

  private func sourceErrors(_ name: String, _ spec: Value) -> [FieldError] {
    let (source, path) = (spec[name] ?? [:], "spec." + name)
    switch name {
    case "local":
      let file = source.text("path")
      let errors: [FieldError] =
        file.isEmpty ? [.required(path + ".path")] : FilePath.stepErrors(file, at: path + ".path")
      return spec["nodeAffinity"] == nil
        ? errors + [.required("spec.nodeAffinity", "Local volume requires node affinity")] : errors
    case "csi": return driverErrors(source, at: path)
    default: return VolumeSourceValidation(name: name, source: source, path: path).errors
    }
  }

  private func driverErrors(_ source: Value, at path: String) -> [FieldError] {
    let driver = source.text("driver")
    var errors: [FieldError] = driver.isEmpty ? [.required(path + ".driver")] : []
    if driver.utf8.count > 63 { errors.append(.tooLong(path + ".driver", limit: 63)) }
    errors += FieldError.invalid(path + ".driver", .string(driver), NameSyntax.subdomainErrors(driver.lowercased()))
    if source.text("volumeHandle").isEmpty { errors.append(.required(path + ".volumeHandle")) }
    let secrets = [
      "controllerPublishSecretRef", "controllerExpandSecretRef", "nodePublishSecretRef", "nodeExpandSecretRef",
    ]
    for secret in secrets {
      guard let reference = source[secret] else { continue }
      let rules: KeyValuePairs<String, NameRule> = ["name": .subdomain, "namespace": .label]
      for (field, rule) in rules {
        let (name, place) = (reference.text(field), "\(path).\(secret).\(field)")
        errors +=
          name.isEmpty
          ? [.required(place)] : FieldError.invalid(place, .string(name), NameSyntax.errors(in: name, rule))
      }
    }
    return errors
  }

  private func attributeErrors(_ spec: Value) -> [FieldError] {
    guard let name = spec[Self.attributes]?.string else { return [] }
    let place = "spec." + Self.attributes
    var errors =
      name.isEmpty
      ? [.required(place, "an empty string is disallowed")]
      : FieldError.invalid(place, .string(name), NameSyntax.subdomainErrors(name))
    if spec["csi"] == nil {
      errors.append(.required("spec.csi", "has to be specified when using volumeAttributesClassName"))
    }
    return errors
  }

  private func changeErrors(_ new: Value, _ old: Value) -> [FieldError] {
    var errors: [FieldError] = []
    let before = sources(of: old)
    var after = sources(of: new)
    let secret = "controllerExpandSecretRef"
    if before["csi"] != nil, before["csi", secret] == nil, after["csi"] != nil { after["csi", secret] = nil }
    if after != before {
      let why = "spec.persistentvolumesource is immutable after creation\n" + TextDifference.unified(before, after)
      errors.append(.forbidden("spec.persistentvolumesource", why))
    }
    if new["volumeMode"] != old["volumeMode"] {
      errors.append(.invalid("volumeMode", new["volumeMode"] ?? .null, "field is immutable"))
    }
    if old[Self.attributes] != nil, new[Self.attributes] == nil {
      errors.append(.forbidden("spec." + Self.attributes, "update from non-nil value to nil is forbidden"))
    }
    return errors
  }

  private func sources(of spec: Value) -> Value {
    var sources: Value = [:]
    for name in Self.sources { sources[name] = spec[name] }
    return sources
  }
}
