import Kinds
import Store
import Tree

/// What a service account's token is tied to besides the account: it ends with that object.
struct BoundObjects {
  var pod: Reference?
  var secret: Reference?
  var node: Reference?

  /// The node that a pod runs on; without uid, where there is no such Node.
  static func node(of pod: StoredObject, in store: Store) -> Reference? {
    guard let name = pod.value["spec", "nodeName"]?.string, !name.isEmpty else { return nil }
    return store[Kind.node.key(namespace: "", name: name)].map { Reference($0) } ?? Reference(name: name, uid: "")
  }

  struct Reference {
    var name: String
    /// Empty where the object is not there.
    var uid: String

    init(name: String, uid: String) {
      self.name = name
      self.uid = uid
    }

    init(_ object: StoredObject) { self.init(name: object.name, uid: object.uid) }

    /// As a token's claims hold it.
    init?(_ claim: Value?) {
      guard let claim else { return nil }
      self.init(name: claim["name"]?.string ?? "", uid: claim["uid"]?.string ?? "")
    }

    var claim: Value {
      var claim: Value = ["name": .string(name)]
      if !uid.isEmpty { claim["uid"] = .string(uid) }
      return claim
    }
  }
}
