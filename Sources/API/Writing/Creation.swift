import Kinds
import Loop
import Store
import Tree

extension ObjectWriter {
  /// Stores a new object, or with `isDryRun` only says how it would be.
  func create(
    _ kind: Kind, _ value: Value, namespace: String, cause: Cause, isDryRun: Bool, ownership: Ownership = .ofComponent
  ) throws(Status) -> StoredObject {
    var value = value.inCanonicalOrder(kind)
    let given = value["metadata", "managedFields"]
    value["metadata", "managedFields"] = nil
    let namespace = kind.isNamespaced ? namespace : ""
    let isNameMade = setName(&value, kind, namespace)
    value["metadata", "namespace"] = kind.isNamespaced ? .string(namespace) : nil
    kind.applyDefaults(to: &value)
    Strategy.complete(&value, kind, old: nil)
    let managed = managedFields(ofNew: value, given: given, kind, ownership, cause)
    if kind == .node, !ownership.isComponent { NewNodes.admit(&value) }
    let name = value["metadata", "name"]?.string ?? ""
    let key = kind.key(namespace: namespace, name: name)
    var request = AdmissionRequest(
      kind: kind, key: key, operation: .create, previous: nil, writer: self, actor: cause.actor, isDryRun: isDryRun,
      isNameMade: isNameMade)
    try Admission.admit(&value, request)
    request.isNameMade = false
    setSystemFields(&value, kind)
    Strategy.prepareForCreate(&value, kind, now: loop.now)
    SigningRequests.prepareForCreate(&value, kind, sender)
    let errors =
      SigningRequests.errors(value, old: nil, kind, certificates) + kind.validate(value)
      + ownership.view(of: kind).validateConverted(value, old: nil)
    if !errors.isEmpty { throw .invalid(kind, name, errors) }
    value["metadata", "managedFields"] = managed
    let charges = try Admission.validate(value, request)
    try ClusterLimits.check(request)
    try bytes?.check(value, request)
    guard store[key] == nil else {
      throw isNameMade ? Status.generateNameConflict(kind, name) : Status.alreadyExists(kind, name)
    }
    if !isDryRun { for charge in charges { charge.note(in: store, cause: cause) } }
    return commit(value, at: key, cause: cause, isDryRun: isDryRun)
  }

  /// How many names are made of a `generateName` until one is free (k8s.io/apiserver, maxNameGenerationCreateAttempts).
  private static var nameAttempts: Int { 8 }

  /// Makes a name of `generateName`, where there is no other; answers whether it did.
  private func setName(_ value: inout Value, _ kind: Kind, _ namespace: String) -> Bool {
    guard value["metadata", "name"]?.string?.isEmpty ?? true,
      let prefix = value["metadata", "generateName"]?.string, !prefix.isEmpty
    else { return false }
    for _ in 0..<Self.nameAttempts {
      // Kubernetes leaves five places for the random end (k8s.io/apiserver, names.SimpleNameGenerator).
      let name = String(prefix.prefix(58)) + loop.random("names").suffix()
      value["metadata", "name"] = .string(name)
      if store[kind.key(namespace: namespace, name: name)] == nil { break }
    }
    return true
  }

  private func setSystemFields(_ value: inout Value, _ kind: Kind) {
    value["metadata", "uid"] = .string(loop.random("uids").uuid())
    value["metadata", "creationTimestamp"] = .string(now.timestamp)
    for field in ["resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"] {
      value["metadata", field] = nil
    }
    value["metadata", "generation"] = Strategy.hasGeneration(kind) ? 1 : nil
  }
}

extension Value {
  /// The object with kind, apiVersion and metadata first: lists and people rely on it.
  func inCanonicalOrder(_ kind: Kind) -> Value {
    let old = self["metadata"]?.object ?? Members()
    var metadata: [Members.Member] = []
    metadata.reserveCapacity(old.count + 4)  // what the server adds
    for name in Self.firstFields {
      if let value = old[name], !value.isNull { metadata.append(.init(key: name, value: value)) }
    }
    for member in old where !Self.firstFields.contains(member.key) { metadata.append(member) }
    var members: [Members.Member] = []
    members.reserveCapacity((object?.count ?? 0) + 3)
    members.append(.init(key: "kind", value: .string(kind.name)))
    members.append(.init(key: "apiVersion", value: .string(kind.apiVersion)))
    members.append(.init(key: "metadata", value: .object(Members(distinct: metadata))))
    for member in object ?? Members() where !["kind", "apiVersion", "metadata"].contains(member.key) {
      members.append(member)
    }
    return .object(Members(distinct: members))
  }

  /// How the metadata of an object begin.
  private static let firstFields = [
    "name", "generateName", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp",
  ]
}
