/// One kind of object: its names, where it is served, and what may be done with it.
///
/// A kind is declared once, as data. What its fields are stands in the schema of the same name; what else Kubernetes
/// does with it (conditional defaults, rules across fields, table columns) stands in one file for each kind that needs it.
package final class Kind: Sendable {
  package let group: String
  package let version: String
  /// `Pod`
  package let name: String
  /// `pods`
  package let plural: String
  package let shortNames: [String]
  package let categories: [String]
  package let isNamespaced: Bool
  package let verbs: [String]
  /// `status`, `scale`, `log` …
  package let subresources: [String]
  /// `pod`
  package let singular: String
  /// `PodList`
  package let listName: String
  /// What its objects look like, for a kind that an object of the cluster defines.
  package let custom: CustomSchema?
  /// Whether what is created of it is answered where writes are, although nothing of the kind is stored: the answer is a
  /// write of another kind, or takes what only the cluster's loop knows.
  package let isAnsweredOnLoop: Bool
  /// How its objects are made of another kind's; nil for a kind whose objects are stored as they are shown.
  package let conversion: KindConversion?

  package static let allVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]

  package init(
    group: String = "", version: String = "v1", _ name: String, plural: String, shortNames: [String] = [],
    categories: [String] = [], isNamespaced: Bool = true, verbs: [String] = Kind.allVerbs, subresources: [String] = [],
    singular: String? = nil, listName: String? = nil, custom: CustomSchema? = nil,
    isAnsweredOnLoop: Bool = false, conversion: KindConversion? = nil
  ) {
    self.group = group
    self.version = version
    self.name = name
    self.plural = plural
    self.shortNames = shortNames
    self.categories = categories
    self.isNamespaced = isNamespaced
    self.verbs = verbs
    self.subresources = subresources
    self.singular = singular ?? name.lowercased()
    self.listName = listName ?? name + "List"
    self.custom = custom
    self.isAnsweredOnLoop = isAnsweredOnLoop
    self.conversion = conversion
  }

  /// `v1`, `apps/v1`
  package var apiVersion: String { group.isEmpty ? version : group + "/" + version }

  /// Whether objects of this kind are stored (reviews and the like are answered and forgotten).
  package var isStored: Bool { verbs.contains("get") }
}

extension Kind: Hashable {
  package static func == (left: Kind, right: Kind) -> Bool { left === right }
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
