import Kinds
import Tree

extension PodSecurityCheck {
  /// Those of baseline that restricted does not put in stricter words.
  static let baselineUnderRestricted: [PodSecurityCheck] = [
    PodSecurityCheck(rule: appArmor), PodSecurityCheck(rule: hostNamespaces), PodSecurityCheck(rule: hostPorts),
    PodSecurityCheck(since: 34, rule: hostProbes), PodSecurityCheck(rule: privileged),
    PodSecurityCheck(rule: procMount),
    PodSecurityCheck(rule: seLinux), PodSecurityCheck(rule: sysctls), PodSecurityCheck(rule: windowsHostProcess),
  ]

  static let baseline: [PodSecurityCheck] = [
    PodSecurityCheck(rule: appArmor), PodSecurityCheck(rule: capabilities), PodSecurityCheck(rule: hostNamespaces),
    PodSecurityCheck(rule: hostPaths), PodSecurityCheck(rule: hostPorts), PodSecurityCheck(since: 34, rule: hostProbes),
    PodSecurityCheck(rule: privileged), PodSecurityCheck(rule: procMount), PodSecurityCheck(rule: seLinux),
    PodSecurityCheck(since: 19, rule: seccomp), PodSecurityCheck(rule: sysctls),
    PodSecurityCheck(rule: windowsHostProcess),
  ]

  @Sendable private static func appArmor(_ subject: Subject) -> Violation? {
    let allowed = ["RuntimeDefault", "Localhost"]
    func isBad(_ security: Value?) -> Bool {
      security?["appArmorProfile", "type"]?.string.map { !allowed.contains($0) } ?? false
    }
    let prefix = "container.apparmor.security.beta.kubernetes.io/"
    let annotations = (subject.pod["metadata", "annotations"]?.object ?? Members()).filter { member in
      let profile = member.value.string ?? ""
      return member.key.hasPrefix(prefix) && !profile.isEmpty && profile != "runtime/default"
        && !profile.hasPrefix("localhost/")
    }
    var faults = annotations.map { "\($0.key)=\"\($0.value.string ?? "")\"" }.sorted()
    let names = subject.names { isBad($0["securityContext"]) }
    if isBad(subject.security) || !names.isEmpty {
      faults.insert(
        setters(pod: isBad(subject.security), names) + " must not set AppArmor profile type to \"Unconfined\"", at: 0)
    }
    guard !faults.isEmpty else { return nil }
    return Violation(
      reason: plural("forbidden AppArmor profile", "forbidden AppArmor profiles", faults.count),
      detail: faults.joined(separator: ", "))
  }

  private static let defaultCapabilities = [
    "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP",
    "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
  ]

  @Sendable private static func capabilities(_ subject: Subject) -> Violation? {
    func further(_ container: Value) -> [String] {
      added(container).filter { !defaultCapabilities.contains($0) }
    }
    let names = subject.names { !further($0).isEmpty }
    guard !names.isEmpty else { return nil }
    return Violation(
      reason: "non-default capabilities",
      detail: "\(containers(names)) must not include \(quoted(unique(subject.containers.flatMap(further)))) "
        + "in securityContext.capabilities.add")
  }

  static func added(_ container: Value) -> [String] {
    (container["securityContext", "capabilities", "add"]?.array ?? []).compactMap(\.string)
  }

  @Sendable private static func hostNamespaces(_ subject: Subject) -> Violation? {
    let shared = ["hostNetwork", "hostPID", "hostIPC"].filter { subject.pod["spec", $0]?.boolean == true }
    guard !shared.isEmpty else { return nil }
    return Violation(reason: "host namespaces", detail: shared.map { $0 + "=true" }.joined(separator: ", "))
  }

  @Sendable private static func hostPaths(_ subject: Subject) -> Violation? {
    let names = (subject.pod["spec", "volumes"]?.array ?? []).filter { $0["hostPath"] != nil }
      .compactMap { $0["name"]?.string }
    guard !names.isEmpty else { return nil }
    return Violation(
      reason: "hostPath volumes", detail: plural("volume", "volumes", names.count) + " " + quoted(names))
  }

  @Sendable private static func hostPorts(_ subject: Subject) -> Violation? {
    func ports(_ container: Value) -> [String] {
      (container["ports"]?.array ?? []).compactMap { $0["hostPort"]?.integer }.filter { $0 != 0 }.map { String($0) }
    }
    let names = subject.names { !ports($0).isEmpty }
    guard !names.isEmpty else { return nil }
    let all = unique(subject.containers.flatMap(ports))
    return Violation(
      reason: "hostPort",
      detail: "\(containers(names)) \(plural("uses", "use", names.count)) "
        + "\(plural("hostPort", "hostPorts", all.count)) \(all.joined(separator: ", "))")
  }

  @Sendable private static func hostProbes(_ subject: Subject) -> Violation? {
    func hosts(_ container: Value) -> [String] {
      let handlers = [
        container["livenessProbe"], container["readinessProbe"], container["startupProbe"],
        container["lifecycle", "postStart"], container["lifecycle", "preStop"],
      ]
      return handlers.flatMap { [$0?["httpGet", "host"]?.string ?? "", $0?["tcpSocket", "host"]?.string ?? ""] }
        .filter { !$0.isEmpty }
    }
    let names = unique(subject.names { !hosts($0).isEmpty })
    guard !names.isEmpty else { return nil }
    let all = unique(subject.containers.flatMap(hosts))
    return Violation(
      reason: "probe or lifecycle host",
      detail: "\(containers(names)) \(plural("uses", "use", names.count)) "
        + "\(plural("probe or lifecycle host", "probe or lifecycle hosts", all.count)) \(quoted(all))")
  }

