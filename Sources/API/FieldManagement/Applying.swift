import Kinds
import Schema
import Tree

/// Server-side apply: an object is made to be as a configuration says, and the one who applies owns what it says.
struct Applying {
  let tracking: FieldTracking
  let force: Bool

  struct Result {
    var object: Value
    var managedFields: Value?
  }

  /// The object after the configuration is applied to it; `live` is nil where it is to be made.
  func apply(_ config: Value, to live: Value?) throws(Status) -> Result {
    try check(config)
    guard let live else { return create(config) }
    do throws(Conflicts) {
      return try apply(config, to: live, force: force)
    } catch {
      guard tracking.manager.name == ManagerName.kubectl, error.areAllowed(by: live, tracking.shape) else {
        throw error.status
      }
    }
    do throws(Conflicts) {
      return try apply(config, to: live, force: true)
    } catch {
      throw error.status
    }
  }

  private func check(_ config: Value) throws(Status) {
    if config["metadata", "managedFields"] != nil { throw .badRequest("metadata.managedFields must be nil") }
    let kind = tracking.kind
    let version = config["apiVersion"]?.string ?? ""
    if version != kind.apiVersion {
      throw .badRequest(
        "Incorrect version specified in apply patch. Specified patch version: \(version), expected: \(kind.apiVersion)")
    }
    guard let error = ApplyChecking.error(in: config, tracking.shape) else { return }
    let place = (config["metadata", "namespace"]?.string ?? "") + "/" + (config["metadata", "name"]?.string ?? "")
    let name = (kind.group.isEmpty ? "/" + kind.version : kind.apiVersion) + ", Kind=" + kind.name
    throw Status(
      code: 500, reason: "", message: "failed to create typed patch object (\(place); \(name)): \(error)")
  }

  private func fields(of config: Value) -> FieldSet {
    FieldSet(of: config, tracking.shape).recursiveDifference(tracking.ignored)
  }

  private func create(_ config: Value) -> Result {
    var managed = ManagedFields()
    managed.set(
      ManagedFields.Entry(
        manager: tracking.manager, fields: tracking.owned(fields(of: config)), time: tracking.now.timestamp))
    return Result(object: config, managedFields: managed.value)
  }

  private func apply(_ config: Value, to stored: Value, force: Bool) throws(Conflicts) -> Result {
    let live = stored.untracked
    var managed = managedFields(of: stored, live)
    let manager = tracking.manager
    let last = managed.entry(of: manager)
    let set = fields(of: config)
    let owned = managed.others(than: manager).reduce(set) { $0.union($1.fields) }
    let merged = TypedMerge.merge(config, into: live, tracking.shape)
    let next = FieldRemoval.prune(merged, last: last?.fields ?? FieldSet(), owned: owned, tracking.shape)
    let comparison = FieldComparison(from: live, to: next, tracking.shape).excluding(tracking.ignored)
    let versions = VersionedComparison(tracking, from: live, to: next, comparison)
    let conflicts = Conflicts(managed.others(than: manager)) { versions[$0.apiVersion].changed }
    if !force, !conflicts.isEmpty { throw conflicts }
    managed.remove(exceptFrom: manager) { versions[$0.apiVersion].changed }
    managed.remove(exceptFrom: manager) { versions[$0.apiVersion].removed }
    let time = next == live ? last?.time : tracking.now.timestamp
    let fields = tracking.owned(set)
    if last?.fields != fields || last?.time != time {
      managed.set(ManagedFields.Entry(manager: manager, fields: fields, time: time))
    }
    return Result(object: next == live ? live : next, managedFields: managed.value)
  }

  /// The owners until now. An object that nobody tracked belongs to one who came before.
  private func managedFields(of stored: Value, _ live: Value) -> ManagedFields {
    let managed = ManagedFields(stored["metadata", "managedFields"]) ?? ManagedFields()
    if !managed.entries.isEmpty { return managed }
    var result = ManagedFields()
    let before = FieldManager(name: ManagerName.beforeFirstApply, apiVersion: tracking.kind.apiVersion)
    let fields = FieldComparison(ofNew: live, tracking.shape).excluding(tracking.ignored).changed
    result.set(ManagedFields.Entry(manager: before, fields: tracking.owned(fields), time: tracking.now.timestamp))
    return result
  }
}
