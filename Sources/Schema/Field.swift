package import Tree

/// One field of a shape, with everything that the passes want to know of it.
///
/// An object, not a value: passes hand fields around all the time, and copying one would cost a dozen retains.
package final class Field: Sendable {
  /// As it is written in JSON.
  package let name: String
  /// The protobuf number; several where the field sits in embedded messages, outermost first. Empty if protobuf has it
  /// elsewhere (`kind` and `apiVersion` are in the envelope).
  package let numbers: [Int]
  package let type: FieldType
  /// Whether "absent" and "zero" differ (a pointer in Go). If not, a zero is left out when the object is written.
  package let isOptional: Bool
  /// Whether the documents (OpenAPI) list the field as required, which in Kubernetes says little about validation.
  package let isRequired: Bool
  /// Whether the field is written even when it is zero.
  package let isShown: Bool
  package let defaultValue: Value?
  package let list: ListKind?
  package let patch: PatchRule
  package let limits: Limits
  package let documentation: String
  /// Whether there are limits to what may stand in it, those of the shapes below not counted.
  let isLimited: Bool
  /// How far ownership reaches into it.
  let granularity: Granularity

  package init(
    name: String, numbers: [Int], type: FieldType, isOptional: Bool = false, isRequired: Bool = false,
    isShown: Bool = false, defaultValue: Value? = nil, list: ListKind? = nil, patch: PatchRule = PatchRule(),
    limits: Limits = Limits(), documentation: String = ""
  ) {
    self.name = name
    self.numbers = numbers
    self.type = type
    self.isOptional = isOptional
    self.isRequired = isRequired
    self.isShown = isShown
    self.defaultValue = defaultValue
    self.list = list
    self.patch = patch
    self.limits = limits
    self.documentation = documentation
    isLimited = limits != Limits() || type.hasWords
    granularity = Granularity(type, list)
  }
}

/// How server-side apply sees a list or map (`x-kubernetes-list-type`, `x-kubernetes-map-type`).
package enum ListKind: Sendable, Equatable {
  case atomic
  case set
  case map(keys: [String])
}

/// How a strategic merge patch treats a field.
package struct PatchRule: Sendable, Equatable {
  /// Whether a list is merged, not replaced.
  package var merges = false
  /// The field that tells a list's objects apart.
  package var mergeKey: String?
  /// Whether a patch that names the object keeps only the keys that it lists.
  package var retainsKeys = false

  package init() {}
}

/// What may stand in a field.
package struct Limits: Sendable, Equatable {
  /// Not nil if the field must not be empty; the text is what the error says of it, often nothing.
  package var requirement: String?
  package var minimum: Double?
  package var maximum: Double?
  /// The most characters or elements.
  package var length: Int?
  /// A regular expression.
  package var pattern: String?
  package var words: [String] = []
  package var isImmutable = false

  package init() {}
}
