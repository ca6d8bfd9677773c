import Tree

/// What the processes of a pod may be and do (k8s.io/kubernetes, pkg/apis/core/validation).
struct PodSecurityValidation {
  let spec: Value
  /// The spec's path.
  let path: String

  private static let groupPolicies = ["Merge", "Strict"]
  private static let labelPolicies = ["MountOption", "Recursive"]

  private var place: String { path + ".securityContext" }

  var errors: [FieldError] {
    let context = spec["securityContext"] ?? [:]
    var errors = ["fsGroup", "runAsUser", "runAsGroup"].flatMap {
      IdentityNumber.errors(context[$0], at: place + "." + $0)
    }
    for (path, group) in context.elements("supplementalGroups", in: place) {
      errors += IdentityNumber.errors(group, at: path)
    }
    if spec["shareProcessNamespace"] == true, spec["hostPID"] == true {
      errors.append(
        .invalid(
          place + ".shareProcessNamespace", true, "ShareProcessNamespace and HostPID cannot both be enabled"))
    }
    errors += sysctlErrors(context)
    errors += ProfileValidation.seccomp(context["seccompProfile"], at: place + ".seccompProfile")
    errors += ProfileValidation.appArmor(context["appArmorProfile"], at: place + ".appArmorProfile")
    for (field, words) in [
      ("supplementalGroupsPolicy", Self.groupPolicies), ("seLinuxChangePolicy", Self.labelPolicies),
    ] {
      if let word = context[field]?.string, !words.contains(word) {
        errors.append(.notSupported(place + "." + field, word, words))
      }
    }
    return errors
  }

  private func sysctlErrors(_ context: Value) -> [FieldError] {
    var errors: [FieldError] = []
    var seen: Set<String> = []
    for (path, setting) in context.elements("sysctls", in: place) {
      let name = setting.text("name")
      if name.isEmpty {
        errors.append(.required(path + ".name"))
      } else if !Self.isSysctl(name) {
        errors.append(
          .invalid(
            path + ".name", .string(name),
            "must have at most 253 characters and match regex "
              + "^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$"))
      } else if seen.contains(name) {
        errors.append(.duplicate(path + ".name", .string(name)))
      }
      seen.insert(name)
    }
    return errors
  }

  private static func isSysctl(_ name: String) -> Bool {
    let segments = name.utf8.split(omittingEmptySubsequences: false) {
      $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/")
    }
    return name.utf8.count <= 253
      && segments.allSatisfy { segment in
        guard let first = segment.first, let last = segment.last else { return false }
        return isPlain(first) && isPlain(last) && segment.allSatisfy { isPlain($0) || $0 == 45 || $0 == 95 }
      }
  }

  private static func isPlain(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (97...122).contains(byte) }
}

/// What the processes of one container may be and do.
struct ContainerSecurityValidation {
  let context: Value
  let path: String
  /// Whether the pod's users are the node's.
  let sharesUsers: Bool

  private static let mounts = ["Default", "Unmasked"]

  var errors: [FieldError] {
    var errors = ["runAsUser", "runAsGroup"].flatMap { IdentityNumber.errors(context[$0], at: path + "." + $0) }
    if let mount = context["procMount"]?.string {
      if sharesUsers, mount == "Unmasked" {
        errors.append(.invalid(path + ".procMount", "Unmasked", "`hostUsers` must be false to use `Unmasked`"))
      }
      if !Self.mounts.contains(mount) { errors.append(.notSupported(path + ".procMount", mount, Self.mounts)) }
    }
    errors += ProfileValidation.seccomp(context["seccompProfile"], at: path + ".seccompProfile")
    return errors + escalationErrors
      + ProfileValidation.appArmor(context["appArmorProfile"], at: path + ".appArmorProfile")
  }

