package import Tree

/// How objects that are stored as one kind are shown as another: in another version, or in another group.
package struct KindConversion: Sendable {
  /// The kind as which the objects are stored.
  package let stored: Kind
  /// A stored object's fields as the other kind shows them; kind and apiVersion are set by the caller.
  let show: @Sendable (Value) -> Value
  /// The opposite.
  let store: @Sendable (Value) -> Value
  /// How the fields that selectors may name are called in the stored kind; empty where they are called the same.
  let fieldNames: [String: String]

  init(
    of stored: Kind, fieldNames: [String: String] = [:], show: @escaping @Sendable (Value) -> Value,
    store: @escaping @Sendable (Value) -> Value
  ) {
    self.stored = stored
    self.show = show
    self.store = store
    self.fieldNames = fieldNames
  }
}

extension Kind {
  /// The kind as which the objects are stored: this one, or the one whose objects it shows.
  package var storage: Kind { conversion?.stored ?? self }

  /// The kinds that show the same objects, the stored one first.
  package var siblings: [Kind] {
    [storage] + Kind.converting.filter { $0.storage == storage }
  }

  /// All kinds that show objects of another.
  private static let converting: [Kind] = [.newEvent, .horizontalPodAutoscalerV1]

  /// The sibling of that version, this one included; nil where there is none.
  package func sibling(apiVersion: String) -> Kind? {
    self.apiVersion == apiVersion ? self : siblings.first { $0.apiVersion == apiVersion }
  }

  /// A stored object as this kind shows it.
  package func shown(_ value: Value) -> Value {
    guard let conversion else { return value }
    return named(conversion.show(value), as: self)
  }

  /// An object of this kind as it is to be stored.
  package func stored(_ value: Value) -> Value {
    guard let conversion else { return value }
    return named(conversion.store(value), as: conversion.stored)
  }

  private func named(_ value: Value, as kind: Kind) -> Value {
    var value = value
    value["kind"] = .string(kind.name)
    value["apiVersion"] = .string(kind.apiVersion)
    kind.applyDefaults(to: &value)
    return value
  }

  /// The stored object's field that a selector's name means.
  package func storedField(_ name: String) -> String { conversion?.fieldNames[name] ?? name }

  /// What selectors may name besides name and namespace, where the kind shows objects under other names.
  package var convertedFieldNames: [String]? {
    conversion.flatMap { $0.fieldNames.isEmpty ? nil : $0.fieldNames.keys.sorted() }
  }

  // MARK: The kinds

  /// Events as events.k8s.io/v1 shows them.
  package static let newEvent = Kind(
    group: "events.k8s.io", "Event", plural: "events", shortNames: ["ev"], conversion: EventConversion.conversion)

  /// Autoscalers as autoscaling/v1 shows them.
  package static let horizontalPodAutoscalerV1 = Kind(
    group: "autoscaling", version: "v1", "HorizontalPodAutoscaler", plural: "horizontalpodautoscalers",
    shortNames: ["hpa"], categories: ["all"], subresources: ["status"], conversion: AutoscalerConversion.conversion)
}
