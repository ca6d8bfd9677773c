import Schema
import Tree

/// `metadata.managedFields`: who owns which fields of an object.
struct ManagedFields {
  struct Entry {
    var manager: FieldManager
    var fields: FieldSet
    /// When the manager last wrote; nil for one that has only agreed with what was there.
    var time: String?
    /// As it is stored, as long as nothing of it changes.
    fileprivate var stored: Value?

    init(manager: FieldManager, fields: FieldSet, time: String? = nil) {
      self.manager = manager
      self.fields = fields
      self.time = time
    }
  }

  private(set) var entries: [Entry] = []

  init() {}

  /// The entries as an object has them; nil if they make no sense.
  init?(_ value: Value?) {
    for item in value?.array ?? [] {
      guard let entry = Entry(item) else { return nil }
      entries.append(entry)
    }
  }

  /// What managers other than that one own.
  func others(than manager: FieldManager) -> [Entry] { entries.filter { !$0.manager.isSame(as: manager) } }

  func entry(of manager: FieldManager) -> Entry? { entries.first { $0.manager.isSame(as: manager) } }

  /// Takes fields from all managers, or from all but one; `fields` names them as each manager's version does.
  mutating func remove(exceptFrom manager: FieldManager? = nil, _ fields: (FieldManager) -> FieldSet) {
    for index in entries.indices where manager.map({ !entries[index].manager.isSame(as: $0) }) ?? true {
      let fields = fields(entries[index].manager)
      guard !fields.isEmpty else { continue }
      let rest = entries[index].fields.difference(fields)
      guard rest != entries[index].fields else { continue }
      entries[index].fields = rest
      entries[index].stored = nil
    }
    entries.removeAll { $0.fields.isEmpty }
  }

  /// Makes a manager the owner of exactly those fields; of none, it goes.
  mutating func set(_ entry: Entry) {
    entries.removeAll { $0.manager.isSame(as: entry.manager) }
    if !entry.fields.isEmpty { entries.append(entry) }
  }

  /// The entries in their order; nil if there are none.
  var value: Value? {
    if entries.isEmpty { return nil }
    return .array(entries.sorted { $0.precedes($1) }.map(\.value))
  }

  // MARK: Limits

  /// How many managers that update an object may have (k8s.io/apimachinery, managedfields DefaultMaxUpdateManagers).
  private static let updaterLimit = 10

  /// Merges the longest idle managers into one for each version where there are too many.
  mutating func bound() {
    let updaters = entries.filter { $0.manager.operation == .update }.sorted { $0.precedes($1) }
    var excess = updaters.count - Self.updaterLimit
    var first: [String: Entry] = [:]
    for entry in updaters where excess > 0 {
      guard let earlier = first[entry.manager.apiVersion] else {
        first[entry.manager.apiVersion] = entry
        continue
      }
      let bucket = FieldManager(name: ManagerName.ancient, apiVersion: entry.manager.apiVersion)
      let gathered = self.entry(of: bucket)?.fields ?? earlier.fields
      entries.removeAll { $0.manager == earlier.manager || $0.manager == entry.manager }
      set(Entry(manager: bucket, fields: gathered.union(entry.fields), time: entry.time))
      excess -= 1
    }
  }
}

extension ManagedFields.Entry {
  /// Appliers before updaters, then the earlier one, then by name (k8s.io/apimachinery, managedfields).
  fileprivate func precedes(_ other: Self) -> Bool {
    if manager.operation != other.manager.operation { return manager.operation == .apply }
    if time != other.time { return time ?? "" < other.time ?? "" }
    if manager.name != other.manager.name { return manager.name < other.manager.name }
    if manager.apiVersion != other.manager.apiVersion { return manager.apiVersion < other.manager.apiVersion }
    return manager.subresource < other.manager.subresource
  }

  fileprivate init?(_ value: Value) {
    guard let operation = FieldManager.Operation(rawValue: value["operation"]?.string ?? ""),
      value["fieldsType"]?.string == "FieldsV1", let fields = value["fieldsV1"].flatMap({ FieldSet(fieldsV1: $0) })
    else { return nil }
    manager = FieldManager(
      name: value["manager"]?.string ?? "", operation: operation, apiVersion: value["apiVersion"]?.string ?? "",
      subresource: value["subresource"]?.string ?? "")
    self.fields = fields
    time = value["time"]?.string
    stored = value
  }

  fileprivate var value: Value {
    if let stored { return stored }
    var members: [Members.Member] = []
    func add(_ key: String, _ value: Value) { members.append(Members.Member(key: key, value: value)) }
    add("manager", .string(manager.name))
    add("operation", .string(manager.operation.rawValue))
    add("apiVersion", .string(manager.apiVersion))
    if let time { add("time", .string(time)) }
    add("fieldsType", "FieldsV1")
    add("fieldsV1", fields.fieldsV1)
    if !manager.subresource.isEmpty { add("subresource", .string(manager.subresource)) }
    return .object(Members(distinct: members))
  }
}
