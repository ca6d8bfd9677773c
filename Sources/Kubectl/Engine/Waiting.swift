import Tree

/// Waits for objects to change, by watching them.
enum Waiting {
  /// How long to let pass before looking again where a watch brings nothing.
  private static let pollSeconds = 1.0

  /// Until every object is gone; an object of the same name with another UID counts as gone.
  static func untilGone(
    _ deleted: [(item: Item, uid: String)], timeout: Double?, _ session: Session
  ) throws(Failure) {
    let deadline = timeout.map { session.transport.now + Int64($0 * 1_000_000_000) }
    for (item, uid) in deleted {
      do throws(Failure) {
        let isGone = try until(item, deadline: deadline, session) { object in
          guard let object else { return true }
          return !uid.isEmpty && object["metadata", "uid"]?.string != uid
        }
        if !isGone, !session.isCancelled {
          throw .error("timed out waiting for the condition on \(item.resource.name)/\(item.name)")
        }
      } catch {
        // Whoever may delete but not look need not wait.
        if error.httpStatus != 403, error.httpStatus != 405 { throw error }
      }
    }
  }

  /// Looks at an object now and after each change until `condition` holds; it gets nil where there is none.
  ///
  /// - Returns: whether the condition came to hold before the deadline (the cluster's nanoseconds) and before the
  ///   person cancelled.
  static func until(
    _ item: Item, deadline: Int64?, _ session: Session, condition: (Value?) throws(Failure) -> Bool
  ) throws(Failure) -> Bool {
    while !session.isCancelled {
      let list = try session.request("GET", item.resource.path(namespace: item.namespace), query: selecting(item))
      let object = list["items"]?.array?.first
      if try condition(object) { return true }
      guard let remaining = remaining(deadline, session) else { return false }
      var query = selecting(item) + [("resourceVersion", list["metadata", "resourceVersion"]?.string ?? "")]
      if deadline != nil { query.append(("timeoutSeconds", String(Int(remaining.rounded(.up))))) }
      let before = session.transport.now
      if try watch(item, query, deadline, session, condition) { return true }
      // A stream that ends at once must not make this loop spin.
      if session.transport.now == before { session.transport.pause(seconds: pollSeconds) }
    }
    return false
  }

  private static func selecting(_ item: Item) -> [(String, String)] {
    [("fieldSelector", "metadata.name=\(item.name)")]
  }

  /// Seconds until the deadline; nil if it has passed. Without one a long time.
  private static func remaining(_ deadline: Int64?, _ session: Session) -> Double? {
    guard let deadline else { return .greatestFiniteMagnitude }
    let left = Double(deadline - session.transport.now) / 1_000_000_000
    return left > 0 ? left : nil
  }

  private static func watch(
    _ item: Item, _ query: [(String, String)], _ deadline: Int64?, _ session: Session,
    _ condition: (Value?) throws(Failure) -> Bool
  ) throws(Failure) -> Bool {
    var holds = false
    var problem: Failure?
    try session.watch(item.resource.path(namespace: item.namespace), query: query) { event in
      guard let object = event["object"], event["type"] != "BOOKMARK" else { return true }
      if event["type"] == "ERROR" { return false }
      do throws(Failure) {
        holds = try condition(event["type"] == "DELETED" ? nil : object)
      } catch {
        problem = error
        return false
      }
      return !holds && deadline.map { session.transport.now < $0 } != false
    }
    if let problem { throw problem }
    return holds
  }
}
