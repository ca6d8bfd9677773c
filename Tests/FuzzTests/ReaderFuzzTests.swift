import API
import CEL
import Kinds
import Loop
import Schema
import Testing
import Tree

@testable import Controllers

/// Every reader of text or bytes takes anything at all: it answers with a value or an error, and in good time.
@Suite("Readers under odd input", .serialized)
struct ReaderFuzzTests {
  @Test("JSON")
  func json() throws {
    try Rounds.run("json", 3_000) { random in
      let texts = Texts(random: random)
      let good = ObjectMaker(random: random).value(.object(try #require(Kind.pod.shape)), depth: 4)
      let bytes = random.oneIn(3) ? Array(texts.joined(Self.jsonPieces, upTo: 40).utf8) : texts.damaged(good.json)
      guard let value = try? JSON.parse(bytes) else { return }
      let written = try JSON.parse(value.json)
      #expect(try JSON.parse(written.json) == written)
    }
  }

  @Test("YAML")
  func yaml() throws {
    try Rounds.run("yaml", 1_500) { random in
      let texts = Texts(random: random)
      let good = ObjectMaker(random: random).value(.object(try #require(Kind.pod.shape)), depth: 4)
      let text = random.oneIn(3) ? texts.joined(Self.yamlPieces, upTo: 60) : YAML.encode(good)
      guard let values = try? YAML.parse(texts.damaged(Array(text.utf8))), let value = values.first else { return }
      #expect(try YAML.parse(YAML.encode(value)) == [value])
    }
  }

  @Test("protobuf")
  func protobuf() throws {
    try Rounds.run("protobuf", 3_000) { random in
      let (kind, seed) = random.pick(Seeds.objects)
      var value = ObjectMaker(random: random).mutated(seed, try #require(kind.shape), times: 3)
      guard kind.typeError(in: value) == nil else { return }
      kind.applyDefaults(to: &value)
      let bytes = Texts(random: random).damaged(kind.encodeProtobuf(value))
      guard var decoded = try? kind.decodeProtobuf(bytes) else { return }
      kind.applyDefaults(to: &decoded)
      _ = kind.encodeProtobuf(decoded)
      _ = kind.validate(decoded)
    }
  }

  @Test("label and field selectors")
  func selectors() throws {
    let pieces = [
      "a", "app", "=", "==", "!=", "!", ",", " in ", " notin ", "(", ")", " ", ">", "<", "x.y/z", "\u{0}", "é", "1",
      "\\",
      "99999999999999999999", "metadata.name", "status.phase", "\\,", "\\=",
    ]
    let pod: Value = ["metadata": ["name": "a", "labels": ["app": "1"]]]
    try Rounds.run("selectors", 5_000) { random in
      let text = Texts(random: random).joined(pieces, upTo: random.oneIn(50) ? 4_000 : 14)
      if let selector = try? LabelSelector(text: text) {
        _ = selector.matches(TextMap(pod["metadata", "labels"] ?? [:]))
      }
      if let selector = try? FieldSelector(text: text) { _ = selector.matches(pod) }
    }
  }

  @Test("JSONPath")
  func jsonPath() throws {
    let pieces = [
      "{", "}", ".", "[", "]", "*", "..", "@", "?", "(", ")", "range ", "end", "'", "\"", ":", ",", "-1", "0", "1",
      "99999999999999999999", "-9223372036854775808", "items", "metadata", "name", "==", "!=", "<", ">=", "&&", "||",
      "$",
      "\\n", "text", "é", "{range .items[*]}", "{end}", "{.items[0:9:2]}", "[::-1]", "[-9:9:0]",
    ]
    let list: Value = ["items": [["metadata": ["name": "a"]], ["metadata": ["name": "b"]], 1, "x", [1, 2, 3]]]
    try Rounds.run("jsonpath", 5_000) { random in
      let text = Texts(random: random).joined(pieces, upTo: random.oneIn(100) ? 1_500 : 14)
      if let path = try? JSONPath(text) { _ = try? path.text(of: list) }
      if let path = try? JSONPath(relaxed: text) { _ = try? path.results(in: list) }
    }
  }

  @Test("CEL expressions")
  func cel() throws {
    let numbers: [Value] = [
      0, 1, -1, .integer(.max), .integer(.min), 1.5, 1e300, "x", "", "é😀", [1, 2], ["a": 1], .null, true,
    ]
    try Rounds.run("cel", 4_000) { random in
      let text = Texts(random: random).joined(Self.celPieces, upTo: random.oneIn(100) ? 2_000 : 16)
      guard let program = try? CEL.compile(text) else { return }
      _ = try? program.evaluate(["self": random.pick(numbers), "x": random.pick(numbers), "l": [3, 1, 2]])
    }
  }

  @Test("CEL functions with every sort of argument")
  func celFunctions() throws {
    try Rounds.run("celcalls", 6_000) { random in
      func argument() -> String { random.pick(Self.celArguments) }
      let arguments = (0..<random.below(4)).map { _ in argument() }.joined(separator: ", ")
      let call =
        random.oneIn(3)
        ? "\(argument()) \(random.pick(["+", "-", "*", "/", "%", "<", "==", "in", "&&"])) \(argument())"
        : random.oneIn(3)
          ? "\(random.pick(Self.celNames))(\(arguments))"
          : "(\(argument())).\(random.pick(Self.celNames))(\(arguments))"
      guard let program = try? CEL.compile(call) else { return }
      _ = try? program.evaluate([String: Value]())
    }
  }

  @Test("quantities, times and schedules")
  func scalars() throws {
    let pieces = [
      "0", "1", "9", "-", "+", ".", "e", "E", "Ki", "Ei", "m", "n", "T", "Z", ":", "2026-01-01T00:00:00",
      "999999999999", "*",
      "/", ",", "?", "L", "@every ", "h", "s", "é", " ", "CRON_TZ=UTC ", "MON", "60", "31",
    ]
    try Rounds.run("scalars", 10_000) { random in
      let text = Texts(random: random).joined(pieces, upTo: 12)
      if let quantity = Quantity(text) {
        #expect(Quantity(quantity.description) == quantity, "\(text) → \(quantity)")
        _ = (quantity.value, quantity.milliValue, quantity + quantity, quantity - quantity)
      }
      _ = Time(timestamp: text)?.microTimestamp
      if let schedule = try? CronSchedule(text) {
        _ = schedule.next(after: Time(seconds: Int64(random.below(4_000_000_000))))
      }
    }
  }

  private static let jsonPieces = [
    "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "1", "-", "0", "e", "E9999", ".", "true", "null", "\\", "\\u",
    "\\ud800",
    "dc00", "00", " ", "\n", "\u{0}", "é", "9223372036854775808", "-9223372036854775809", "1e400", "[[[[", "{\"a\":",
  ]
  private static let yamlPieces = [
    "a", ":", " ", "\n", "- ", "? ", "&x ", "*x", "!!int ", "!!binary ", "|", ">", "|-", "\"", "'", "{", "}", "[", "]",
    ",",
    "#", "%YAML 1.2\n", "---\n", "...\n", "\t", "<<: ", "0x1F", "0o7", ".inf", ".nan", "~", "1_000", "2026-01-01", "é",
    "\u{85}", "\\x41", "12:30:45", "  ", "b: ", "yes", "=", "@", "`",
  ]
  private static let celPieces = [
    "self", "x", "l", ".", "(", ")", "[", "]", "{", "}", ",", " + ", " - ", " * ", " / ", " % ", " == ", " < ", " && ",
    " || ",
    "!", "-", " ? ", " : ", "1", "0", "9223372036854775807", "1u", "1.5", "1e308", "'a'", "\"é\"", "b'\\xff'", "r'\\d'",
    "true", "null", ".size()", ".matches('(a+)+b')", ".all(i, i > 0)", ".exists(i, i == 1)", ".map(i, i * 2)",
    "has(self.a)",
    ".filter(i, true)", "int(", "string(", "duration('1h')", "timestamp('2026-01-01T00:00:00Z')", "[1,2,3]", "{'a': 1}",
    " in ",
    "?", "optional.of(", ".orValue(", "\u{0}",
  ]
  private static let celArguments = [
    "0", "1", "-1", "9223372036854775807", "-9223372036854775807 - 1", "18446744073709551615u", "0u", "1.5", "1e308",
    "-1e308",
    "0.0/0.0", "1.0/0.0", "'a'", "''", "'é😀한'", "'9223372036854775807'", "b'ab'", "b''", "[1, 2, 3]", "[]",
    "['b', 'a']",
    "{'a': 1}", "{}", "null", "true", "duration('1h')", "duration('-2562047h47m16s')", "duration('2562047h47m16s')",
    "timestamp('2026-01-01T00:00:00Z')", "timestamp('0001-01-01T00:00:00Z')", "timestamp('9999-12-31T23:59:59Z')",
    "int",
    "type(1)", "'(a|b)+c'", "'%d %s %e %f %x'", "'%.15f'", "2147483648", "quantity('1Gi')", "optional.of(1)",
    "optional.none()",
  ]
  private static let celNames = [
    "size", "int", "uint", "double", "string", "bytes", "bool", "duration", "timestamp", "type", "dyn", "contains",
    "startsWith", "endsWith", "matches", "charAt", "indexOf", "lastIndexOf", "lowerAscii", "upperAscii", "replace",
    "split",
    "substring", "trim", "join", "reverse", "quote", "format", "find", "findAll", "isSorted", "sum", "min", "max",
    "distinct",
    "flatten", "slice", "sort", "first", "last", "range", "lists.range", "math.greatest", "math.least", "math.abs",
    "getFullYear", "getMonth", "getDayOfYear", "getHours", "getMilliseconds", "getSeconds", "getDate", "orValue",
    "hasValue",
    "value", "quantity", "isQuantity", "add", "sub", "isGreaterThan", "asInteger", "asApproximateFloat", "compareTo",
    "sign",
    "url", "isURL", "getHost", "ip", "isIP", "cidr", "containsIP", "semver", "isSemver", "major", "format.dns1123Label",
    "validate", "sets.contains", "sets.intersects", "base64.encode", "base64.decode", "jsonpatch.escapeKey", "toString",
  ]
}
