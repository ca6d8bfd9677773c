package import Schema
package import Tree
import Loop

/// The shapes of the built-in kinds, and what a kind does with an object by means of its shape.
package enum BuiltInSchema {
  /// All declared shapes; their names are read at first use, their fields when a shape is first asked for.
  package static let schema: Schema = {
    do throws(DeclarationError) {
      return try Schema(reading: Tables.all, forms: .kubernetes, fieldsWhenNeeded: true)
    } catch {
      preconditionFailure(error.description)
    }
  }()

  /// Protobuf of all declared kinds, lists, `Status`, `DeleteOptions` and watch events.
  package static let protobuf = ProtobufCodec(schema: schema)
}

extension ScalarForms {
  /// Quantities and times as Kubernetes reads and writes them.
  package static let kubernetes = ScalarForms(
    canonicalQuantity: { Quantity($0)?.description },
    moment: { text in
      Time.moment(of: text).map { Moment(seconds: $0.seconds, nanoseconds: Int32($0.nanoseconds)) }
    },
    timeText: { Time.timestamp(seconds: $0.seconds) },
    microTimeText: { Time.microTimestamp(seconds: $0.seconds, nanoseconds: Int64($0.nanoseconds)) })
}

extension Kind {
  /// What the kind's objects look like; nil for a kind without declaration.
  package var shape: Shape? {
    custom?.shape ?? BuiltInSchema.schema.shape(group: group, version: version, kind: name)
  }

  private var rules: [any KindRules] { RulesTable.rules(for: self) }

  /// Fills in the defaults, static and conditional, and brings the object into the form in which Kubernetes writes it.
  package func applyDefaults(to value: inout Value) {
    if let custom { return custom.applyDefaults(to: &value) }
    guard let shape else { return }
    let defaulting = Defaulting(forms: BuiltInSchema.schema.forms)
    defaulting.apply(shape, to: &value)
    for rule in rules { rule.defaults(&value) }
  }

  /// Sets what the server decides of a new object that has its name, uid and creation time: its first status, and what
  /// the kind's rules say.
  package func prepareForCreation(_ value: inout Value) {
    if custom != nil {
      if subresources.contains("status") { value["status"] = nil }
      return
    }
    if subresources.contains("status"), let shape {
      value["status"] = nil
      Defaulting(forms: BuiltInSchema.schema.forms).apply(shape, to: &value)
    }
    for rule in rules { rule.prepareForCreation(&value) }
  }

  /// Everything that is wrong with a new object, defaults applied: names, required fields, limits, rules across fields.
  package func validate(_ value: Value) -> [FieldError] {
    if let custom { return MetadataRules(kind: self).validate(value, old: nil) + custom.errors(in: value, old: nil) }
    return MetadataRules(kind: self).validate(value, old: nil)
      + inOrder(declaredErrors(in: value), rules.flatMap { $0.validate(value, old: nil, subresource: nil) })
  }

  /// Everything that is wrong with a change: what `validate` finds, and changes of what may not change.
  package func validateUpdate(_ value: Value, from old: Value, subresource: String?) -> [FieldError] {
    if let custom { return MetadataRules(kind: self).validate(value, old: old) + custom.errors(in: value, old: old) }
    let immutable = shape?.changesOfImmutableFields(in: value, from: old).map(FieldError.init) ?? []
    return MetadataRules(kind: self).validate(value, old: old)
      + inOrder(
        declaredErrors(in: value) + immutable,
        rules.flatMap { $0.validate(value, old: old, subresource: subresource) })
  }

  /// Both sorts of errors as Kubernetes would find them: the rules' in their own order, each declared one before the
  /// first of those whose field comes later in the object.
  private func inOrder(_ declared: [FieldError], _ ofRules: [FieldError]) -> [FieldError] {
    guard !declared.isEmpty, !ofRules.isEmpty, let shape else { return declared + ofRules }
    // What a rule finds as well is found once.
    let declared = declared.filter { !ofRules.contains($0) }
    var result = ofRules.map { (place: shape.place(of: $0.field), error: $0) }
    for error in declared {
      let place = shape.place(of: error.field)
      let index = result.firstIndex { place.lexicographicallyPrecedes($0.place) } ?? result.count
      result.insert((place, error), at: index)
    }
    return result.map(\.error)
  }

  /// What is wrong with a stored object that comes through a kind which shows it under other names, besides what the
  /// stored kind finds wrong; `old` is nil on creation.
  package func validateConverted(_ value: Value, old: Value?) -> [FieldError] {
    conversion == nil ? [] : rules.flatMap { $0.validate(value, old: old, subresource: nil) }
  }

  private func declaredErrors(in value: Value) -> [FieldError] {
    shape?.violations(in: value).map(FieldError.init) ?? []
  }

  /// The paths of fields that the kind does not have.
  package func unknownFields(in value: Value) -> [String] {
    if let custom {
      var copy = value
      return custom.prune(&copy)
    }
    return shape?.unknownFields(in: value) ?? []
  }

  /// Drops the fields that the kind does not have, and answers their paths.
  package func prune(_ value: inout Value) -> [String] { custom?.prune(&value) ?? shape?.prune(&value) ?? [] }

  /// The error of Go's decoder for the first value of a wrong JSON type; nil if there is none.
  package func typeError(in value: Value) -> String? {
    let shape = custom == nil ? shape : CustomObject.shape
    return shape.flatMap { TypeChecking.error(in: value, $0, forms: BuiltInSchema.schema.forms) }
  }

  /// The object as a strategic merge patch leaves it.
  package func strategicMerge(_ patch: Value, into value: Value) throws(PatchError) -> Value {
    try StrategicMerge.apply(patch, to: value, shape)
  }

  /// The object that a client sent in Kubernetes' protobuf.
  package func decodeProtobuf(_ bytes: [UInt8]) throws(ProtobufError) -> Value {
    try BuiltInSchema.protobuf.decode(bytes, fallback: shape)
  }

  /// The object in Kubernetes' protobuf; empty for a kind without declaration.
  package func encodeProtobuf(_ value: Value) -> [UInt8] { BuiltInSchema.protobuf.encode(value) ?? [] }
}

extension FieldError {
  fileprivate init(_ violation: Violation) {
    let kind: Kind =
      switch violation.reason {
      case .required: .required
      case .invalid: .invalid
      case .notSupported: .notSupported
      case .tooLong: .tooLong
      case .tooMany: .tooMany
      }
    self.init(kind, field: violation.field, message: violation.message)
  }
}
