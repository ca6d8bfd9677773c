import Kinds
import Schema
import Tree

/// What a write changes, in the words of each version in which managers own fields: versions name fields differently.
final class VersionedComparison {
  private let tracking: FieldTracking
  private let live: Value
  private let next: Value
  private let own: FieldComparison
  private var others: [String: FieldComparison] = [:]

  /// `live` and `next` are as the tracking's kind shows them, and `own` compares them so.
  init(_ tracking: FieldTracking, from live: Value, to next: Value, _ own: FieldComparison) {
    self.tracking = tracking
    self.live = live
    self.next = next
    self.own = own
  }

  /// The comparison in a version; in the writer's own, where that version shows the object no differently.
  subscript(apiVersion: String) -> FieldComparison {
    let kind = tracking.kind
    guard apiVersion != kind.apiVersion, let sibling = kind.sibling(apiVersion: apiVersion), let shape = sibling.shape
    else { return own }
    if let known = others[apiVersion] { return known }
    let comparison = FieldComparison(
      from: kind.convert(live, to: sibling).untracked, to: kind.convert(next, to: sibling).untracked, shape
    ).excluding(tracking.ignored)
    others[apiVersion] = comparison
    return comparison
  }
}
