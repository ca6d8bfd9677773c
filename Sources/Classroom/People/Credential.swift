import API
import Kinds
import Store
import Tree

/// A person's session, personal code or token, as it is kept: a Secret in the classroom's cluster that holds the secret's
/// digest, never the secret. A learner's end with the Learner, which owns them.
struct Credential: Sendable {
  static let namespace = "kube-system"
  private static let type = "podium.dev/credential"
  private static let prefix = "podium.dev/"

  let purpose: CredentialPurpose
  let person: Person
  /// The digest in hexadecimal.
  let fingerprint: String
  /// Seconds since 1970; nil: never.
  let expiry: Int64?
  /// Of the Learner whose it is: another one of the same name is somebody else.
  private(set) var owner: String?

  init(_ purpose: CredentialPurpose, of person: Person, fingerprint: String, expiry: Int64? = nil) {
    self.purpose = purpose
    self.person = person
    self.fingerprint = fingerprint
    self.expiry = expiry
  }

  /// Of a stored Secret; nil for one that is something else.
  init?(_ stored: StoredObject) {
    guard stored.value["type"]?.string == Self.type, let metadata = stored.value["metadata"],
      let purpose = Self.label(metadata, "purpose").flatMap(CredentialPurpose.init),
      let role = Self.label(metadata, "role").flatMap(Role.init), let name = Self.label(metadata, "person"),
      let fingerprint = stored.value["data", "sha256"]?.string.flatMap({ Base64.decode($0, alphabet: .standard) })
    else { return nil }
    self.purpose = purpose
    person = Person(role, name: name, nickname: metadata["annotations", Self.prefix + "nickname"]?.string ?? "")
    self.fingerprint = String(decoding: fingerprint, as: UTF8.self)
    expiry = metadata["annotations", Self.prefix + "expires"]?.string.flatMap { Int64($0) }
    owner = metadata["ownerReferences"]?.array?.first?["uid"]?.string
  }

  private static func label(_ metadata: Value, _ name: String) -> String? {
    metadata["labels", prefix + name]?.string
  }

  /// The Secret's name: of the digest too little to find it.
  static func objectName(_ purpose: CredentialPurpose, _ fingerprint: String) -> String {
    purpose.rawValue + "-" + fingerprint.prefix(20)
  }

  var objectName: String { Self.objectName(purpose, fingerprint) }

  /// The Secret; `owner` is the Learner whose it is.
  func object(owner: StoredObject?) -> Value {
    var annotations: Value = [:]
    if !person.nickname.isEmpty { annotations[Self.prefix + "nickname"] = .string(person.nickname) }
    if let expiry { annotations[Self.prefix + "expires"] = .string(String(expiry)) }
    var metadata: Value = [
      "name": .string(objectName), "namespace": .string(Self.namespace),
      "labels": .object(
        Members([
          (Self.prefix + "purpose", .string(purpose.rawValue)), (Self.prefix + "role", .string(person.role.rawValue)),
          (Self.prefix + "person", .string(person.name)),
        ])), "annotations": annotations,
    ]
    if let owner { metadata["ownerReferences"] = [OwnedBy.reference(owner)] }
    return [
      "metadata": metadata, "type": .string(Self.type), "immutable": true,
      "data": ["sha256": .string(Base64.encode(Array(fingerprint.utf8), alphabet: .standard))],
    ]
  }
}

/// What ends with its owner.
enum OwnedBy {
  static func reference(_ owner: StoredObject) -> Value {
    [
      "apiVersion": owner.value["apiVersion"] ?? "", "kind": owner.value["kind"] ?? "", "name": .string(owner.name),
      "uid": .string(owner.uid),
    ]
  }
}
