import Tree

/// All containers of a pod: unlike names, no host port twice.
struct ContainersValidation {
  let spec: Value
  let path: String
  let volumes: Set<String>

  var errors: [FieldError] {
    var errors: [FieldError] = []
    var names: Set<String> = []
    var hostPorts: Set<String> = []
    for (path, container) in spec.elements("containers", in: path) {
      errors += validate(container, path, &names)
    }
    for (path, container) in spec.elements("containers", in: path) {
      errors += hostPortErrors(container, path, &hostPorts)
    }
    for (path, container) in spec.elements("initContainers", in: path) {
      errors += validate(container, path, &names)
      errors += initErrors(container, path)
    }
    return errors
  }

  private func validate(_ container: Value, _ path: String, _ names: inout Set<String>) -> [FieldError] {
    var errors: [FieldError] = []
    let name = container.text("name")
    if !name.isEmpty {
      errors += FieldError.invalid(path + ".name", .string(name), NameSyntax.labelErrors(name))
      if !names.insert(name).inserted { errors.append(.duplicate(path + ".name", .string(name))) }
    }
    let rules = ContainerValidation(
      container: container, path: path, volumes: volumes,
      isOnHostNetwork: spec["hostNetwork"]?.boolean ?? false)
    return errors + rules.errors
  }

  private func hostPortErrors(_ container: Value, _ path: String, _ seen: inout Set<String>) -> [FieldError] {
    var errors: [FieldError] = []
    for (path, port) in container.elements("ports", in: path) {
      guard let number = port["hostPort"]?.integer, number != 0 else { continue }
      let address = port.text("protocol") + "/" + port.text("hostIP") + "/" + String(number)
      if !seen.insert(address).inserted { errors.append(.duplicate(path + ".hostPort", .string(address))) }
    }
    return errors
  }

  /// An init container ends before the others start, unless it is a sidecar: nothing can probe it.
  private func initErrors(_ container: Value, _ path: String) -> [FieldError] {
    if let policy = container["restartPolicy"]?.string {
      return policy == "Always" ? [] : [.notSupported(path + ".restartPolicy", policy, ["Always"])]
    }
    return ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"].filter { container[$0] != nil }
      .map { .forbidden(path + "." + $0, "may not be set for init containers without restartPolicy=Always") }
  }
}

/// One container.
struct ContainerValidation {
  let container: Value
  let path: String
  let volumes: Set<String>
  let isOnHostNetwork: Bool

  var errors: [FieldError] {
    var errors: [FieldError] = []
    let image = container.text("image")
    if image != image.trimmingBlanks {
      errors.append(.invalid(path + ".image", .string(image), "must not have leading or trailing whitespace"))
    }
    errors += ProbeValidation(container: container, path: path).errors
    errors += portErrors
    errors += EnvironmentValidation(container: container, path: path).errors
    errors += mountErrors
    errors += ResourceValidation(resources: container["resources"] ?? [:], path: path + ".resources").errors
    return errors
  }

  private var portErrors: [FieldError] {
    var errors: [FieldError] = []
    var names: Set<String> = []
    for (path, port) in container.elements("ports", in: path) {
      let name = port.text("name")
      if !name.isEmpty {
        let messages = FieldSyntax.portNameErrors(name)
        errors += FieldError.invalid(path + ".name", .string(name), messages)
        if messages.isEmpty, !names.insert(name).inserted {
          errors.append(.duplicate(path + ".name", .string(name)))
        }
      }
      let hostPort = port["hostPort"]?.integer ?? 0
      // A template need not say what its pods get by default.
      let isSaid = hostPort != 0 || path.hasPrefix("spec.containers")
      if isOnHostNetwork, isSaid, hostPort != port["containerPort"]?.integer {
        errors.append(
          .invalid(
            path + ".hostPort", .integer(hostPort), "must match `containerPort` when `hostNetwork` is true"))
      }
    }
    return errors
  }

  private var mountErrors: [FieldError] {
    var errors: [FieldError] = []
    var places: Set<String> = []
    for (path, mount) in container.elements("volumeMounts", in: path) {
      let (name, place) = (mount.text("name"), mount.text("mountPath"))
      if !name.isEmpty, !volumes.contains(name) { errors.append(.notFound(path + ".name", .string(name))) }
      if !place.isEmpty, !places.insert(place).inserted {
        errors.append(.invalid(path + ".mountPath", .string(place), "must be unique"))
      }
      errors += subPathErrors(mount, path)
    }
    return errors
  }

  private func subPathErrors(_ mount: Value, _ path: String) -> [FieldError] {
    var errors: [FieldError] = []
    for field in ["subPath", "subPathExpr"] {
      let text = mount.text(field)
      if text.isEmpty { continue }
      if text.hasPrefix("/") { errors.append(.invalid(path + "." + field, .string(text), "must be a relative path")) }
      if text.split(separator: "/").contains("..") {
        errors.append(.invalid(path + "." + field, .string(text), "must not contain '..'"))
      }
    }
    return errors
  }
}

extension String {
  /// Without blanks and line ends at both ends.
  fileprivate var trimmingBlanks: String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
