import Testing
import Tree

@Suite("JSON")
struct JSONTests {
  @Test("Values of every type are read")
  func reads() throws {
    let value = try JSON.parse(#" {"a": [1, -2.5, true, false, null], "b": {"c": "text"}, "": []} "#)
    #expect(value == ["a": [1, -2.5, true, false, .null], "b": ["c": "text"], "": []])
    #expect(value.object?.keys == ["a", "b", ""])
  }

  @Test(
    "Integers that fit 64 bits stay integers",
    arguments: [
      ("0", Value.integer(0)), ("-0", 0), ("9223372036854775807", .integer(.max)),
      ("-9223372036854775808", .integer(.min)), ("9223372036854775808", .number(9_223_372_036_854_775_808)),
      ("1.0", .number(1)), ("1e2", .number(100)), ("-0.0", .number(-0.0)),
      ("12345678901234567890123", .number(1.2345678901234568e22)),
      ("1E+2", .number(100)), ("5e-324", .number(.leastNonzeroMagnitude)),
    ])
  func numbers(text: String, expected: Value) throws {
    #expect(try JSON.parse(text) == expected)
  }

  @Test(
    "Escapes are read",
    arguments: [
      (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"), (#""\u00e9\uD83D\ude00""#, "é😀"),
      (#""\ud83d""#, "\u{FFFD}"), (#""\ud83dx""#, "\u{FFFD}x"), (#""\ude00\ud83d\u0041""#, "\u{FFFD}\u{FFFD}A"),
      ("\"한글 \\u0000\"", "한글 \0"),
    ])
  func escapes(text: String, expected: String) throws {
    #expect(try JSON.parse(text).string?.utf8.elementsEqual(expected.utf8) == true)
  }

  @Test(
    "What is no JSON is refused in Go's words",
    arguments: [
      ("", "unexpected end of JSON input", 1, 1), ("{\"a\":1", "unexpected end of JSON input", 1, 7),
      ("[1,", "unexpected end of JSON input", 1, 4), ("tru", "unexpected end of JSON input", 1, 4),
      ("trux", "invalid character 'x' in literal true (expecting 'e')", 1, 4),
      ("kind: Pod", "invalid character 'k' looking for beginning of value", 1, 1),
      ("[1,]", "invalid character ']' looking for beginning of value", 1, 4),
      ("{\n  a: 1}", "invalid character 'a' looking for beginning of object key string", 2, 3),
      ("{\"a\":1,}", "invalid character '}' looking for beginning of object key string", 1, 8),
      ("{\"a\" 1}", "invalid character '1' after object key", 1, 6),
      ("{\"a\":1 \"b\"}", "invalid character '\"' after object key:value pair", 1, 8),
      ("[1 2]", "invalid character '2' after array element", 1, 4),
      ("{} {}", "invalid character '{' after top-level value", 1, 4),
      ("01", "invalid character '1' after top-level value", 1, 2),
      ("-x", "invalid character 'x' in numeric literal", 1, 2),
      ("1.x", "invalid character 'x' after decimal point in numeric literal", 1, 3),
      ("1e'", #"invalid character '\'' in exponent of numeric literal"#, 1, 3),
      ("\"a\nb\"", #"invalid character '\n' in string literal"#, 1, 3),
      (#""\x""#, "invalid character 'x' in string escape code", 1, 3),
      (#""\u12g4""#, #"invalid character 'g' in \u hexadecimal character escape"#, 1, 6),
      ("\"\u{1}\"", #"invalid character '\x01' in string literal"#, 1, 2),
      ("é", "invalid character 'Ã' looking for beginning of value", 1, 1),
      ("1e999", "cannot read number 1e999: it is too large", 1, 1),
    ])
  func malformed(text: String, message: String, line: Int, column: Int) {
    let error = #expect(throws: SyntaxError.self) { try JSON.parse(text) }
    #expect(error?.message == message)
    #expect(error?.line == line)
    #expect(error?.column == column)
  }

  @Test(
    "Bytes that are no UTF-8 are refused",
    arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xF5, 0x80, 0x80, 0x80]] as [[UInt8]])
  func invalidUTF8(bytes: [UInt8]) {
    let quote = UInt8(ascii: "\"")
    let plain = #expect(throws: SyntaxError.self) { try JSON.parse([quote] + bytes + [quote]) }
    #expect(plain?.message == "invalid UTF-8 in string literal")
    #expect(throws: SyntaxError.self) {
      try JSON.parse([quote, UInt8(ascii: "\\"), UInt8(ascii: "n")] + bytes + [quote])
    }
  }

  @Test("Nesting has a limit, and the limit itself is allowed")
  func depth() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(try JSON.parse(nested(500)).array?.count == 1)
    let error = #expect(throws: SyntaxError.self) { try JSON.parse(nested(501)) }
    #expect(error?.message == "exceeded max depth of 500")
    #expect(throws: SyntaxError.self) { try JSON.parse("[[[]]]", limits: ParseLimits(depth: 2)) }
    #expect(try JSON.parse("[[],[],[]]", limits: ParseLimits(depth: 2)).array?.count == 3)
  }

  @Test("The last of two equal keys counts, and its path is reported once")
  func duplicates() throws {
    let text =
      #"{"metadata":{"name":"a","name":"b","name":"c"},"spec":{"containers":[{"x":1},{"x":1,"x":2}],"spec":1},"l":[[{"k":1,"k":2}]]}"#
    var duplicates: [String] = []
    let value = try JSON.parse(Array(text.utf8), duplicates: &duplicates)
    #expect(value["metadata", "name"] == "c")
    #expect(duplicates == ["metadata.name", "spec.containers[1].x", "l[0][0].k"])
  }

  @Test("Many members are told apart too")
  func manyMembers() throws {
    let members = (0..<300).map { "\"k\($0)\":\($0)" } + ["\"k7\":-7"]
    var duplicates: [String] = []
    let value = try JSON.parse(Array("{\(members.joined(separator: ","))}".utf8), duplicates: &duplicates)
    #expect(value.object?.count == 300)
    #expect(value["k7"] == -7)
    #expect(duplicates == ["k7"])
  }

  @Test("Strings are written with Go's escapes")
  func writesStrings() {
    let value: Value = ["a<b>&": "\"\\\u{8}\u{c}\n\r\t\u{0}\u{1f}\u{7f}é\u{2028}\u{2029}\u{2027}€😀/"]
    #expect(
      value.jsonText
        == "{\"a\\u003cb\\u003e\\u0026\":\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\u{7f}é\\u2028\\u2029\u{2027}€😀/\"}")
  }

  @Test(
    "Numbers are written as Go writes them",
    arguments: [
      (Value.integer(.min), "-9223372036854775808"), (0, "0"), (-10, "-10"), (.number(1), "1"), (.number(0.1), "0.1"),
      (.number(-0.0), "-0"), (.number(100), "100"), (.number(123456.789), "123456.789"),
      (.number(1e20), "100000000000000000000"),
      (.number(1e21), "1e+21"), (.number(1.5e300), "1.5e+300"), (.number(0.000001), "0.000001"),
      (.number(0.0000001), "1e-7"), (.number(-2.5e-10), "-2.5e-10"), (.number(.infinity), "null"),
      (.number(12345678), "12345678"), (.number(0.00012), "0.00012"),
    ])
  func writesNumbers(value: Value, expected: String) {
    #expect(value.jsonText == expected)
  }

  @Test("What stands apart in a string is found at every place, and in strings of every length")
  func specialPlaces() throws {
    let escapes: [(String, String)] = [
      ("\"", #"\""#), ("\\", #"\\"#), ("\n", #"\n"#), ("\u{1}", #"\u0001"#), ("&", #"\u0026"#), ("<", #"\u003c"#),
      (">", #"\u003e"#), ("\u{2028}", #"\u2028"#), ("é", "é"), ("가", "가"), ("\u{2019}", "\u{2019}"),
      ("\u{7f}", "\u{7f}"),
      ("#", "#"), ("%", "%"), ("$", "$"), ("=", "="), ("?", "?"), ("]", "]"), ("\u{20}", " "),
    ]
    for (character, written) in escapes {
      for length in 0..<20 {
        let (before, after) = (String(repeating: "x", count: length), String(repeating: "~", count: 19 - length))
        let json = "\"" + before + written + after + "\""
        #expect(Value.string(before + character + after).jsonText == json)
        #expect(try JSON.parse(json).string?.utf8.elementsEqual((before + character + after).utf8) == true)
      }
    }
  }

  @Test("Indented JSON looks as kubectl shows it")
  func indents() {
    let value: Value = ["b": [1, ["c": "d"]], "a": [:], "e": []]
    #expect(
      JSON.encode(value, indentation: 4, sorted: true) == """
        {
            "a": {},
            "b": [
                1,
                {
                    "c": "d"
                }
            ],
            "e": []
        }
        """)
    #expect(JSON.encode(["b": 1, "a": 2], indentation: 1) == "{\n \"b\": 1,\n \"a\": 2\n}")
  }

  @Test("What is written reads back as it was", arguments: 0..<200 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var generator = ValueGenerator(seed: seed)
    let value = generator.value(depth: 4)
    #expect(try JSON.parse(value.json) == value)
    #expect(try JSON.parse(JSON.encode(value, indentation: 2)) == value)
    #expect(try JSON.parse(value.json).json == value.json)
  }

  @Test("Damaged text never crashes the reader", arguments: 0..<300 as Range<UInt64>)
  func damage(seed: UInt64) {
    var generator = ValueGenerator(seed: seed)
    var bytes = generator.value(depth: 4).json
    for _ in 0..<3 { bytes[generator.below(bytes.count)] = UInt8(generator.below(256)) }
    bytes.removeLast(generator.below(bytes.count))
    do {
      let value = try JSON.parse(bytes)
      #expect(throws: Never.self) { try JSON.parse(value.json) }
    } catch {
      #expect(error.offset <= bytes.count)
    }
  }
}
