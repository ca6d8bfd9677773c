package import Tree

/// Finds the first value whose JSON type is not the field's, and words it as Go's decoder does
/// (sigs.k8s.io/json, `UnmarshalTypeError`, and the decoders of Quantity, Time and IntOrString).
package struct TypeChecking {
  private let forms: ScalarForms
  private var path = FieldPath()
  /// The Go type that holds the field at hand.
  private var owner = ""

  package init(forms: ScalarForms) { self.forms = forms }

  /// The error in a tree of that shape; nil if it could be decoded.
  package static func error(in value: Value, _ shape: Shape, forms: ScalarForms) -> String? {
    var check = TypeChecking(forms: forms)
    return check.check(value, .object(shape))
  }

  private mutating func check(_ value: Value, _ type: FieldType) -> String? {
    switch (type, value) {
    case (_, .null), (.anything, _), (.boolean, .boolean), (.text, .string), (.double, .integer), (.double, .number):
      return nil
    case (.object(let shape), .object(let members)): return check(members, shape)
    case (.list(let element, _), .array(let elements)), (.wrappedList(let element, _), .array(let elements)):
      return check(elements, element)
    case (.map(let element, _), .object(let members)): return check(valuesOf: members, element)
    case (.int64, .integer): return nil
    case (.int32, .integer(let number)): return Int32(exactly: number) == nil ? mismatch(value, type) : nil
    case (.quantity, _), (.intOrString, _), (.time, _), (.microTime, _): return checkScalar(value, type)
    case (.bytes, .string(let text)):
      return Base64.firstError(in: text).map { "illegal base64 data at input byte \($0)" }
    case (.fieldSet, .object): return nil
    default: return mismatch(value, type)
    }
  }

  private mutating func check(_ members: Members, _ shape: Shape) -> String? {
    let outer = owner
    defer { owner = outer }
    var last = -1
    for member in members {
      guard let position = shape.position(of: member.key, after: last) else { continue }
      last = position
      owner = shape.name
      path.enter(field: member.key)
      defer { path.leave() }
      if let error = check(member.value, shape.fields[position].type) { return error }
    }
    return nil
  }

  private mutating func check(_ elements: [Value], _ type: FieldType) -> String? {
    for element in elements {
      if let error = check(element, type) { return error }
    }
    return nil
  }

  private mutating func check(valuesOf members: Members, _ type: FieldType) -> String? {
    for member in members {
      if let error = check(member.value, type) { return error }
    }
    return nil
  }

  private func checkScalar(_ value: Value, _ type: FieldType) -> String? {
    switch (type, value) {
    case (.quantity, .string(let text)):
      return forms.canonicalQuantity(text) == nil ? TypeChecking.quantityError : nil
    case (.quantity, .integer), (.quantity, .number), (.intOrString, .string): return nil
    case (.quantity, _): return TypeChecking.quantityError
    case (.intOrString, .integer(let number)) where Int32(exactly: number) != nil: return nil
    case (.intOrString, _): return "json: cannot unmarshal \(TypeChecking.word(value)) into Go value of type int32"
    case (_, .string(let text)):
      if forms.moment(text) != nil { return nil }
      return TypeChecking.timeError(text, isMicro: { if case .microTime = type { true } else { false } }())
    default: return "json: cannot unmarshal \(TypeChecking.word(value)) into Go value of type string"
    }
  }

  private static let quantityError =
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"

  private static func timeError(_ text: String, isMicro: Bool) -> String {
    let layout = isMicro ? "2006-01-02T15:04:05.000000Z07:00" : "2006-01-02T15:04:05Z07:00"
    return #"parsing time "\#(text)" as "\#(layout)": cannot parse "\#(text)" as "2006""#
  }

  private func mismatch(_ value: Value, _ type: FieldType) -> String {
    let names = path.names
    let word = TypeChecking.word(value, isNumberExpected: type.isNumber)
    if names.isEmpty { return "json: cannot unmarshal \(word) into Go value of type \(type.goName)" }
    return "json: cannot unmarshal \(word) into Go struct field \(owner).\(names) of type \(type.goName)"
  }

  /// The JSON type as Go names it; a number that does not fit is named with its digits.
  private static func word(_ value: Value, isNumberExpected: Bool = false) -> String {
    switch value {
    case .null: "null"
    case .boolean: "bool"
    case .integer, .number: isNumberExpected ? "number " + value.jsonText : "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}

extension FieldType {
  fileprivate var isNumber: Bool {
    switch self {
    case .int32, .int64, .double: true
    default: false
    }
  }
}
