import Loop
import Tree

/// `kubectl get classrooms`, `learners`, `attempts` and `incidents`.
enum ClassroomColumns {
  static let classroom: [TableColumn] = [
    .objectName, TableColumn("Title", help: "What the course is called.") { $0["spec", "title"]?.string ?? "" },
    TableColumn("Join Code", help: "With which a learner joins.") { $0["status", "joinCode"]?.string ?? "" },
    flag("Locked", "Whether nobody new may join.", "spec", "locked"),
    flag("Paused", "Whether the learners' clocks stand still.", "spec", "paused"),
    TableColumn("Learners", help: "How many learners there are.", count: "status", "learners"),
    TableColumn("Places", help: "How many there may be.", count: "status", "places"), .age,
  ]

  static let learner: [TableColumn] = [
    .objectName, TableColumn("Nickname", help: "What the others call them.") { $0["spec", "nickname"]?.string ?? "" },
    TableColumn("Phase", help: "Whether the cluster is there.") { $0["status", "phase"]?.string ?? "" },
    TableColumn("Lesson", help: "The lesson they are at.") { $0["status", "current", "lesson"]?.string ?? "" },
    TableColumn("Step", help: "The step they are at.") { $0["status", "current", "step"]?.string ?? "" },
    since("Hand", "How long the hand has been raised.", "handSince"),
    since("Seen", "When they last worked.", "lastSeen"),
    .age,
  ]

  static let attempt: [TableColumn] = [
    .objectName, TableColumn("Step", help: "The step they are at.") { $0["status", "step"]?.string ?? "" },
    TableColumn("State", help: "Whether its checks pass.") { $0["status", "state"]?.string ?? "" },
    TableColumn("Condition", help: "The first condition that does not hold.") { value in
      value["status", "condition", "id"]?.string ?? ""
    }, since("Since", "Since when nothing has got better.", "since"),
    TableColumn("Hints", help: "How many hints they have been shown.", count: "status", "hintsShown"), .age,
  ]

  static let incident: [TableColumn] = [
    .objectName, TableColumn("Fault", help: "What is broken.") { $0["spec", "fault", "type"]?.string ?? "" },
    TableColumn("Active", help: "In how many clusters.") { value in
      let count = { (field: String) in String(value["status", field]?.integer ?? 0) }
      return count("active") + "/" + count("total")
    }, TableColumn("Failed", help: "In how many clusters it cannot be done.", count: "status", "failed"), .age,
  ]

  private static func flag(_ name: String, _ help: String, _ part: String, _ field: String) -> TableColumn {
    TableColumn(name, help: help) { $0[part, field]?.boolean == true ? "true" : "false" }
  }

  private static func since(_ name: String, _ help: String, _ field: String) -> TableColumn {
    TableColumn(name, help: help) { value, now in
      guard let moment = value["status", field], moment.string != nil else { return "" }
      return .string(Age.text(since: moment, now: now))
    }
  }
}
