/// Completion indexes as a Job's status has them: `0,2-4`.
///
/// Held as runs, because `0-2147483646` is few characters and many indexes.
struct IndexSet: Equatable {
  /// In order, with gaps between them.
  private var runs: [ClosedRange<Int>] = []

  init(_ indexes: [Int] = []) { runs = Self.joined(indexes.filter { $0 >= 0 }.map { $0...$0 }) }

  /// Reads the text; what is no index, or not below `bound`, is left out.
  init(_ text: String, below bound: Int) {
    var found: [ClosedRange<Int>] = []
    for part in text.split(separator: ",") {
      let ends = part.split(separator: "-").compactMap { Int($0) }
      guard let first = ends.first, let last = ends.last, first >= 0, first <= last, first < bound else { continue }
      found.append(first...min(last, bound - 1))
    }
    runs = Self.joined(found)
  }

  private static func joined(_ runs: [ClosedRange<Int>]) -> [ClosedRange<Int>] {
    var result: [ClosedRange<Int>] = []
    for run in runs.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = result.last, run.lowerBound - 1 <= last.upperBound {
        result[result.count - 1] = last.lowerBound...max(last.upperBound, run.upperBound)
      } else {
        result.append(run)
      }
    }
    return result
  }

  var count: Int { runs.reduce(0) { $0 + $1.count } }

  func contains(_ index: Int) -> Bool { runs.contains { $0.contains(index) } }

  mutating func insert(_ index: Int) {
    if index >= 0, !contains(index) { runs = Self.joined(runs + [index...index]) }
  }

  mutating func formUnion(_ other: IndexSet) { runs = Self.joined(runs + other.runs) }

  /// How many indexes are in both.
  func countShared(with other: IndexSet) -> Int {
    runs.reduce(0) { count, run in
      other.runs.reduce(count) { $0 + ($1.overlaps(run) ? $1.clamped(to: run).count : 0) }
    }
  }

  /// The first so many indexes below the bound that are not in it.
  func firstMissing(_ count: Int, below bound: Int) -> [Int] {
    var missing: [Int] = []
    var next = 0
    for run in runs + [max(bound, 0)...max(bound, 0)] {
      while next < min(run.lowerBound, bound), missing.count < count {
        missing.append(next)
        next += 1
      }
      next = max(next, run.upperBound + 1)
    }
    return missing
  }

  /// Three and more in a row are written with a dash, and two as well.
  var text: String {
    runs.map { $0.count == 1 ? String($0.lowerBound) : "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ",")
  }
}
