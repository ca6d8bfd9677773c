import Testing
import Tree

@Suite("Reading YAML")
struct YAMLReadingTests {
  @Test(
    "Plain scalars mean what Kubernetes' tools take them for",
    arguments: [
      ("yes", Value.boolean(true)), ("NO", false), ("On", true), ("off", false), ("y", true), ("N", false),
      ("TRUE", true), ("tRUE", "tRUE"), ("~", .null), ("", .null), ("NULL", .null), ("nil", "nil"),
      ("0x1F", 31), ("-0x10", -16), ("0o17", 15), ("017", 15), ("08", 8), ("0b101", 5), ("1_000", 1000), ("+5", 5),
      ("9223372036854775807", .integer(.max)), ("9223372036854775808", .number(9_223_372_036_854_775_808)),
      ("1e3", 1000), ("1.0", 1), ("1.5", .number(1.5)), (".5", .number(0.5)), ("-.5", .number(-0.5)), ("1.", 1),
      ("12e03", 12000), ("1e", "1e"), ("0x", "0x"), ("1.2.3", "1.2.3"), ("100m", "100m"),
      ("2026-01-01", "2026-01-01"), ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"), ("1:30", "1:30"),
      ("\"yes\"", "yes"), ("'80'", "80"), ("!!str 5", "5"), ("!!int \"5\"", 5), ("!!float 5", 5), ("!foo 5", "5"),
      ("!!binary aGVsbG8=", "hello"), ("\"a\\x41\\u00e9\"", "aAé"),
    ])
  func scalars(text: String, expected: Value) throws {
    #expect(try YAML.parse("key: \(text)") == [["key": expected]])
  }

  @Test("Keys that are no strings become strings")
  func keys() throws {
    #expect(try YAML.parse("{1: a, 1.5: b, true: c, yes: d}") == [["1": "a", "1.5": "b", "true": "d"]])
  }

  @Test("Block scalars keep their lines, folded ones do not")
  func blocks() throws {
    let text = "a: |\n  x\n    y\nb: |-\n  x\nc: |+\n  x\n\nd: >\n  x\n  y\ne: [1, {f: g}]\n"
    #expect(
      try YAML.parse(text) == [["a": "x\n  y\n", "b": "x", "c": "x\n\n", "d": "x y\n", "e": [1, ["f": "g"]]]])
  }

  @Test("A stream's documents come one by one")
  func documents() throws {
    #expect(try YAML.parse("# only a comment\n") == [])
    #expect(try YAML.parse("a: 1\n---\n---\nb: 2\n") == [["a": 1], .null, ["b": 2]])
    #expect(try YAML.parse("{\"kind\": \"Pod\"}") == [["kind": "Pod"]])
  }

  @Test("Anchors, aliases and merge keys are followed; a mapping's own keys win")
  func aliases() throws {
    let text = """
      base: &base {a: 1, b: 2}
      more: &more {b: 3, c: 4}
      one: {<<: *base, b: own}
      two:
        b: own
        <<: [*base, *more]
      again: *base
      """
    let value = try YAML.parse(text)[0]
    #expect(value["one"] == ["a": 1, "b": "own"])
    #expect(value["two"] == ["a": 1, "b": "own", "c": 4])
    #expect(value["again"] == ["a": 1, "b": 2])
  }

  @Test("A billion laughs are refused, and so is what nests too deep by aliases")
  func limits() {
    var laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    var chain = "a0: &a0 [x]\n"
    for index in 1..<600 {
      let aliases = Array(repeating: "*a\(index - 1)", count: 10).joined(separator: ", ")
      if index < 12 { laughs += "a\(index): &a\(index) [\(aliases)]\n" }
      chain += "a\(index): &a\(index) [*a\(index - 1)]\n"
    }
    #expect(throws: SyntaxError.self) { try YAML.parse(chain) }
    let error = #expect(throws: SyntaxError.self) { try YAML.parse(laughs) }
    #expect(error?.message == "yaml: document contains excessive aliasing")
    let deep = #expect(throws: SyntaxError.self) { try YAML.parse(String(repeating: "[", count: 501)) }
    #expect(deep?.message == "yaml: line 1: exceeded max depth of 500")
    let many = #expect(throws: SyntaxError.self) { try YAML.parse("[1, 2, 3]", limits: ParseLimits(values: 3)) }
    #expect(many?.message == "yaml: document contains more than 3 values")
  }

  @Test("Keys written twice are reported with their line")
  func duplicates() throws {
    var duplicates: [YAML.Duplicate] = []
    let text = "metadata:\n  name: a\n  name: b\nlist:\n- x: 1\n  x: 2\n"
    let value = try YAML.parse(Array(text.utf8), duplicates: &duplicates)
    #expect(value[0]["metadata", "name"] == "b")
    #expect(
      duplicates.map(\.message) == ["line 3: key \"name\" already set in map", "line 6: key \"x\" already set in map"])
  }

  @Test(
    "What is no YAML is refused in go-yaml's words, with the true place beside them",
    arguments: [
      ("a: b: c", "yaml: mapping values are not allowed in this context", 1, 5),
      ("a: 1\nb: c: d\n", "yaml: line 2: mapping values are not allowed in this context", 2, 5),
      ("a:\n\tb: 1\n", "yaml: line 2: found character that cannot start any token", 2, 1),
      ("a: `b`\n", "yaml: found character that cannot start any token", 1, 4),
      ("a:\n  - b\n c: d\n", "yaml: line 2: did not find expected key", 3, 2),
      ("a: 1\n b: 2\n", "yaml: line 2: mapping values are not allowed in this context", 2, 3),
      ("a: [1, 2\nb: 3\n", "yaml: line 1: did not find expected ',' or ']'", 2, 2),
      ("a: \"b\n", "yaml: line 2: found unexpected end of stream", 2, 1),
      ("a: *x\n", "yaml: unknown anchor 'x' referenced", 1, 4),
      ("a: &a [*a]\n", "yaml: anchor 'a' value contains itself", 1, 8),
      ("<<: 5\n", "yaml: map merge requires map or sequence of maps as the value", 1, 1),
      ("? [a]\n: b\n", "yaml: line 1: invalid map key: [\"a\"]", 1, 3),
      ("a: .inf\n", "yaml: line 1: unsupported value: .inf", 1, 4),
      ("a: !!int x\n", "yaml: line 1: cannot decode !!str `x` as a !!int", 1, 4),
      ("a: \u{1}\n", "yaml: control characters are not allowed", 1, 4),
    ])
  func malformed(text: String, message: String, line: Int, column: Int) {
    let error = #expect(throws: SyntaxError.self) { try YAML.parse(text) }
    #expect(error?.message == message)
    #expect(error?.line == line)
    #expect(error?.column == column)
  }

  @Test("Damaged text never crashes the reader", arguments: 0..<200 as Range<UInt64>)
  func damage(seed: UInt64) {
    var generator = ValueGenerator(seed: seed)
    var bytes = Array(YAML.encode(generator.value(depth: 3)).utf8)
    for _ in 0..<3 { bytes[generator.below(bytes.count)] = UInt8(generator.below(256)) }
    do {
      _ = try YAML.parse(bytes)
    } catch {
      #expect(error.message.hasPrefix("yaml: "))
      #expect(error.offset <= bytes.count)
    }
  }
}
