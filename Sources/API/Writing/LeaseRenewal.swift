import Kinds
import Loop
package import Store
import Tree

extension Client {
  /// Says once more that a node lives: its Lease gets the present moment as `spec.renewTime`. Answers false where there
  /// is no such Lease.
  package func renewLease(of node: String, cause: Cause) -> Bool {
    writer.renewLease(Kind.lease.key(namespace: "kube-node-lease", name: node), cause: cause)
  }
}

extension ObjectWriter {
  fileprivate func renewLease(_ key: ObjectKey, cause: Cause) -> Bool {
    guard let stored = store[key] else { return false }
    let renewal = LeaseRenewal(time: now)
    if (stored.renewal?.by as? LeaseRenewal)?.time == now { return true }
    if let base = renewalBase(of: stored, cause), !Admission.hasOthers(store) {
      store.renew(key, from: base, by: renewal, cause: cause)
    } else {
      var lease = stored.value
      lease["spec", "renewTime"] = .string(now.microTimestamp)
      _ = try? update(.lease, lease, subresource: nil, cause: cause)
    }
    return true
  }

  /// What a renewal can be made of, so that it leaves what an update would: a Lease that only its holder has written to.
  private func renewalBase(of stored: StoredObject, _ cause: Cause) -> Value? {
    if let renewal = stored.renewal { return renewal.base }
    let managed = stored.value["metadata", "managedFields"]?.array ?? []
    let (manager, operation) = ManagerName.ofComponent(cause)
    guard managed.count == 1, let entry = managed.first, entry["manager"]?.string == manager,
      entry["operation"]?.string == operation.rawValue, entry["apiVersion"]?.string == Kind.lease.apiVersion,
      entry["subresource"] == nil, entry["time"] != nil, entry["fieldsV1", "f:spec", "f:renewTime"] != nil,
      stored.value["spec", "renewTime"]?.string.map({ $0 < now.microTimestamp }) == true
    else { return nil }
    var base = stored.value.inCanonicalOrder(.lease)
    Kind.lease.applyDefaults(to: &base)
    return base
  }
}

/// A Lease's next moment, and the same as the time at which its holder last wrote.
private struct LeaseRenewal: Renewal {
  let time: Time

  func applied(to base: Value) -> Value {
    var lease = base
    lease["spec", "renewTime"] = .string(time.microTimestamp)
    if var entry = lease["metadata", "managedFields"]?.array?.first {
      entry["time"] = .string(time.timestamp)
      lease["metadata", "managedFields"] = [entry]
    }
    return lease
  }
}
