import Tree

/// How a kind's lists merge, from the server's schema (`x-kubernetes-patch-merge-key`, `x-kubernetes-patch-strategy`).
///
/// Custom resources say nothing of the kind: they are patched by a plain merge patch.
struct MergeFacts {
  private let schemas: Value?
  private let root: Value?

  init(_ document: Value?, resource: Resource) {
    schemas = document?["components", "schemas"]
    let isBuiltIn = !resource.group.contains(".") || resource.group.hasSuffix(".k8s.io")
    root = isBuiltIn ? schemas?.object?.first { Self.names($0.value, resource) }?.value : nil
  }

  private static func names(_ schema: Value, _ resource: Resource) -> Bool {
    (schema["x-kubernetes-group-version-kind"]?.array ?? []).contains {
      $0["group"]?.string == resource.group && $0["version"]?.string == resource.version
        && $0["kind"]?.string == resource.kind
    }
  }

  /// The kind's own place.
  var top: Place { Place(facts: self, schema: root, strategies: [], key: nil) }

  var isStrategic: Bool { root != nil }

  var contentType: String { isStrategic ? "application/strategic-merge-patch+json" : "application/merge-patch+json" }

  /// A field, and how it merges.
  struct Place {
    fileprivate let facts: MergeFacts
    fileprivate let schema: Value?
    let strategies: [String]
    /// What tells a list's elements apart; nil for lists of plain values.
    let key: String?

    var merges: Bool { strategies.contains("merge") }
    var retainsKeys: Bool { strategies.contains("retainKeys") }

    /// The place of a member.
    subscript(name: String) -> Place {
      let schema = facts.resolved(schema)
      let property = schema?["properties"]?[name] ?? schema?["additionalProperties"]
      let strategies = property?["x-kubernetes-patch-strategy"]?.string ?? ""
      return Place(
        facts: facts, schema: property, strategies: strategies.split(separator: ",").map(String.init),
        key: property?["x-kubernetes-patch-merge-key"]?.string)
    }

    /// The place of a list's elements.
    var elements: Place {
      Place(facts: facts, schema: facts.resolved(schema)?["items"], strategies: [], key: nil)
    }
  }

  fileprivate func resolved(_ schema: Value?) -> Value? {
    guard let schema else { return nil }
    let reference = schema["$ref"]?.string ?? schema["allOf"]?.array?.first?["$ref"]?.string
    guard let name = reference?.split(separator: "/").last else { return schema }
    return schemas?[String(name)]
  }
}
