/// Completion indexes as a Job's status has them: `0,2-4`.
struct IndexSet: Equatable {
  private(set) var indexes: Set<Int>

  init(_ indexes: Set<Int> = []) { self.indexes = indexes }

  /// Reads the text; what is no index, or not below `bound`, is left out.
  init(_ text: String, below bound: Int) {
    indexes = []
    for part in text.split(separator: ",") {
      let ends = part.split(separator: "-").compactMap { Int($0) }
      guard let first = ends.first, let last = ends.last, first >= 0, first <= last, first < bound else { continue }
      indexes.formUnion(first...min(last, bound - 1))
    }
  }

  var count: Int { indexes.count }

  func contains(_ index: Int) -> Bool { indexes.contains(index) }

  mutating func insert(_ index: Int) { indexes.insert(index) }

  /// Three and more in a row are written with a dash, and two as well.
  var text: String {
    var parts: [String] = []
    var run: ClosedRange<Int>?
    func close() {
      if let run { parts.append(run.count == 1 ? String(run.lowerBound) : "\(run.lowerBound)-\(run.upperBound)") }
    }
    for index in indexes.sorted() {
      if let present = run, index == present.upperBound + 1 {
        run = present.lowerBound...index
      } else {
        close()
        run = index...index
      }
    }
    close()
    return parts.joined(separator: ",")
  }
}
