import Store
import Tree

/// Which of a kind's classes is meant by those who name none: the one that is marked.
enum DefaultClass {
  /// Of several that are marked the newest, and of those the first by name.
  static func choice(among classes: [StoredObject], marks: [String]) -> StoredObject? {
    let marked = classes.filter { stored in
      marks.contains { stored.value["metadata", "annotations", $0]?.string == "true" }
    }
    return marked.reduce(nil) { newest, other in
      guard let newest else { return other }
      return time(other) > time(newest) ? other : newest
    }
  }

  private static func time(_ stored: StoredObject) -> String {
    stored.value["metadata", "creationTimestamp"]?.string ?? ""
  }
}
