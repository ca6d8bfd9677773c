package import Kinds
package import Loop
package import Store
package import Tree

/// Every write to a cluster's objects, from outside or inside, goes through here: defaults, checks, admission, store.
package final class ObjectWriter {
  package let store: Store
  package let loop: Loop

  package init(store: Store, loop: Loop) {
    self.store = store
    self.loop = loop
  }

  package func create(_ kind: Kind, _ value: Value, namespace: String, cause: Cause) throws(Status) -> StoredObject {
    var value = value
    var name = value["metadata", "name"]?.string ?? ""
    if name.isEmpty, let prefix = value["metadata", "generateName"]?.string {
      name = prefix + loop.random("names").suffix()
      value["metadata", "name"] = .string(name)
    }
    let key = kind.key(namespace: namespace, name: name)
    guard store[key] == nil else { throw Status.alreadyExists(kind, name) }
    value["apiVersion"] = .string(kind.apiVersion)
    value["kind"] = .string(kind.name)
    if kind.isNamespaced { value["metadata", "namespace"] = .string(namespace) }
    value["metadata", "uid"] = .string(loop.random("uids").uuid())
    value["metadata", "creationTimestamp"] = .string(loop.now.timestamp)
    value["metadata", "generation"] = 1
    return store.insert(value, at: key, cause: cause)
  }

  package func update(_ kind: Kind, _ value: Value, subresource: String?, cause: Cause) throws(Status) -> StoredObject {
    let name = value["metadata", "name"]?.string ?? ""
    let key = kind.key(namespace: value["metadata", "namespace"]?.string ?? "", name: name)
    guard let stored = store[key] else { throw Status.notFound(kind, name) }
    if let version = value["metadata", "resourceVersion"]?.string, version != String(stored.revision) {
      throw Status.conflict(kind, name)
    }
    var next = stored.value
    if subresource == "status" {
      next["status"] = value["status"]
    } else {
      next = value
      next["status"] = stored.value["status"]
      if next["spec"] != stored.value["spec"] {
        next["metadata", "generation"] = .integer((stored.value["metadata", "generation"]?.integer ?? 0) + 1)
      }
    }
    next["metadata", "resourceVersion"] = stored.value["metadata", "resourceVersion"]
    guard next != stored.value else { return stored }
    return store.replace(next, at: key, cause: cause)
  }

  package func delete(_ kind: Kind, namespace: String, name: String, options: DeleteOptions, cause: Cause)
    throws(Status)
    -> StoredObject
  {
    let key = kind.key(namespace: namespace, name: name)
    guard let stored = store[key] else { throw Status.notFound(kind, name) }
    return store.remove(key, last: stored.value, cause: cause)
  }

  package func bind(namespace: String, pod name: String, node: String, cause: Cause) throws(Status) {
    let key = Kind.pod.key(namespace: namespace, name: name)
    guard let stored = store[key] else { throw Status.notFound(.pod, name) }
    var pod = Pod(stored.value)
    pod.spec.nodeName = node
    store.replace(pod.value, at: key, cause: cause)
  }
}
