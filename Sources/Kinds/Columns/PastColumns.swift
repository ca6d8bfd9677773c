import Tree

/// The columns of bookmarks, rewinds and forks. They show moments and not ages: after a rewind the cluster's time may be
/// earlier than that at which they were made.
enum PastColumns {
  static let bookmark: [TableColumn] = [
    .objectName, revision("The revision that it names."), time("The cluster's time then."),
    TableColumn("Available", help: "Whether it can be gone back to.") { value in
      value["status", "available"]?.boolean == true ? "true" : "false"
    }, TableColumn("Note", help: "What is worth knowing about it.") { $0["spec", "note"]?.string ?? "" },
  ]

  static let rewind: [TableColumn] = [
    .objectName, revision("The revision that was gone back to."), time("The cluster's time then."),
    TableColumn("Previous", help: "The last revision before: going back there undoes the rewind.") {
      number($0["status", "previousRevision"])
    }, TableColumn("Writes", help: "How many writes it took.") { number($0["status", "writes"]) },
    TableColumn("Phase", help: "What came of it.") { $0["status", "phase"]?.string ?? "" },
  ]

  static let fork: [TableColumn] = [
    .objectName, TableColumn("Cluster", help: "The new cluster's name.") { $0["status", "cluster"]?.string ?? "" },
    revision("The revision from which it goes on."),
    TableColumn("Phase", help: "Whether it is there.") { $0["status", "phase"]?.string ?? "" },
    TableColumn("Address", help: "Where its API is.") { $0["status", "address"]?.string ?? "" },
  ]

  private static func revision(_ help: String) -> TableColumn {
    TableColumn("Revision", help: help) { number($0["status", "revision"]) }
  }

  private static func time(_ help: String) -> TableColumn {
    TableColumn("Time", help: help) { $0["status", "time"]?.string ?? "" }
  }

  private static func number(_ value: Value?) -> String { value?.integer.map { String($0) } ?? "" }
}
