/// Who follows which container's log.
final class LogBoard {
  /// Somebody who follows; called with each line, and with nil when the container has ended.
  typealias Follower = (LogLine?) -> Void

  private struct Subject: Hashable {
    let pod: String
    let container: String
  }

  private var followers: [Subject: [(id: Int, follower: Follower)]] = [:]
  private var subjects: [Int: Subject] = [:]
  private var nextID = 0

  func follow(pod: String, container: String, _ follower: @escaping Follower) -> Int {
    nextID += 1
    let subject = Subject(pod: pod, container: container)
    followers[subject, default: []].append((nextID, follower))
    subjects[nextID] = subject
    return nextID
  }

  func unfollow(_ id: Int) {
    guard let subject = subjects.removeValue(forKey: id) else { return }
    followers[subject]?.removeAll { $0.id == id }
    if followers[subject]?.isEmpty == true { followers[subject] = nil }
  }

  func tell(_ lines: [LogLine], pod: String, container: String) {
    guard !followers.isEmpty, let entries = followers[Subject(pod: pod, container: container)] else { return }
    for line in lines {
      for entry in entries { entry.follower(line) }
    }
  }

  /// The container has ended: nobody hears more of this run.
  func end(pod: String, container: String) { end(Subject(pod: pod, container: container)) }

  /// The pod is gone.
  func forget(_ pod: String) {
    for subject in followers.keys.filter({ $0.pod == pod }).sorted(by: { $0.container < $1.container }) { end(subject) }
  }

  /// All containers are gone.
  func endAll() {
    for subject in followers.keys.sorted(by: { ($0.pod, $0.container) < ($1.pod, $1.container) }) { end(subject) }
  }

  private func end(_ subject: Subject) {
    for entry in followers.removeValue(forKey: subject) ?? [] {
      subjects[entry.id] = nil
      entry.follower(nil)
    }
  }
}
