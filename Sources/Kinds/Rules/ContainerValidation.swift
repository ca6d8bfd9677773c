import Tree

/// All containers of a pod: unlike names, no host port twice.
struct ContainersValidation {
  let spec: Value
  let path: String
  let volumes: [String: Value]

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
    let rules = ContainerValidation(container: container, path: path, volumes: volumes, spec: spec)
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
  /// The pod's volumes, by name.
  let volumes: [String: Value]
  /// The pod's.
  let spec: Value

  private static let resized = ["cpu", "memory"]
  private static let propagations = ["Bidirectional", "HostToContainer", "None"]
  private static let resizes = ["NotRequired", "RestartContainer"]

  private var isOnHostNetwork: Bool { spec["hostNetwork"]?.boolean ?? false }

  var errors: [FieldError] {
    var errors: [FieldError] = []
    let image = container.text("image")
    if [image.first, image.last].contains(where: { $0?.isWhitespace ?? false }) {
      errors.append(.invalid(path + ".image", .string(image), "must not have leading or trailing whitespace"))
    }
    errors +=
      ProbeValidation(
        container: container, path: path, gracePeriod: spec["terminationGracePeriodSeconds"]?.integer ?? 30
      ).errors
    errors += portErrors
    errors += EnvironmentValidation(container: container, path: path).errors
    errors += mountErrors + deviceErrors
    errors += ResourceValidation(resources: container["resources"] ?? [:], path: path + ".resources").errors
    errors += claimErrors + resizeErrors
    if let context = container["securityContext"] {
      errors +=
        ContainerSecurityValidation(
          context: context, path: path + ".securityContext", sharesUsers: spec["hostUsers"] != false
        ).errors
    }
    return errors
  }

  /// Which of the pod's claims to devices the container uses: whole ones, or requests of theirs, none twice.
  private var claimErrors: [FieldError] {
    let known = Set((spec["resourceClaims"]?.array ?? []).map { $0.text("name") }).subtracting([""]).sorted()
    let why =
      "must be one of the names in pod.spec.resourceClaims"
      + (known.isEmpty ? " which is empty" : ": " + known.joined(separator: ", "))
    var errors: [FieldError] = []
    var seen: Set<String> = []
    for (path, claim) in (container["resources"] ?? [:]).elements("claims", in: path + ".resources") {
      let (name, request) = (claim.text("name"), claim.text("request"))
      if name.isEmpty {
        errors.append(.required(path))
        continue
      }
      if !request.isEmpty, !seen.contains(name) {
        errors += FieldError.invalid(path + ".request", .string(request), NameSyntax.labelErrors(request))
      }
      let key = request.isEmpty || seen.contains(name) ? name : name + "/" + request
      if !seen.insert(key).inserted || request.isEmpty && seen.contains(where: { $0.hasPrefix(name + "/") }) {
        errors.append(.duplicate(path, .string(key)))
      }
      if !known.contains(name) {
        let message = "Not found: \(Value.string(name).jsonText): \(why)"
        errors.append(FieldError(.notFound, field: path, message: message))
      }
    }
    return errors
  }

  private var resizeErrors: [FieldError] {
    var errors: [FieldError] = []
    var seen: Set<String> = []
    let list = path + ".resizePolicy"
    for (path, policy) in container.elements("resizePolicy", in: path) {
      let (resource, restart) = (policy.text("resourceName"), policy.text("restartPolicy"))
      if !seen.insert(resource).inserted { errors.append(.duplicate(path, .string(resource))) }
      for (word, words) in [(resource, Self.resized), (restart, Self.resizes)] where !words.contains(word) {
        errors.append(word.isEmpty ? .required(list) : .notSupported(list, word, words))
      }
      if spec.text("restartPolicy") == "Never", restart != "NotRequired" {
        errors.append(
          .invalid(list, .string(restart), "must be 'NotRequired' when `restartPolicy` is 'Never'"))
      }
    }
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
      let number = port["containerPort"]?.integer ?? 0
      if number == 0 {
        errors.append(.required(path + ".containerPort"))
      } else if !(1...65_535).contains(number) {
        errors.append(.invalid(path + ".containerPort", .integer(number), "must be between 1 and 65535, inclusive"))
      }
      let hostPort = port["hostPort"]?.integer ?? 0
      if hostPort != 0, !(1...65_535).contains(hostPort) {
        errors.append(.invalid(path + ".hostPort", .integer(hostPort), "must be between 1 and 65535, inclusive"))
      }
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
    let devices = container["volumeDevices"]?.array ?? []
    for (path, mount) in container.elements("volumeMounts", in: path) {
      let (name, place) = (mount.text("name"), mount.text("mountPath"))
      if volumes[name] == nil { errors.append(.notFound(path + ".name", .string(name))) }
      if !places.insert(place).inserted {
        errors.append(.invalid(path + ".mountPath", .string(place), "must be unique"))
      }
      if devices.contains(where: { $0.text("name") == name }) {
        errors.append(.invalid(path + ".name", .string(name), "must not already exist in volumeDevices"))
      }
      if devices.contains(where: { $0.text("devicePath") == place }) {
        errors.append(
          .invalid(path + ".mountPath", .string(place), "must not already exist as a path in volumeDevices"))
      }
      if volumes[name]?["image"] != nil {
        errors += ["subPath", "subPathExpr"].filter { !mount.text($0).isEmpty }
          .map { .invalid(path + "." + $0, mount[$0] ?? "", "not allowed in image volume sources") }
      }
      errors += subPathErrors(mount, path) + propagationErrors(mount)
    }
    return errors
  }

