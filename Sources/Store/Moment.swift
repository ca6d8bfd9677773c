package import Loop

/// What a cluster held at one revision, and when that was by its own time.
package struct Moment: Sendable {
  package let snapshot: Snapshot
  package let time: Time

  package init(snapshot: Snapshot, time: Time) {
    self.snapshot = snapshot
    self.time = time
  }

  package var revision: Int64 { snapshot.revision }
}

/// Moments that are kept though the history moves on, within a limit of their objects' bytes.
///
/// Moments share the objects that are the same in them, so each object state is counted once.
struct KeptMoments {
  private(set) var moments: [Int64: Moment] = [:]
  /// In how many moments an object state is, by its revision.
  private var uses: [Int64: Int] = [:]
  private(set) var bytes = 0

  /// Keeps a moment. Answers those that were let go to make room, the earliest first.
  mutating func keep(_ moment: Moment, limit: Int) -> [Int64] {
    letGo(moment.revision)
    moments[moment.revision] = moment
    for object in moment.snapshot.objects {
      if uses[object.revision] == nil { bytes += object.json.count }
      uses[object.revision, default: 0] += 1
    }
    var gone: [Int64] = []
    while bytes > limit, let earliest = moments.keys.min() {
      letGo(earliest)
      gone.append(earliest)
    }
    return gone
  }

  mutating func letGo(_ revision: Int64) {
    guard let moment = moments.removeValue(forKey: revision) else { return }
    for object in moment.snapshot.objects {
      let left = uses[object.revision, default: 1] - 1
      uses[object.revision] = left > 0 ? left : nil
      if left == 0 { bytes -= object.json.count }
    }
  }
}
