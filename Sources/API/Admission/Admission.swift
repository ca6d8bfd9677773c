import Kinds
import Store
import Tree

/// What an admission plugin looks at besides the object itself.
struct AdmissionRequest {
  let kind: Kind
  let key: ObjectKey
  /// nil of a creation.
  let previous: Value?
  let writer: ObjectWriter

  var isCreation: Bool { previous == nil }
  var store: Store { writer.store }

  /// The namespace that the object lies in; nil of a cluster's object.
  var namespace: Value? { store[Kind.namespace.key(namespace: "", name: key.namespace)]?.value }

  /// A refusal that names the object.
  func forbidden(_ why: String) -> Status { .forbidden(kind, key.name, why) }
}

/// Who sends the request that is being answered, and what admission has to tell him.
final class Sender {
  let caller: Caller
  var warnings: [String] = []

  init(_ caller: Caller) { self.caller = caller }
}

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

/// The plugins that a cluster has, in Kubernetes' order (kubeapiserver/options, AllOrderedPlugins).
enum Admission {
  private static let plugins: [any AdmissionPlugin.Type] = [
    NamespaceLifecycle.self, LimitRanger.self, ServiceAccounts.self, PodSecurity.self, Priorities.self,
    DefaultTolerations.self, DefaultStorageClass.self, StorageProtection.self, ClaimGrowth.self,
    VolumeWarnings.self, RuntimeClasses.self, CertificateSubjectRestriction.self, DefaultIngressClass.self,
    ValidatingPolicies.self,
  ]

  static func admit(_ value: inout Value, _ request: AdmissionRequest) throws(Status) {
    for plugin in plugins { try plugin.admit(&value, request) }
    if request.kind == .service { try ServiceAddresses.admit(&value, request) }
  }

  /// Refuses a finished object, or answers what it takes of its namespace's quotas, which come last of all.
  static func validate(_ value: Value, _ request: AdmissionRequest) throws(Status) -> [QuotaCharge] {
    for plugin in plugins { try plugin.validate(value, request) }
    return try ResourceQuotas.charges(of: value, request)
  }
}
