import Loop

/// The last writes, oldest first, within limits of count and bytes.
struct History {
  private let limits: Feed.Limits
  private var changes: [Change]
  /// What comes before this is forgotten; it is cut off now and then, because that moves all that is behind.
  private var first = 0
  private var bytes: Int
  private var renewals: Int
  /// How many from the beginning are old enough that their objects are packed.
  private var settled = 0

  /// So many of the last writes are read all the time, by those who watch; what is older, now and then.
  private static let lively = 1_000

  /// Renewals that are kept for each other write that may be: they are small, and must not push the others out.
  private static let renewalsPerChange = 2

  init(_ changes: [Change], limits: Feed.Limits) {
    self.limits = limits
    self.changes = []
    bytes = 0
    renewals = 0
    append(changes)
  }

  private var isTooLong: Bool {
    changes.count - first - renewals > limits.changes || renewals > limits.changes * Self.renewalsPerChange
      || bytes > limits.bytes
  }

  /// The revision of the oldest write that is kept; nil where none is.
  var oldest: Int64? { first < changes.count ? changes[first].revision : nil }

  mutating func append(_ new: [Change]) {
    changes += new
    bytes += new.reduce(0) { $0 + $1.object.size }
    renewals += new.count(where: \.isRenewal)
    while first < changes.count, isTooLong {
      bytes -= changes[first].object.size
      if changes[first].isRenewal { renewals -= 1 }
      first += 1
    }
    if first > max(limits.changes / 4, 16) {
      changes.removeFirst(first)
      settled = max(settled - first, 0)
      first = 0
    }
  }

  /// Packs what the older writes are about, where it is no longer so or where nobody reads it: `isRead` says whether an
  /// object's value may still be wanted.
  mutating func settle(where isRead: (StoredObject) -> Bool) {
    settled = max(settled, first)
    while settled < changes.count - Self.lively {
      let change = changes[settled]
      change.previous?.pack()
      if !isRead(change.object) { change.object.pack() }
      settled += 1
    }
  }

  /// When the cluster came to that revision: when it was written or, where that is forgotten, not after the next.
  func time(at revision: Int64) -> Time? {
    let later = after(revision)
    return later.startIndex > first ? changes[later.startIndex - 1].time : later.first?.time
  }

  /// The writes after a revision.
  func after(_ revision: Int64) -> ArraySlice<Change> {
    var low = first
    var high = changes.count
    while low < high {
      let middle = (low + high) / 2
      if changes[middle].revision <= revision { low = middle + 1 } else { high = middle }
    }
    return changes[low...]
  }
}
