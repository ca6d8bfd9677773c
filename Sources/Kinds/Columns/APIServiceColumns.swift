import Tree

/// `kubectl get apiservices`.
enum APIServiceColumns {
  static let all: [TableColumn] = [
    .objectName,
    TableColumn("Service", help: "Who answers.") { value in
      guard let service = value["spec", "service"] else { return "Local" }
      return service.text("namespace") + "/" + service.text("name")
    },
    TableColumn("Available", help: "Whether it is answered.") { value in
      let conditions = value["status", "conditions"]?.array ?? []
      guard let available = conditions.first(where: { $0["type"] == "Available" }) else { return "Unknown" }
      return available["status"] == "True"
        ? "True" : "\(available.text("status")) (\(available.text("reason")))"
    }, .age,
  ]
}