  /// Who is root on the node cannot be kept from gaining rights.
  private var escalationErrors: [FieldError] {
    guard context["allowPrivilegeEscalation"] == false else { return [] }
    var errors: [FieldError] = []
    if context["privileged"] == true {
      errors.append(
        .invalid(path, shown, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true"))
    }
    for capability in context["capabilities", "add"]?.array ?? [] where capability == "CAP_SYS_ADMIN" {
      errors.append(
        .invalid(
          path, shown, "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN"))
    }
    return errors
  }

  /// The context as Kubernetes shows it in errors: by the names of its own structure.
  private var shown: Value {
    GoStructure.value(
      context,
      [
        "capabilities", "privileged", "seLinuxOptions", "windowsOptions", "runAsUser", "runAsGroup", "runAsNonRoot",
        "readOnlyRootFilesystem", "allowPrivilegeEscalation", "procMount", "seccompProfile", "appArmorProfile",
      ])
  }
}

/// Numbers of users and groups.
enum IdentityNumber {
  static func errors(_ number: Value?, at path: @autoclosure () -> String) -> [FieldError] {
    guard let number = number?.integer, !(0...2_147_483_647).contains(number) else { return [] }
    return [.invalid(path(), .integer(number), "must be between 0 and 2147483647, inclusive")]
  }
}

/// Profiles that limit system calls and what files are reached.
enum ProfileValidation {
  private static let types = ["Localhost", "RuntimeDefault", "Unconfined"]

  static func seccomp(_ profile: Value?, at path: @autoclosure () -> String) -> [FieldError] {
    guard let profile else { return [] }
    let path = path()
    var errors: [FieldError] = []
    let type = profile.text("type")
    if type.isEmpty {
      errors.append(.required(path + ".type", "type is required when seccompProfile is set"))
    } else if !types.contains(type) {
      errors.append(.notSupported(path + ".type", type, types))
    }
    let field = path + ".localhostProfile"
    guard let name = profile["localhostProfile"]?.string else {
      return type == "Localhost"
        ? errors + [.required(field, "must be set when seccomp type is Localhost")] : errors
    }
    if type == "Localhost" { return errors + FilePath.descendingErrors(name, at: field) }
    let shown = GoStructure.value(profile, ["type", "localhostProfile"])
    return errors + [.invalid(field, shown, "can only be set when seccomp type is Localhost")]
  }

  static func appArmor(_ profile: Value?, at path: @autoclosure () -> String) -> [FieldError] {
    guard let profile else { return [] }
    let path = path()
    let field = path + ".localhostProfile"
    let name = profile["localhostProfile"]?.string
    switch profile.text("type") {
    case "Localhost":
      guard let name, !name.isEmpty else {
        return [.required(field, "must be set when AppArmor type is Localhost")]
      }
      var errors: [FieldError] = []
      if name.first?.isWhitespace == true || name.last?.isWhitespace == true {
        errors.append(.invalid(field, .string(name), "must not be padded with whitespace"))
      }
      return name.utf8.count > 4095 ? errors + [.tooLong(field, limit: 4095)] : errors
    case "RuntimeDefault", "Unconfined":
      return name.map { [.invalid(field, .string($0), "can only be set when AppArmor type is Localhost")] } ?? []
    case "": return [.required(path + ".type", "type is required when appArmorProfile is set")]
    case let type: return [.notSupported(path + ".type", type, types)]
    }
  }
}

/// Objects in Kubernetes' errors, where it shows its own structures: fields by their capitalized names, in the
/// structure's order, those that are absent too.
enum GoStructure {
  static func value(_ object: Value, _ fields: [String]) -> Value {
    .object(Members(fields.map { (capitalized($0), inner(object[$0], $0)) }))
  }

  private static func inner(_ value: Value?, _ field: String) -> Value {
    guard let value else { return .null }
    let members: [String: [String]] = [
      "capabilities": ["add", "drop"], "seLinuxOptions": ["user", "role", "type", "level"],
      "seccompProfile": ["type", "localhostProfile"], "appArmorProfile": ["type", "localhostProfile"],
      "windowsOptions": ["gmsaCredentialSpecName", "gmsaCredentialSpec", "runAsUserName", "hostProcess"],
    ]
    return members[field].map { self.value(value, $0) } ?? value
  }

  private static func capitalized(_ field: String) -> String {
    let initials = [
      "gmsaCredentialSpecName": "GMSACredentialSpecName", "gmsaCredentialSpec": "GMSACredentialSpec",
      "seLinuxOptions": "SELinuxOptions",
    ]
    return initials[field] ?? field.prefix(1).uppercased() + field.dropFirst()
  }
}

/// Paths of files below a directory.
enum FilePath {
  /// What is wrong with a path that must not leave its directory.
  static func descendingErrors(_ text: String, at path: @autoclosure () -> String) -> [FieldError] {
    let absolute: [FieldError] =
      text.hasPrefix("/") ? [.invalid(path(), .string(text), "must be a relative path")] : []
    return absolute + stepErrors(text, at: path())
  }

  /// What is wrong with a path that must not go up.
  static func stepErrors(_ text: String, at path: @autoclosure () -> String) -> [FieldError] {
    text.utf8.split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual("..".utf8) }
      ? [.invalid(path(), .string(text), "must not contain '..'")] : []
  }

  /// What is wrong with a file that is written below a mount: names with two dots in front are the kubelet's own.
  static func localErrors(_ text: String, at path: @autoclosure () -> String) -> [FieldError] {
    let reserved: [FieldError] =
      text.hasPrefix("..") && !text.hasPrefix("../") && text != ".."
      ? [.invalid(path(), .string(text), "must not start with '..'")] : []
    return descendingErrors(text, at: path()) + reserved
  }

  /// What is wrong with permission bits.
  static func modeErrors(_ mode: Value?, at path: @autoclosure () -> String) -> [FieldError] {
    guard let mode = mode?.integer, !(0...0o777).contains(mode) else { return [] }
    return [.invalid(path(), .integer(mode), "must be a number between 0 and 0777 (octal), both inclusive")]
  }
}
