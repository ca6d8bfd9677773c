import Tree

/// A pod's volumes: unlike names, one source each.
struct VolumeValidation {
  let spec: Value
  let path: String

  /// The sources in the order in which Kubernetes looks at them: the second one found is the one that it refuses.
  private static let sources = [
    "emptyDir", "hostPath", "gitRepo", "gcePersistentDisk", "awsElasticBlockStore", "secret", "nfs", "iscsi",
    "glusterfs", "flocker", "persistentVolumeClaim", "rbd", "cinder", "cephfs", "quobyte", "downwardAPI", "fc",
    "flexVolume", "configMap", "azureFile", "vsphereVolume", "photonPersistentDisk", "portworxVolume", "azureDisk",
    "storageos", "projected", "scaleIO", "csi", "ephemeral", "image",
  ]

  /// The field that a source cannot be without.
  private static let essentials = [
    "hostPath": "path", "secret": "secretName", "configMap": "name", "persistentVolumeClaim": "claimName",
    "nfs": "server",
  ]

  var names: Set<String> { Set((spec["volumes"]?.array ?? []).map { $0.text("name") }) }

  var errors: [FieldError] {
    var errors: [FieldError] = []
    var seen: Set<String> = []
    for (path, volume) in spec.elements("volumes", in: path) {
      let name = volume.text("name")
      errors += sourceErrors(volume, at: path)
      if name.isEmpty { continue }
      errors += FieldError.invalid(path + ".name", .string(name), NameSyntax.labelErrors(name))
      if !seen.insert(name).inserted { errors.append(.duplicate(path + ".name", .string(name))) }
    }
    return errors
  }

  private func sourceErrors(_ volume: Value, at path: String) -> [FieldError] {
    let present = Self.sources.filter { volume[$0]?.isNull == false }
    guard let first = present.first else { return [.required(path, "must specify a volume type")] }
    var errors: [FieldError] = []
    if let field = Self.essentials[first], volume[first]?.text(field).isEmpty == true {
      errors.append(.required(path + "." + first + "." + field))
    }
    for source in present.dropFirst() {
      errors.append(.forbidden(path + "." + source, "may not specify more than 1 volume type"))
    }
    for (path, item) in (volume[first] ?? [:]).elements("items", in: path + "." + first) {
      for field in ["key", "path"] where item.text(field).isEmpty && first != "downwardAPI" {
        errors.append(.required(path + "." + field))
      }
    }
    return errors
  }
}
