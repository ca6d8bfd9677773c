import Tree

/// Ways of mounting a volume.
enum AccessModes {
  static let all = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"]

  static func errors(_ spec: Value, at path: String, whyRequired: String) -> [FieldError] {
    let place = path + ".accessModes"
    let modes = (spec["accessModes"]?.array ?? []).compactMap(\.string)
    if modes.isEmpty { return [.required(place, whyRequired)] }
    var errors: [FieldError] = modes.filter { !all.contains($0) }.map { .notSupported(place, $0, all) }
    if modes.contains("ReadWriteOncePod"), modes.contains(where: { $0 != "ReadWriteOncePod" && all.contains($0) }) {
      errors.append(.forbidden(place, "may not use ReadWriteOncePod with other access modes"))
    }
    return errors
  }

  static func volumeModeErrors(_ spec: Value, at path: String) -> [FieldError] {
    guard let mode = spec["volumeMode"]?.string, !["Block", "Filesystem"].contains(mode) else { return [] }
    return [.notSupported(path + ".volumeMode", mode, ["Block", "Filesystem"])]
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
