/// The kinds that only the classroom's own cluster serves.
extension Kind {
  /// The room: one object, named `classroom`.
  package static let classroom = Kind(
    group: "podium.dev", "Classroom", plural: "classrooms", categories: ["podium"], isNamespaced: false,
    verbs: ["get", "list", "patch", "update", "watch"], subresources: ["status"])
  package static let learner = Kind(
    group: "podium.dev", "Learner", plural: "learners", categories: ["podium"], isNamespaced: false,
    subresources: ["status"])
  /// One learner at one lesson, named `LEARNER.LESSON`.
  package static let attempt = Kind(
    group: "podium.dev", "Attempt", plural: "attempts", categories: ["podium"], isNamespaced: false,
    subresources: ["status"])
  /// A fault in many learners' clusters.
  package static let incident = Kind(
    group: "podium.dev", "Incident", plural: "incidents", categories: ["podium"], isNamespaced: false,
    subresources: ["status"])
}
