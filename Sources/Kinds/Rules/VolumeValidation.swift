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

  /// What Kubernetes calls a source that is one too many, where that is not its name.
  private static let otherNames = ["cephfs": "cephFS", "downwardAPI": "downwarAPI"]

  /// What is wrong, and the volumes that containers can mount, by name: those with nothing wrong.
  var findings: (errors: [FieldError], good: [String: Value]) {
    var errors: [FieldError] = []
    var good: [String: Value] = [:]
    for (path, volume) in spec.elements("volumes", in: path) {
      var found = self.errors(of: volume, at: path)
      let name = volume.text("name")
      if good[name] != nil { found.append(.duplicate(path + ".name", .string(name))) }
      if found.isEmpty, !name.isEmpty { good[name] = volume }
      errors += found
    }
    return (errors, good)
  }

  private func errors(of volume: Value, at path: String) -> [FieldError] {
    let name = volume.text("name")
    let errors = sourceErrors(volume, at: path)
    return name.isEmpty
      ? errors : errors + FieldError.invalid(path + ".name", .string(name), NameSyntax.labelErrors(name))
  }

  private func sourceErrors(_ volume: Value, at path: String) -> [FieldError] {
    // Nearly every volume has its name and one source, so that is looked at instead of all the names there are.
    let isPlain = volume.object?.count == 2 && volume["name"] != nil
    let known = isPlain ? (volume.object?.keys ?? []).filter(Self.sources.contains) : Self.sources
    let present = known.filter { volume[$0]?.isNull == false }
    guard let first = present.first else { return [.required(path, "must specify a volume type")] }
    let source = VolumeSourceValidation(name: first, source: volume[first] ?? [:], path: path + "." + first)
    return source.errors
      + present.dropFirst().map {
        .forbidden(path + "." + (Self.otherNames[$0] ?? $0), "may not specify more than 1 volume type")
      }
  }
}

/// Where one volume's files come from.
struct VolumeSourceValidation {
  let name: String
  let source: Value
  let path: String

  private static let hostPathTypes = [
    "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket",
  ]

  /// The fields that a source cannot be without.
  private static let essentials: [String: [String]] = [
    "hostPath": ["path"], "gitRepo": ["repository"], "gcePersistentDisk": ["pdName"],
    "awsElasticBlockStore": ["volumeID"], "secret": ["secretName"], "nfs": ["server", "path"],
    "iscsi": ["targetPortal", "iqn"], "glusterfs": ["endpoints", "path"], "persistentVolumeClaim": ["claimName"],
    "rbd": ["monitors", "image"], "cinder": ["volumeID"], "cephfs": ["monitors"], "flexVolume": ["driver"],
    "configMap": ["name"], "azureFile": ["secretName", "shareName"], "vsphereVolume": ["volumePath"],
    "photonPersistentDisk": ["pdID"], "portworxVolume": ["volumeID"], "azureDisk": ["diskName", "diskURI"],
    "scaleIO": ["gateway", "system", "volumeName"], "csi": ["driver"], "ephemeral": ["volumeClaimTemplate"],
  ]

  var errors: [FieldError] {
    let missing = (Self.essentials[name] ?? []).filter { isMissing(source[$0]) }
    var errors: [FieldError] = missing.map { .required(path + "." + $0) }
    switch name {
    case "emptyDir":
      if let limit = source["sizeLimit"]?.string.flatMap({ Quantity($0) }), limit < .zero {
        errors.append(.forbidden(path + ".sizeLimit", "SizeLimit field must be a valid resource quantity"))
      }
    case "hostPath" where missing.isEmpty: errors += hostPathErrors
    case "gitRepo": errors += FilePath.descendingErrors(source.text("directory"), at: path + ".directory")
    case "nfs":
      if !source.text("path").hasPrefix("/") {
        errors.append(.invalid(path + ".path", .string(source.text("path")), "must be an absolute path"))
      }
    case "secret", "configMap":
      errors += FilePath.modeErrors(source["defaultMode"], at: path + ".defaultMode") + itemErrors(source, at: path)
    case "downwardAPI":
      errors += FilePath.modeErrors(source["defaultMode"], at: path + ".defaultMode")
      for file in source["items"]?.array ?? [] { errors += PodFactValidation.fileErrors(file, at: path) }
    case "projected": errors += projectedErrors
    case "ephemeral":
      if let claim = source["volumeClaimTemplate"] {
        let place = path + ".volumeClaimTemplate.spec"
        errors += ClaimSpecValidation(spec: claim["spec"] ?? [:], path: place).errors
      }
    case "csi":
      let driver = source.text("driver")
      if driver.utf8.count > 63 { errors.append(.tooLong(path + ".driver", limit: 63)) }
      errors += FieldError.invalid(path + ".driver", .string(driver), NameSyntax.subdomainErrors(driver.lowercased()))
    default: break
    }
    return errors
  }

