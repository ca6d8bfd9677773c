import Kinds
import Store
import Tree

/// A rule that completes or refuses a write after its sender is known to have the right to it (Kubernetes
/// documentation, "Admission Control in Kubernetes").
protocol AdmissionPlugin: Sendable {
  /// Completes the object, before it is checked against its kind's rules.
  static func admit(_ value: inout Value, _ request: AdmissionRequest) throws(Status)
  /// Looks at the finished object, which keeps to its kind's rules.
  static func validate(_ value: Value, _ request: AdmissionRequest) throws(Status)
}

extension AdmissionPlugin {
  static func admit(_ value: inout Value, _ request: AdmissionRequest) throws(Status) {}
  static func validate(_ value: Value, _ request: AdmissionRequest) throws(Status) {}
}

/// The plugins that a cluster has, in Kubernetes' order (kubeapiserver/options, AllOrderedPlugins): first those that
/// come in the box, then policies and webhooks, then what the namespace's quotas say.
enum Admission {
  private static let plugins: [any AdmissionPlugin.Type] = [
    KindWarnings.self, NamespaceLifecycle.self, LimitRanger.self, ServiceAccounts.self, PodSecurity.self,
    Priorities.self,
    DefaultTolerations.self, DefaultStorageClass.self, StorageProtection.self, ClaimGrowth.self,
    RuntimeClasses.self, CertificateSubjectRestriction.self, DefaultIngressClass.self, PastMoments.self,
    HeldObjects.self,
  ]

  /// Completes an object. What changes it late lets the others have another look, once.
  static func admit(_ value: inout Value, _ request: AdmissionRequest) throws(Status) {
    var again = Reinvocation()
    try complete(&value, request, &again)
    if again.isNeeded {
      again.isSecondRound = true
      try complete(&value, request, &again)
    }
    if request.kind == .service { try ServiceAddresses.admit(&value, request) }
  }

  private static func complete(_ value: inout Value, _ request: AdmissionRequest, _ again: inout Reinvocation)
    throws(Status)
  {
    for plugin in plugins { try plugin.admit(&value, request) }
    try admitByOthers(&value, request, &again)
  }

  /// What a cluster's users have added: policies and webhooks.
  private static func admitByOthers(_ value: inout Value, _ request: AdmissionRequest, _ again: inout Reinvocation)
    throws(Status)
  {
    try MutatingPolicies.admit(&value, request, &again)
    try MutatingWebhooks.admit(&value, request, &again)
  }

  /// Looks at a deletion.
  static func admitDeletion(_ request: AdmissionRequest) throws(Status) {
    try HeldObjects.admitDeletion(request)
    guard hasOthers(request.store) else { return }
    try MutatingWebhooks.admitDeletion(request)
    try validateByOthers(nil, request)
  }

  /// Completes what goes to a subresource: the plugins that come in the box have nothing to say of it.
  static func admitSubresource(_ value: inout Value, _ request: AdmissionRequest) throws(Status) {
    var again = Reinvocation()
    try admitByOthers(&value, request, &again)
    guard again.isNeeded else { return }
    again.isSecondRound = true
    try admitByOthers(&value, request, &again)
  }

  /// Refuses a finished object, or answers what it takes of its namespace's quotas, which come last of all.
  static func validate(_ value: Value, _ request: AdmissionRequest) throws(Status) -> [QuotaCharge] {
    for plugin in plugins { try plugin.validate(value, request) }
    try validateByOthers(value, request)
    return try ResourceQuotas.charges(of: value, request)
  }

  /// What policies and webhooks say of a finished object; nil of a deletion.
  static func validateByOthers(_ value: Value?, _ request: AdmissionRequest) throws(Status) {
    try ValidatingPolicies.validate(value, request)
    try ValidatingWebhooks.validate(value, request)
  }

  /// Whether anything beside the plugins in the box looks at writes of the cluster.
  static func hasOthers(_ store: Store) -> Bool {
    hasWebhooks(store)
      || [.validatingAdmissionPolicyBinding, .mutatingAdmissionPolicyBinding].contains { (kind: Kind) in
        store.snapshot.count(kind.groupResource) > 0
      }
  }

  /// Whether a write may have to wait for an answer from outside.
  static func hasWebhooks(_ store: Store) -> Bool {
    [.mutatingWebhookConfiguration, .validatingWebhookConfiguration].contains { (kind: Kind) in
      store.snapshot.count(kind.groupResource) > 0
    }
  }
}

/// Whether a change that came late makes the plugins look again, and which of the later ones then do
/// (k8s.io/apiserver, admission/reinvocation.go).
struct Reinvocation {
  /// Whether the plugins are to run a second time.
  var isNeeded = false
  var isSecondRound = false
  /// Those that want to see later changes, and have run.
  private var candidates: Set<String> = []
  /// Those of them after whose run something has changed.
  private var outdated: Set<String> = []

  /// Notes that the object has changed: who ran before and wants to see changes is to run again.
  mutating func noteChange() {
    isNeeded = true
    outdated.formUnion(candidates)
    candidates = []
  }

  mutating func noteRun(of name: String, wantsChanges: Bool) {
    if wantsChanges { candidates.insert(name) }
  }

  func runs(_ name: String) -> Bool { !isSecondRound || outdated.contains(name) }
}
