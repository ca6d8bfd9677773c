import API
import Kinds
import Loop
import Store
import Tree

/// A part of the control plane as the API knows it: its name, its writes with their cause, its events.
struct Component {
  let name: String
  let client: Client
  let events: EventRecorder

  /// `eventSource` is what stands in its events, where that is not its name.
  init(_ name: String, client: Client, eventSource: String? = nil) {
    self.name = name
    self.client = client
    events = EventRecorder(client: client, component: eventSource ?? name)
  }

  var store: Store { client.store }
  var loop: Loop { client.loop }
  var now: Time { client.loop.now }

  /// Creates an object because of what `subject` says.
  @discardableResult
  func create(_ kind: Kind, _ value: Value, because subject: StoredObject?) throws(Status) -> StoredObject {
    let name = value["metadata", "name"]?.string ?? value["metadata", "generateName"]?.string ?? ""
    let key = kind.key(namespace: value["metadata", "namespace"]?.string ?? "", name: name)
    return try client.create(kind, value, cause: cause("create", key, subject))
  }

  /// Writes an object's next state, or with `subresource` only that part of it.
  @discardableResult
  func update(
    _ kind: Kind, _ value: Value, subresource: String? = nil, because subject: StoredObject?
  ) throws(Status) -> StoredObject {
    let object = AnyObjectView(value)
    let key = kind.key(namespace: object.namespace, name: object.name)
    let verb = subresource.map { "update " + $0 + " of" } ?? "update"
    return try client.update(kind, value, subresource: subresource, cause: cause(verb, key, subject))
  }

  /// Deletes exactly this object, not another that took its name since.
  func delete(
    _ kind: Kind, _ object: StoredObject, options: DeleteOptions = DeleteOptions(), because subject: StoredObject?
  ) throws(Status) {
    var options = options
    options.uid = object.uid
    try client.delete(
      kind, namespace: object.namespace, name: object.name, options: options,
      cause: cause("delete", object.key, subject))
  }

  private func cause(_ verb: String, _ key: ObjectKey, _ subject: StoredObject?) -> Cause {
    Cause(actor: name, request: verb + " " + key.groupResource.name + " " + key.path, subject: subject)
  }
}

extension Status {
  /// Whether the API refused because the namespace is on its way out: nothing to report, the objects go with it.
  var isNamespaceTerminating: Bool {
    details?.causes.contains { $0.reason == "NamespaceTerminating" } ?? false
  }

  /// Whether a refusal is nothing to tell anybody: it passes.
  var isToBeExpected: Bool { isNamespaceTerminating || waitsForWebhook }

  var isNotFound: Bool { code == 404 }
  var isAlreadyExists: Bool { code == 409 && reason == "AlreadyExists" }
}
