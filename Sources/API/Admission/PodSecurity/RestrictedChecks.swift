import Kinds
import Tree

extension PodSecurityCheck {
  /// What restricted asks beyond baseline.
  static let restricted: [PodSecurityCheck] = [
    PodSecurityCheck(since: 8, rule: allowPrivilegeEscalation),
    PodSecurityCheck(since: 22, rule: restrictedCapabilities), PodSecurityCheck(since: 35, rule: restrictedProcMount),
    PodSecurityCheck(rule: restrictedVolumes),
    PodSecurityCheck(rule: runAsNonRoot), PodSecurityCheck(since: 23, rule: runAsUser),
    PodSecurityCheck(since: 19, rule: restrictedSeccomp),
  ]

  /// Since v1.25 pods for Windows are spared the rules about what only Linux has.
  private static func isSpared(_ subject: Subject) -> Bool { subject.minor >= 25 && subject.isWindows }

  @Sendable private static func allowPrivilegeEscalation(_ subject: Subject) -> Violation? {
    let names = subject.names { $0["securityContext", "allowPrivilegeEscalation"]?.boolean != false }
    guard !names.isEmpty, !isSpared(subject) else { return nil }
    return Violation(
      reason: "allowPrivilegeEscalation != false",
      detail: containers(names) + " must set securityContext.allowPrivilegeEscalation=false")
  }

  @Sendable private static func restrictedCapabilities(_ subject: Subject) -> Violation? {
    guard !isSpared(subject) else { return nil }
    func further(_ container: Value) -> [String] { added(container).filter { $0 != "NET_BIND_SERVICE" } }
    let keepers = subject.names { container in
      !(container["securityContext", "capabilities", "drop"]?.array ?? []).contains("ALL")
    }
    let adders = subject.names { !further($0).isEmpty }
    var faults: [String] = []
    if !keepers.isEmpty { faults.append(containers(keepers) + " must set securityContext.capabilities.drop=[\"ALL\"]") }
    if !adders.isEmpty {
      faults.append(
        "\(containers(adders)) must not include \(quoted(unique(subject.containers.flatMap(further)))) "
          + "in securityContext.capabilities.add")
    }
    return faults.isEmpty
      ? nil : Violation(reason: "unrestricted capabilities", detail: faults.joined(separator: "; "))
  }

  /// Whom baseline spares (all others it has reported already).
  @Sendable private static func restrictedProcMount(_ subject: Subject) -> Violation? {
    subject.hasOwnUsers ? forbiddenProcMount(subject) : nil
  }

  private static let volumeTypes = [
    "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret",
  ]

  @Sendable private static func restrictedVolumes(_ subject: Subject) -> Violation? {
    let bad = (subject.pod["spec", "volumes"]?.array ?? []).filter { volume in
      !volumeTypes.contains { volume[$0] != nil }
    }
    guard !bad.isEmpty else { return nil }
    let names = bad.compactMap { $0["name"]?.string }
    let types = unique(bad.map { $0.object?.first { $0.key != "name" }?.key ?? "unknown" })
    return Violation(
      reason: "restricted volume types",
      detail: "\(plural("volume", "volumes", names.count)) \(quoted(names)) \(plural("uses", "use", names.count)) "
        + "\(plural("restricted volume type", "restricted volume types", types.count)) \(quoted(types))")
  }

  @Sendable private static func runAsNonRoot(_ subject: Subject) -> Violation? {
    if subject.hasOwnUsers { return nil }
    func wish(_ security: Value?) -> Bool? { security?["runAsNonRoot"]?.boolean }
    let reason = "runAsNonRoot != true"
    let root = subject.names { wish($0["securityContext"]) == false }
    let isPodRoot = wish(subject.security) == false
    if isPodRoot || !root.isEmpty {
      return Violation(
        reason: reason, detail: setters(pod: isPodRoot, root) + " must not set securityContext.runAsNonRoot=false")
    }
    let silent = wish(subject.security) == true ? [] : subject.names { wish($0["securityContext"]) == nil }
    guard !silent.isEmpty else { return nil }
    return Violation(
      reason: reason, detail: "pod or \(containers(silent)) must set securityContext.runAsNonRoot=true")
  }

  @Sendable private static func runAsUser(_ subject: Subject) -> Violation? {
    if subject.hasOwnUsers { return nil }
    func isRoot(_ security: Value?) -> Bool { security?["runAsUser"]?.integer == 0 }
    let names = subject.names { isRoot($0["securityContext"]) }
    guard isRoot(subject.security) || !names.isEmpty else { return nil }
    return Violation(
      reason: "runAsUser=0", detail: setters(pod: isRoot(subject.security), names) + " must not set runAsUser=0")
  }

  @Sendable private static func restrictedSeccomp(_ subject: Subject) -> Violation? {
    if isSpared(subject) { return nil }
    if let violation = seccomp(subject) { return violation }
    guard subject.security?["seccompProfile"] == nil else { return nil }
    let silent = subject.names { $0["securityContext", "seccompProfile"] == nil }
    guard !silent.isEmpty else { return nil }
    return Violation(
      reason: "seccompProfile",
      detail: "pod or \(containers(silent)) must set securityContext.seccompProfile.type to \"RuntimeDefault\" or "
        + "\"Localhost\"")
  }
}
