import Loop
import Tree

/// The columns that a definition gives its objects' table.
enum CustomColumns {
  static func make(_ columns: [Value]) -> [TableColumn] {
    [.objectName] + (columns.isEmpty ? [ageColumn] : columns.compactMap(column))
  }

  private static let ageColumn = TableColumn("Age", type: "date", help: "How long ago the object was created.") {
    value, now in .string(Age.text(since: value["metadata", "creationTimestamp"], now: now))
  }

  private static func column(_ source: Value) -> TableColumn? {
    let text = source["jsonPath"]?.string ?? ""
    let type = source["type"]?.string ?? "string"
    guard let path = try? JSONPath("{" + text + "}") else { return nil }
    return TableColumn(
      source["name"]?.string ?? "", type: type, format: source["format"]?.string ?? "",
      help: source["description"]?.string ?? "", priority: Int(source["priority"]?.integer ?? 0)
    ) { value, now in
      guard let results = try? path.results(in: value), let first = results.first, !first.isNull else { return .null }
      return cell(first, all: results, type, now)
    }
  }

  private static func cell(_ value: Value, all: [Value], _ type: String, _ now: Time) -> Value {
    switch type {
    case "integer": value.integer.map(Value.integer) ?? .null
    case "number": value.number == nil ? .null : value
    case "boolean": value.boolean.map(Value.boolean) ?? .null
    case "date": .string(Age.text(since: value, now: now))
    default: .string(all.map(JSONPath.text).joined(separator: ","))
    }
  }
}