  /// Kubernetes names the list of mounts here, not the mount.
  private func subPathErrors(_ mount: Value, _ path: String) -> [FieldError] {
    var errors: [FieldError] = []
    for field in ["subPath", "subPathExpr"] {
      let text = mount.text(field)
      if text.isEmpty { continue }
      if field == "subPathExpr", !mount.text("subPath").isEmpty {
        errors.append(
          .invalid(path + ".subPathExpr", .string(text), "subPathExpr and subPath are mutually exclusive"))
      }
      errors += FilePath.descendingErrors(text, at: self.path + ".volumeMounts." + field)
    }
    return errors
  }

  private func propagationErrors(_ mount: Value) -> [FieldError] {
    var errors: [FieldError] = []
    let list = path + ".volumeMounts"
    if let word = mount["mountPropagation"]?.string, !Self.propagations.contains(word) {
      errors.append(.notSupported(list + ".mountPropagation", word, Self.propagations))
    }
    if mount["mountPropagation"] == "Bidirectional", container["securityContext", "privileged"] != true {
      errors.append(
        .forbidden(
          list + ".mountPropagation", "Bidirectional mount propagation is available only to privileged containers"))
    }
    switch mount["recursiveReadOnly"]?.string {
    case nil, "Disabled": break
    case "Enabled", "IfPossible":
      if mount["readOnly"] != true {
        errors.append(.forbidden(list + ".recursiveReadOnly", "may only be specified when readOnly is true"))
      }
      if let propagation = mount["mountPropagation"]?.string, propagation != "None" {
        errors.append(
          .forbidden(
            list + ".recursiveReadOnly", "may only be specified when mountPropagation is None or not specified"))
      }
    case let word?:
      errors.append(
        .notSupported(list + ".recursiveReadOnly", word, ["Disabled", "Enabled", "IfPossible"]))
    }
    return errors
  }

  private var deviceErrors: [FieldError] {
    var errors: [FieldError] = []
    var (names, places): (Set<String>, Set<String>) = ([], [])
    let mounts = container["volumeMounts"]?.array ?? []
    for (path, device) in container.elements("volumeDevices", in: path) {
      let (name, place) = (device.text("name"), device.text("devicePath"))
      if name.isEmpty { errors.append(.required(path + ".name")) }
      if names.contains(name) { errors.append(.invalid(path + ".name", .string(name), "must be unique")) }
      if let volume = volumes[name] {
        if volume["persistentVolumeClaim"] == nil, volume["ephemeral"] == nil {
          errors.append(
            .invalid(
              path + ".name", .string(name),
              "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode"))
        }
      } else {
        errors.append(.notFound(path + ".name", .string(name)))
      }
      if place.isEmpty { errors.append(.required(path + ".devicePath")) }
      if places.contains(place) { errors.append(.invalid(path + ".devicePath", .string(place), "must be unique")) }
      if place.split(separator: "/").contains("..") {
        errors.append(.invalid(path + ".devicePath", .string(place), "can not contain backsteps ('..')"))
      } else {
        places.insert(place)
      }
      if mounts.contains(where: { $0.text("name") == name }) {
        errors.append(.invalid(path + ".name", .string(name), "must not already exist in volumeMounts"))
      }
      if mounts.contains(where: { $0.text("mountPath") == place }) {
        errors.append(
          .invalid(path + ".devicePath", .string(place), "must not already exist as a path in volumeMounts"))
      }
      if !name.isEmpty { names.insert(name) }
    }
    return errors
  }
}
