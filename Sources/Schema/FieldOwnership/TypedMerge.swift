package import Tree

/// Puts an applied configuration into an object: what it names is as it says, all else stays.
///
/// Lists of objects and sets are merged by what tells their elements apart; atomic values are replaced
/// (Kubernetes documentation, "Server-Side Apply: Merge strategy").
package enum TypedMerge {
  /// The object with the configuration in it.
  package static func merge(_ config: Value, into live: Value, _ shape: Shape) -> Value {
    merged(live, config, .object(shape))
  }

  private static func merged(_ live: Value, _ config: Value, _ granularity: Granularity) -> Value {
    switch granularity {
    case .leaf: return config
    case .object, .map:
      guard case .object(var members) = live, let changes = config.object else { return config.isNull ? live : config }
      for member in changes {
        let present = members[member.key]
        members[member.key] = present.map { merged($0, member.value, granularity.member(member.key)) } ?? member.value
      }
      return .object(members)
    case .set, .keyed:
      guard let before = live.array, let after = config.array else { return config.isNull ? live : config }
      return .array(mergedElements(before, after, granularity))
    }
  }

  /// The elements of both lists. Those of the configuration come in its order; the others keep their place among them.
  private static func mergedElements(_ live: [Value], _ config: [Value], _ granularity: Granularity) -> [Value] {
    let before = IdentifiedElements(live, granularity)
    let after = IdentifiedElements(config, granularity)
    let wishes = after.distinct
    var shared = wishes.filter { before.first($0) != nil }[...]
    var result: [Value] = []
    var place = 0
    /// Takes what only the live list has, up to the element that both have and that comes next.
    func takeOthers() {
      while place < live.count {
        if let here = before.identities[place], after.first(here) != nil {
          if here == shared.first { return }
        } else {
          result.append(live[place])
        }
        place += 1
      }
    }
    for identity in wishes {
      takeOthers()
      guard let wish = after.first(identity) else { continue }
      result.append(before.first(identity).map { merged($0, wish, granularity.element) } ?? wish)
      if identity == shared.first { shared.removeFirst() }
    }
    takeOthers()
    return result
  }
}
