import Tree

/// A `Table` as the server answers it, and how kubectl shows it.
struct ServerTable {
  static let accept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"

  struct Options {
    var isWide = false
    var showsNamespace = false
    var showsLabels = false
    var labelColumns: [String] = []
    /// Written before names: `pod/`; nil for none.
    var prefix: String?
    var showsEventTypes = false
    var showsHeader = true
  }

  private(set) var columns: [(name: String, priority: Int)] = []
  var rows: [Value] = []
  /// The revision of the list.
  private(set) var revision = ""
  private(set) var next = ""

  /// A table, or a plain list or object of a server that makes none, shown by name and age.
  init(_ answer: Value, columns known: [(name: String, priority: Int)] = []) {
    revision = answer["metadata", "resourceVersion"]?.string ?? ""
    next = answer["metadata", "continue"]?.string ?? ""
    guard answer["kind"] == "Table" else {
      columns = [("Name", 0), ("Age", 0)]
      for object in answer["items"]?.array ?? [answer] {
        rows.append(["cells": [object["metadata", "name"] ?? "", "<unknown>"], "object": object])
      }
      return
    }
    columns = (answer["columnDefinitions"]?.array ?? []).map {
      ($0["name"]?.string ?? "", Int($0["priority"]?.integer ?? 0))
    }
    if columns.isEmpty { columns = known }
    rows = answer["rows"]?.array ?? []
  }

  mutating func append(_ other: ServerTable) {
    rows += other.rows
    if columns.isEmpty { columns = other.columns }
  }

  private func shown(_ options: Options) -> [Int] {
    columns.indices.filter { options.isWide || columns[$0].priority == 0 }
  }

  func header(_ options: Options) -> [String] {
    var cells: [String] = options.showsEventTypes ? ["EVENT"] : []
    if options.showsNamespace { cells.append("NAMESPACE") }
    cells += shown(options).map { columns[$0].name.uppercased() }
    for label in options.labelColumns {
      cells.append(label.split(separator: "/").last.map { $0.uppercased() } ?? "")
    }
    if options.showsLabels { cells.append("LABELS") }
    return cells
  }

  func cells(_ row: Value, event: String = "", _ options: Options) -> [String] {
    let metadata = row["object", "metadata"]
    let labels = metadata?["labels"]
    var cells: [String] = options.showsEventTypes ? [event] : []
    if options.showsNamespace { cells.append(metadata?["namespace"]?.string ?? "") }
    for (position, index) in shown(options).enumerated() {
      let values = row["cells"]?.array ?? []
      let text = index < values.count ? Self.text(values[index]) : ""
      cells.append(position == 0 ? (options.prefix ?? "") + text : text)
    }
    for label in options.labelColumns { cells.append(labels?[label]?.string ?? "") }
    if options.showsLabels { cells.append(Self.labels(labels)) }
    return cells
  }

  private static func text(_ value: Value) -> String {
    switch value {
    case .null: "<none>"
    case .string(let text): text.contains("\n") ? String(text.prefix { $0 != "\n" }) + "..." : text
    default: JSONPath.text(value)
    }
  }

  /// `app=web,tier=front` in the order of the keys; `<none>` for none.
  static func labels(_ labels: Value?) -> String {
    let pairs = (labels?.object ?? Members()).map { ($0.key, $0.value.string ?? "") }.sorted { $0.0 < $1.0 }
    return pairs.isEmpty ? "<none>" : pairs.map { "\($0.0)=\($0.1)" }.joined(separator: ",")
  }
}
