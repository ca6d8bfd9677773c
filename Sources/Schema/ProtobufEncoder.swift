import Tree

/// Writes a tree as a protobuf message by its shape. Values of a wrong type are left out: the tree was checked before.
struct ProtobufEncoder {
  let forms: ScalarForms

  func write(_ members: Members, _ shape: Shape, to writer: inout ProtobufWriter) {
    write(members, shape, under: [], to: &writer)
  }

  /// Writes the fields that sit below the embedded messages `prefix`.
  private func write(_ members: Members, _ shape: Shape, under prefix: [Int], to writer: inout ProtobufWriter) {
    var embedded: [Int] = []
    for field in shape.fields where field.numbers.count > prefix.count && field.numbers.starts(with: prefix) {
      let number = field.numbers[prefix.count]
      if field.numbers.count > prefix.count + 1 {
        if !embedded.contains(number) { embedded.append(number) }
      } else if let value = members[field.name] {
        write(value, field.type, number, to: &writer)
      }
    }
    for number in embedded {
      writer.message(number) { write(members, shape, under: prefix + [number], to: &$0) }
    }
  }

  private func write(_ value: Value, _ type: FieldType, _ number: Int, to writer: inout ProtobufWriter) {
    switch (type, value) {
    case (.boolean, .boolean(let flag)): writer.integer(number, flag ? 1 : 0)
    case (.int32, .integer(let integer)), (.int64, .integer(let integer)): writer.integer(number, integer)
    case (.double, _): if let double = value.number { writer.double(number, double) }
    case (.text, .string(let text)): writer.text(number, text)
    case (.bytes, .string(let text)): if let bytes = Base64.decode(text) { writer.delimited(number, bytes) }
    case (.object(let shape), .object(let members)): writer.message(number) { write(members, shape, to: &$0) }
    case (.list(let element, _), .array(let elements)):
      for value in elements { write(value, element, number, to: &writer) }
    case (.wrappedList(let element, _), .array(let elements)):
      writer.message(number) { for value in elements { write(value, element, 1, to: &$0) } }
    case (.map(let element, _), .object(let members)):
      for member in members {
        writer.message(number) {
          $0.text(1, member.key)
          write(member.value, element, 2, to: &$0)
        }
      }
    case (.anything, _), (.fieldSet, _): if !value.isNull { writer.message(number) { $0.delimited(1, value.json) } }
    default: writeScalar(value, type, number, to: &writer)
    }
  }

  private func writeScalar(_ value: Value, _ type: FieldType, _ number: Int, to writer: inout ProtobufWriter) {
    switch (type, value) {
    case (.quantity, .string(let text)): writer.message(number) { $0.text(1, text) }
    case (.intOrString, .integer(let integer)):
      writer.message(number) {
        $0.integer(1, 0)
        $0.integer(2, integer)
        $0.text(3, "")
      }
    case (.intOrString, .string(let text)):
      writer.message(number) {
        $0.integer(1, 1)
        $0.integer(2, 0)
        $0.text(3, text)
      }
    case (.time, .string(let text)), (.microTime, .string(let text)):
      guard let moment = forms.moment(text) else { return }
      writer.message(number) {
        $0.integer(1, moment.seconds)
        $0.integer(2, Int64(moment.nanoseconds))
      }
    case (.time, .null), (.microTime, .null): writer.message(number) { _ in }
    default: break
    }
  }
}
