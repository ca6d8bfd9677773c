import Tree

/// What a pod may say for the operating system that it names (k8s.io/kubernetes, pkg/apis/core/validation, validateOS).
struct SystemValidation {
  let spec: Value
  let path: String

  private static let linuxFields = [
    "hostUsers", "hostPID", "hostIPC", "shareProcessNamespace",
  ]
  private static let linuxContexts = [
    "appArmorProfile", "seLinuxOptions", "seccompProfile", "fsGroup", "fsGroupChangePolicy", "sysctls", "runAsUser",
    "runAsGroup", "supplementalGroups", "supplementalGroupsPolicy", "seLinuxChangePolicy",
  ]
  private static let linuxContainers = [
    "appArmorProfile", "seLinuxOptions", "seccompProfile", "capabilities", "readOnlyRootFilesystem", "privileged",
    "allowPrivilegeEscalation", "procMount", "runAsUser", "runAsGroup",
  ]

  var errors: [FieldError] {
    switch spec["os", "name"]?.string {
    case "linux":
      return contexts(having: ["windowsOptions"], inContainers: ["windowsOptions"])
        .map { .forbidden($0, "windows options cannot be set for a linux pod") }
    case "windows":
      // What is false is as good as absent here, save for what can be absent by itself.
      let fields = Self.linuxFields.filter { name in
        spec[name] != nil && (spec[name] == true || ["hostUsers", "shareProcessNamespace"].contains(name))
      }
      let places =
        fields.map { path + "." + $0 } + contexts(having: Self.linuxContexts, inContainers: Self.linuxContainers)
      return places.map { .forbidden($0, "cannot be set for a windows pod") }
    case "": return [.required(path + ".os.name", "cannot be empty")]
    case let name?: return [.notSupported(path + ".os", name, ["linux", "windows"])]
    default: return spec["os"] == nil ? [] : [.required(path + ".os.name", "cannot be empty")]
    }
  }

  private func contexts(having ofPod: [String], inContainers ofContainer: [String]) -> [String] {
    let place = path + ".securityContext"
    var found = ofPod.filter { spec["securityContext", $0] != nil }.map { place + "." + $0 }
    for list in ["initContainers", "containers", "ephemeralContainers"] {
      for (path, container) in spec.elements(list, in: path) {
        found += ofContainer.filter { container["securityContext", $0] != nil }.map { path + ".securityContext." + $0 }
      }
    }
    return found
  }
}
