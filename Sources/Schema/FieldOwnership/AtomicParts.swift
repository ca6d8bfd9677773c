package import Tree

/// The parts of a configuration that have one owner as a whole: atomic lists, maps and objects.
package enum AtomicParts {
  /// Their places, as `.spec.containers[0].args`, in the order of the configuration.
  package static func paths(in config: Value, _ shape: Shape) -> [String] {
    var found: [String] = []
    collect(config, .object(shape), "", &found)
    return found
  }

  private static func collect(_ value: Value, _ granularity: Granularity, _ path: String, _ found: inout [String]) {
    switch value {
    case .object(let members):
      if case .leaf = granularity { return found.append(path) }
      guard case .object(let shape) = granularity else { return }
      for member in members where shape.field(member.key) != nil {
        collect(member.value, granularity.member(member.key), "\(path).\(member.key)", &found)
      }
    case .array(let elements):
      if case .leaf = granularity { return found.append(path) }
      for (index, element) in elements.enumerated() {
        guard element.object != nil else { continue }
        collect(element, granularity.element, "\(path)[\(index)]", &found)
      }
    default: break
    }
  }
}
