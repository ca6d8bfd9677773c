import Schema
import Testing
import Tree

@Suite("The passes over schema and tree")
struct PassesTests {
  private static let text = """
    package io.test.v1 test/v1

    words Colour: Red Green

    kind Thing
      spec   1: ThingSpec
      status 2: ThingStatus?

    type ThingSpec
      size    1: int32? = 7  range 1 9
      flag    2: boolean
      title   3!: string     shown required "say something" length 5
      colour  4: Colour
      parts   5: [Part]      keys name
      limits  6: {Quantity}
      parent  7: string      immutable
      rest    8: Rest
      due     9: Time
      code   10: string      pattern "^[a-z]+$"

    type ThingStatus
      seen 1: Time?

    type Part
      name  1: string shown
      inner 2.1: string
      other 2.2: int64?

    type Rest open
      known 1: string
    """

  private func shape() throws -> (Shape, Schema) {
    let forms = ScalarForms(
      canonicalQuantity: { $0 == "1000m" ? "1" : $0 }, moment: { _ in nil }, timeText: { _ in "" },
      microTimeText: { _ in "" })
    let schema = try Schema(reading: [Declarations(name: "test", text: Self.text)], forms: forms)
    return (try #require(schema.shape(group: "test", version: "v1", kind: "Thing")), schema)
  }

  @Test("defaults fill what is absent, zeros vanish, members come in order, nothing changes the second time")
  func defaulting() throws {
    let (shape, schema) = try shape()
    var value = try JSON.parse(
      #"{"spec":{"limits":{"cpu":"1000m"},"flag":false,"parts":[{"other":0},null],"odd":1,"size":null},"kind":"Thing"}"#
    )
    let defaulting = Defaulting(forms: schema.forms)
    defaulting.apply(shape, to: &value)
    let expected =
      #"{"kind":"Thing","spec":{"size":7,"title":"","parts":[{"name":"","other":0},{"name":""}],"#
      + #""limits":{"cpu":"1"},"rest":{},"due":null,"odd":1}}"#
    #expect(value.jsonText == expected)
    defaulting.apply(shape, to: &value)
    #expect(value.jsonText == expected)
  }

  @Test("unknown fields are pruned, except in an open shape")
  func pruning() throws {
    let (shape, _) = try shape()
    var value = try JSON.parse(#"{"spec":{"rest":{"any":1},"parts":[{"x":1}],"limits":{"memory":"1"}},"y":2}"#)
    #expect(shape.prune(&value) == ["spec.parts[0].x", "y"])
    #expect(value.jsonText == #"{"spec":{"rest":{"any":1},"parts":[{}],"limits":{"memory":"1"}}}"#)
    #expect(shape.prune(&value).isEmpty)
  }

  @Test("limits are checked field by field")
  func validation() throws {
    let (shape, _) = try shape()
    func messages(_ text: String) throws -> [String] {
      shape.violations(in: try JSON.parse(text)).map { $0.field + ": " + $0.message }
    }
    #expect(try messages(#"{"spec":{"title":"a"}}"#).isEmpty)
    #expect(try messages(#"{"spec":{}}"#) == ["spec.title: Required value: say something"])
    #expect(
      try messages(#"{"spec":{"title":"a","size":10}}"#)
        == ["spec.size: Invalid value: 10: must be between 1 and 9, inclusive"])
    #expect(
      try messages(#"{"spec":{"title":"abcdef"}}"#) == ["spec.title: Too long: may not be more than 5 bytes"])
    #expect(
      try messages(#"{"spec":{"title":"a","colour":"Blue"}}"#)
        == [#"spec.colour: Unsupported value: "Blue": supported values: "Red", "Green""#])
    #expect(
      try messages(#"{"spec":{"title":"a","code":"A1"}}"#)
        == [#"spec.code: Invalid value: "A1": should match '^[a-z]+$'"#])
  }

  @Test("an immutable field may not change")
  func immutability() throws {
    let (shape, _) = try shape()
    let old = try JSON.parse(#"{"spec":{"parent":"a","title":"x"}}"#)
    let changed = try JSON.parse(#"{"spec":{"parent":"b","title":"y"}}"#)
    #expect(shape.changesOfImmutableFields(in: old, from: old).isEmpty)
    #expect(
      shape.changesOfImmutableFields(in: changed, from: old).map(\.message)
        == [#"Invalid value: "b": field is immutable"#])
  }

  @Test("fields of embedded messages go into one message")
  func embedded() throws {
    let (_, schema) = try shape()
    let codec = ProtobufCodec(schema: schema)
    let value = try JSON.parse(
      #"{"kind":"Thing","apiVersion":"test/v1","spec":{"parts":[{"name":"n","inner":"i","other":-1}]}}"#)
    let bytes = try #require(codec.encode(value))
    let part: [UInt8] = [10, 1, 110, 18, 14, 10, 1, 105, 16] + [UInt8](repeating: 255, count: 9) + [1]
    #expect(bytes.contains([42, UInt8(part.count)] + part))
    #expect(try codec.decode(bytes) == value)
  }

  @Test("base64 is read as Go reads it")
  func base64() {
    #expect(Base64.encode(Array("hello".utf8)) == "aGVsbG8=")
    #expect(Base64.decode("aGVs\nbG8=") == Array("hello".utf8))
    for length in 0..<5 {
      let bytes = (0..<length).map { UInt8($0 * 60) }
      #expect(Base64.decode(Base64.encode(bytes)) == bytes)
    }
    for bad in ["a", "ab", "abc", "a=bc", "ab=c", "!!!!", "abcd=", "ab==c"] {
      #expect(Base64.decode(bad) == nil, "\(bad)")
    }
  }
}