  @Sendable private static func privileged(_ subject: Subject) -> Violation? {
    let names = subject.names { $0["securityContext", "privileged"]?.boolean == true }
    guard !names.isEmpty else { return nil }
    return Violation(
      reason: "privileged", detail: containers(names) + " must not set securityContext.privileged=true")
  }

  @Sendable private static func procMount(_ subject: Subject) -> Violation? {
    subject.hasOwnUsers ? nil : forbiddenProcMount(subject)
  }

  static func forbiddenProcMount(_ subject: Subject) -> Violation? {
    func mount(_ container: Value) -> [String] {
      [container["securityContext", "procMount"]?.string ?? ""].filter { !["", "Default"].contains($0) }
    }
    let names = subject.names { !mount($0).isEmpty }
    guard !names.isEmpty else { return nil }
    return Violation(
      reason: "procMount",
      detail: "\(containers(names)) must not set securityContext.procMount to "
        + quoted(unique(subject.containers.flatMap(mount))))
  }

  @Sendable private static func seLinux(_ subject: Subject) -> Violation? {
    let allowed =
      ["", "container_t", "container_init_t", "container_kvm_t"] + (subject.minor >= 31 ? ["container_engine_t"] : [])
    func type(_ security: Value?) -> [String] {
      [security?["seLinuxOptions", "type"]?.string ?? ""].filter { !allowed.contains($0) }
    }
    func sets(_ field: String, _ security: Value?) -> Bool {
      security?["seLinuxOptions", field]?.string.map { !$0.isEmpty } ?? false
    }
    func isBad(_ security: Value?) -> Bool {
      !type(security).isEmpty || sets("user", security) || sets("role", security)
    }
    let names = subject.names { isBad($0["securityContext"]) }
    guard isBad(subject.security) || !names.isEmpty else { return nil }
    let all = [subject.security] + subject.containers.map { $0["securityContext"] }
    let types = unique(all.flatMap(type))
    var faults = types.isEmpty ? [] : [plural("type", "types", types.count) + " " + quoted(types)]
    if all.contains(where: { sets("user", $0) }) { faults.append("user may not be set") }
    if all.contains(where: { sets("role", $0) }) { faults.append("role may not be set") }
    return Violation(
      reason: "seLinuxOptions",
      detail: setters(pod: isBad(subject.security), names) + " set forbidden securityContext.seLinuxOptions: "
        + faults.joined(separator: "; "))
  }

  /// Who sets a seccomp profile that is none, in the words of both levels.
  @Sendable static func seccomp(_ subject: Subject) -> Violation? {
    func bad(_ security: Value?) -> [String] {
      guard let type = security?["seccompProfile", "type"]?.string else { return [] }
      return ["RuntimeDefault", "Localhost"].contains(type) ? [] : [type]
    }
    let names = subject.names { !bad($0["securityContext"]).isEmpty }
    let isPodBad = !bad(subject.security).isEmpty
    guard isPodBad || !names.isEmpty else { return nil }
    let values = bad(subject.security) + subject.containers.flatMap { bad($0["securityContext"]) }
    return Violation(
      reason: "seccompProfile",
      detail: setters(pod: isPodBad, names) + " must not set securityContext.seccompProfile.type to "
        + quoted(unique(values)))
  }

  /// The kernel settings that a pod may choose, and since which minor version.
  private static let safeSysctls: [(name: String, since: Int)] = [
    ("kernel.shm_rmid_forced", 0), ("net.ipv4.ip_local_port_range", 0), ("net.ipv4.tcp_syncookies", 0),
    ("net.ipv4.ping_group_range", 0), ("net.ipv4.ip_unprivileged_port_start", 0),
    ("net.ipv4.ip_local_reserved_ports", 27), ("net.ipv4.tcp_keepalive_time", 29), ("net.ipv4.tcp_fin_timeout", 29),
    ("net.ipv4.tcp_keepalive_intvl", 29), ("net.ipv4.tcp_keepalive_probes", 29), ("net.ipv4.tcp_rmem", 32),
    ("net.ipv4.tcp_wmem", 32),
  ]

  @Sendable private static func sysctls(_ subject: Subject) -> Violation? {
    let safe = safeSysctls.filter { $0.since <= subject.minor }.map(\.name)
    let names = (subject.security?["sysctls"]?.array ?? []).compactMap { $0["name"]?.string }
      .filter { !safe.contains($0) }
    return names.isEmpty ? nil : Violation(reason: "forbidden sysctls", detail: names.joined(separator: ", "))
  }

  @Sendable private static func windowsHostProcess(_ subject: Subject) -> Violation? {
    func isHost(_ security: Value?) -> Bool { security?["windowsOptions", "hostProcess"]?.boolean == true }
    let names = subject.names { isHost($0["securityContext"]) }
    guard isHost(subject.security) || !names.isEmpty else { return nil }
    return Violation(
      reason: "hostProcess",
      detail: setters(pod: isHost(subject.security), names)
        + " must not set securityContext.windowsOptions.hostProcess=true")
  }
}
