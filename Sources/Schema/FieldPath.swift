/// Where a pass stands in a tree, kept as steps so that text is made only when there is something to say.
struct FieldPath {
  private enum Step {
    case field(String)
    case index(Int)
    case key(String)
  }

  private var steps: [Step] = []

  mutating func enter(field: String) { steps.append(.field(field)) }
  mutating func enter(index: Int) { steps.append(.index(index)) }
  mutating func enter(key: String) { steps.append(.key(key)) }
  mutating func leave() { steps.removeLast() }

  /// `spec.containers[0].resources.limits[cpu]`
  var text: String {
    var text = ""
    for step in steps {
      switch step {
      case .field(let name): text += text.isEmpty ? name : "." + name
      case .index(let index): text += "[\(index)]"
      case .key(let key): text += "[\(key)]"
      }
    }
    return text
  }

  /// The names alone, as Go's decoder puts them: `spec.containers.name`.
  var names: String {
    var text = ""
    for case .field(let name) in steps { text += text.isEmpty ? name : "." + name }
    return text
  }

  /// As strict decoding writes it: a map's key is a name like any other.
  var dottedText: String {
    var text = ""
    for step in steps {
      switch step {
      case .field(let name), .key(let name): text += text.isEmpty ? name : "." + name
      case .index(let index): text += "[\(index)]"
      }
    }
    return text
  }
}