  private func isMissing(_ value: Value?) -> Bool {
    switch value {
    case nil, .null, .string(""): true
    case .array(let elements): elements.isEmpty
    default: false
    }
  }

  private var hostPathErrors: [FieldError] {
    let errors = FilePath.stepErrors(source.text("path"), at: path + ".path")
    guard let type = source["type"]?.string, !Self.hostPathTypes.contains(type) else { return errors }
    return errors + [.notSupported(path + ".type", type, Self.hostPathTypes)]
  }

  private func itemErrors(_ source: Value, at path: String) -> [FieldError] {
    source.elements("items", in: path).flatMap { path, item in
      let missing: [FieldError] = ["key", "path"].filter { item.text($0).isEmpty }.map { .required(path + "." + $0) }
      return missing + FilePath.localErrors(item.text("path"), at: path + ".path")
        + FilePath.modeErrors(item["mode"], at: path + ".mode")
    }
  }

  // MARK: Several sources in one directory

  private static let parts = [
    "secret", "configMap", "downwardAPI", "serviceAccountToken", "clusterTrustBundle", "podCertificate",
  ]

  private var projectedErrors: [FieldError] {
    var errors = FilePath.modeErrors(source["defaultMode"], at: path + ".defaultMode")
    var paths: Set<String> = []
    for (place, part) in source.elements("sources", in: path) {
      let present = Self.parts.filter { part[$0]?.isNull == false }
      for name in present { errors += partErrors(name, part[name] ?? [:], at: place + "." + name, &paths) }
      if present.count > 1 { errors.append(.forbidden(place, "may not specify more than 1 volume type per source")) }
    }
    return errors
  }

  private func partErrors(_ name: String, _ part: Value, at place: String, _ paths: inout Set<String>) -> [FieldError] {
    switch name {
    case "secret", "configMap":
      var errors: [FieldError] = part.text("name").isEmpty ? [.required(place + ".name")] : []
      errors += itemErrors(part, at: place)
      for item in part["items"]?.array ?? [] where isTaken(item.text("path"), &paths) {
        errors.append(.invalid(path, .string(part.text("name")), "conflicting duplicate paths"))
      }
      return errors
    case "downwardAPI":
      return (part["items"]?.array ?? []).flatMap { file in
        let errors = PodFactValidation.fileErrors(file, at: place)
        let file = file.text("path")
        return isTaken(file, &paths) ? errors + [.invalid(path, .string(file), "conflicting duplicate paths")] : errors
      }
    case "serviceAccountToken": return tokenErrors(part, at: place)
    default: return []
    }
  }

  private func isTaken(_ file: String, _ paths: inout Set<String>) -> Bool {
    !file.isEmpty && !paths.insert(file).inserted
  }

  private func tokenErrors(_ token: Value, at place: String) -> [FieldError] {
    var errors: [FieldError] = []
    let seconds = token["expirationSeconds"]?.integer ?? 3600
    let field = place + ".expirationSeconds"
    if seconds < 600 {
      errors.append(.invalid(field, .integer(seconds), "may not specify a duration less than 10 minutes"))
    }
    if seconds > 1 << 32 {
      errors.append(.invalid(field, .integer(seconds), "may not specify a duration larger than 2^32 seconds"))
    }
    let file = token.text("path")
    return errors + (file.isEmpty ? [.required(path + ".path")] : FilePath.localErrors(file, at: path + ".path"))
  }
}
