/// A set of paths through an object: which fields somebody owns, or which a write changed.
///
/// A path may be in the set without those below it, and the other way round.
package struct FieldSet: Sendable, Equatable {
  /// What the set says about one element and what is below it.
  struct Node: Sendable, Equatable {
    let element: FieldElement
    /// Whether the path that ends here is in the set.
    var isMember: Bool
    var children: FieldSet
  }

  /// Sorted by element; none of them empty.
  private(set) var nodes: [Node]

  package init() { nodes = [] }

  /// The nodes in any order, no element twice.
  init(unsorted nodes: [Node]) {
    self.nodes = nodes
    if !nodes.indices.dropFirst().allSatisfy({ nodes[$0 - 1].element < nodes[$0].element }) {
      self.nodes.sort { $0.element < $1.element }
    }
  }

  /// The nodes in their order.
  private init(sorted nodes: [Node]) { self.nodes = nodes }

  package var isEmpty: Bool { nodes.isEmpty }

  func node(_ element: FieldElement) -> Node? {
    nodes.first { $0.element == element }
  }

  /// Adds a path; an empty one adds nothing.
  package mutating func insert(_ path: some Collection<FieldElement>) {
    guard let element = path.first else { return }
    let rest = path.dropFirst()
    let place = nodes.firstIndex { $0.element >= element } ?? nodes.count
    if place == nodes.count || nodes[place].element != element {
      nodes.insert(Node(element: element, isMember: false, children: FieldSet()), at: place)
    }
    if rest.isEmpty {
      nodes[place].isMember = true
    } else {
      nodes[place].children.insert(rest)
    }
  }

  package func contains(_ path: some Collection<FieldElement>) -> Bool {
    guard let element = path.first, let node = node(element) else { return false }
    let rest = path.dropFirst()
    return rest.isEmpty ? node.isMember : node.children.contains(rest)
  }

  /// All paths: those of a level before those below it.
  package var paths: [[FieldElement]] {
    var found: [[FieldElement]] = []
    collect([], &found)
    return found
  }

  private func collect(_ prefix: [FieldElement], _ found: inout [[FieldElement]]) {
    for node in nodes where node.isMember { found.append(prefix + [node.element]) }
    for node in nodes { node.children.collect(prefix + [node.element], &found) }
  }

  /// The paths that have none below them.
  package var leaves: FieldSet {
    FieldSet(
      sorted: nodes.map { node in
        var node = node
        node.children = node.children.leaves
        if !node.children.isEmpty { node.isMember = false }
        return node
      })
  }
}

// MARK: Algebra

extension FieldSet {
  package func union(_ other: FieldSet) -> FieldSet {
    if isEmpty { return other }
    if other.isEmpty { return self }
    return combined(with: other) { left, right in
      guard let left else { return right }
      guard let right else { return left }
      return Node(
        element: left.element, isMember: left.isMember || right.isMember,
        children: left.children.union(right.children))
    }
  }

  /// The paths that the other set does not have.
  package func difference(_ other: FieldSet) -> FieldSet {
    if isEmpty || other.isEmpty { return self }
    return combined(with: other) { left, right in
      guard let left, let right else { return left }
      return Node(
        element: left.element, isMember: left.isMember && !right.isMember,
        children: left.children.difference(right.children))
    }
  }

  /// The paths that neither the other set has nor lie below one that it has.
  package func recursiveDifference(_ other: FieldSet) -> FieldSet {
    if isEmpty || other.isEmpty { return self }
    return combined(with: other) { left, right in
      guard let left, let right else { return left }
      if right.isMember { return nil }
      return Node(
        element: left.element, isMember: left.isMember, children: left.children.recursiveDifference(right.children))
    }
  }

  package func intersection(_ other: FieldSet) -> FieldSet {
    if isEmpty || other.isEmpty { return FieldSet() }
    return combined(with: other) { left, right in
      guard let left, let right else { return nil }
      return Node(
        element: left.element, isMember: left.isMember && right.isMember,
        children: left.children.intersection(right.children))
    }
  }

  /// Walks both sets in order and keeps what is made of each element's nodes, unless it is empty.
  private func combined(with other: FieldSet, _ combine: (Node?, Node?) -> Node?) -> FieldSet {
    var result: [Node] = []
    result.reserveCapacity(max(nodes.count, other.nodes.count))
    var (left, right) = (0, 0)
    while left < nodes.count || right < other.nodes.count {
      let isLeft = right == other.nodes.count || left < nodes.count && nodes[left].element <= other.nodes[right].element
      let isRight =
        left == nodes.count || right < other.nodes.count && other.nodes[right].element <= nodes[left].element
      if let node = combine(isLeft ? nodes[left] : nil, isRight ? other.nodes[right] : nil),
        node.isMember || !node.children.isEmpty
      {
        result.append(node)
      }
      if isLeft { left += 1 }
      if isRight { right += 1 }
    }
    return FieldSet(sorted: result)
  }

  /// The set with each declared field that has members below it a member itself.
  ///
  /// Nobody owns `spec` as such, but when all that was in it goes, it must be able to go as well.
  func withNamedFields(_ type: FieldType) -> FieldSet {
    FieldSet(
      sorted: nodes.map { node in
        var node = node
        let below = type.type(of: node.element)
        if case .field = node.element, case .object(let shape) = type, below != nil, !shape.isAtomic {
          node.isMember = true
        }
        if let below { node.children = node.children.withNamedFields(below) }
        return node
      })
  }
}

extension FieldType {
  /// The type of what lies one step below.
  fileprivate func type(of element: FieldElement) -> FieldType? {
    switch (self, element) {
    case (.object(let shape), .field(let name)): shape.field(name)?.type
    case (.map(let below, _), .field): below
    case (.list(let below, _), _): below
    default: nil
    }
  }
}
