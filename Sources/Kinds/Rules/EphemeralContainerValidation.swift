import Tree

/// What may be done through `pods/ephemeralcontainers`: containers are added, and stay as they are
/// (k8s.io/kubernetes, pkg/apis/core/validation ValidatePodEphemeralContainersUpdate).
struct EphemeralContainerValidation {
  let old: Value
  let new: Value

  private static let path = "spec.ephemeralContainers"

  /// What a container that only looks around cannot have.
  private static let forbidden = [
    "ports", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle", "resources", "resizePolicy",
    "restartPolicy",
  ]

  var errors: [FieldError] {
    if old["metadata", "annotations", "kubernetes.io/config.mirror"] != nil {
      return [.forbidden("", "static pods do not support ephemeral containers")]
    }
    return containerErrors + changeErrors
  }

  private var containerErrors: [FieldError] {
    let spec = new["spec"] ?? [:]
    var errors: [FieldError] = []
    var names = Set(
      ["containers", "initContainers"].flatMap { spec[$0]?.array ?? [] }.compactMap { $0["name"]?.string })
    let targets = Set((spec["containers"]?.array ?? []).compactMap { $0["name"]?.string })
    let volumes = VolumeValidation(spec: spec, path: "spec").findings.good
    for (path, container) in spec.elements("ephemeralContainers", in: "spec") {
      let name = container.text("name")
      if name.isEmpty { errors.append(.required(path + ".name")) }
      errors += FieldError.invalid(
        path + ".name", .string(name), name.isEmpty ? [] : NameSyntax.labelErrors(name))
      if !names.insert(name).inserted { errors.append(.duplicate(path + ".name", .string(name))) }
      let target = container.text("targetContainerName")
      if !target.isEmpty, !targets.contains(target) {
        errors.append(.notFound(path + ".targetContainerName", .string(target)))
      }
      errors += ContainerValidation(container: container, path: path, volumes: volumes, spec: spec).errors
      errors += Self.forbidden.filter { !isEmpty(container[$0]) }
        .map { .forbidden(path + "." + $0, "cannot be set for an Ephemeral Container") }
      for (path, mount) in container.elements("volumeMounts", in: path) where !mount.text("subPath").isEmpty {
        errors.append(.forbidden(path + ".subPath", "cannot be set for an Ephemeral Container"))
      }
    }
    return errors
  }

  private func isEmpty(_ value: Value?) -> Bool {
    value == nil || value == .null || value?.array?.isEmpty == true || value?.object?.isEmpty == true
  }

  private var changeErrors: [FieldError] {
    let after = new["spec", "ephemeralContainers"]?.array ?? []
    return (old["spec", "ephemeralContainers"]?.array ?? []).compactMap { container in
      let name = Value.string(container.text("name")).jsonText
      guard let next = after.first(where: { $0["name"] == container["name"] }) else {
        return .forbidden(Self.path, "existing ephemeral containers \(name) may not be removed\n")
      }
      guard next != container else { return nil }
      return .forbidden(
        Self.path,
        "existing ephemeral containers \(name) may not be changed\n" + TextDifference.unified(container, next))
    }
  }
}
