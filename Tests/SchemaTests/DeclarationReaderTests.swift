import Schema
import Testing
import Tree

@Suite("The text that declares types")
struct DeclarationReaderTests {
  static let forms = ScalarForms(
    canonicalQuantity: { $0 }, moment: { _ in nil }, timeText: { _ in "" }, microTimeText: { _ in "" })

  static func schema(_ text: String) throws(DeclarationError) -> Schema {
    try Schema(reading: [Declarations(name: "test", text: text)], forms: forms)
  }

  @Test("a field has a name, numbers, a type, a default, marks and a documentation line")
  func field() throws {
    let schema = try Self.schema(
      """
      package io.test.v1 test/v1

      words Colour: Red Green
      alias Names: [string]

      type Thing  -- A thing.
        size    3!: int32? = 7   range 1 9 immutable  -- How big.
        colour 1.2: Colour
        parts    4: [Part]       keys name,kind merge kind retainKeys required "at least one"
        names    5: Names        set shown

      type Part atomic
        name 1: string
      """)
    let thing = try #require(schema.shape("io.test.v1.Thing"))
    #expect(thing.documentation == "A thing.")
    #expect(thing.home.group == "test" && thing.home.version == "v1")
    let size = try #require(thing.field("size"))
    #expect(size.numbers == [3] && size.isRequired && size.isOptional && size.defaultValue == 7)
    #expect(size.limits.minimum == 1 && size.limits.maximum == 9 && size.limits.isImmutable)
    #expect(size.documentation == "How big.")
    let colour = try #require(thing.field("colour"))
    #expect(colour.numbers == [1, 2] && colour.type.goName == "v1.Colour")
    let parts = try #require(thing.field("parts"))
    #expect(parts.list == .map(keys: ["name", "kind"]) && parts.type.goName == "[]v1.Part")
    #expect(parts.patch.mergeKey == "kind" && parts.patch.retainsKeys && parts.limits.requirement == "at least one")
    let names = try #require(thing.field("names"))
    #expect(names.isShown && names.list == .set && names.type.goName == "v1.Names")
    #expect(schema.shape("io.test.v1.Part")?.isAtomic == true)
  }

  @Test(
    "a mistake names its line",
    arguments: [
      ("package a\ntype T\n  x 1: Missing", 3, "unknown type `Missing`"),
      ("package a\ntype T\n  x 0: string", 3, "`0` is no field number"),
      ("package a\ntype T\n  x 1: string sideways", 3, "unknown mark `sideways`"),
      ("package a\ntype T\n  x", 3, "expected `name number: type`"),
      ("package a\n\ntype T\ntype T", 4, "`T` is declared twice"),
      ("type T", 1, "a type before `package`"),
      ("package a\nshape T", 2, "expected package, type, kind, words or alias, found `shape`"),
      ("package a\ntype T\n  x 1: string = {", 3, "the default `{` is no JSON"),
      ("package a\ntype T\n  x 1: int32 min few", 3, "`few` is no number"),
    ])
  func mistakes(text: String, line: Int, message: String) {
    do throws(DeclarationError) {
      _ = try Self.schema(text)
      Issue.record("accepted: \(text)")
    } catch {
      #expect(error.line == line)
      #expect(error.message == message)
      #expect(error.source == "test")
    }
  }
}
