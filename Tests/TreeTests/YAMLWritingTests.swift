import Testing
import Tree

@Suite("Writing YAML")
struct YAMLWritingTests {
  @Test("An object looks as kubectl shows it")
  func object() {
    let value: Value = [
      "kind": "Pod", "apiVersion": "v1",
      "metadata": ["name": "web", "annotations": [:], "finalizers": [], "creationTimestamp": "2026-01-01T00:00:00Z"],
      "spec": ["containers": [["name": "a", "args": ["-c", "x"], "ports": [["containerPort": 80]]], ["name": "b"]]],
      "status": .null,
    ]
    #expect(
      YAML.encode(value) == """
        apiVersion: v1
        kind: Pod
        metadata:
          annotations: {}
          creationTimestamp: "2026-01-01T00:00:00Z"
          finalizers: []
          name: web
        spec:
          containers:
          - args:
            - -c
            - x
            name: a
            ports:
            - containerPort: 80
          - name: b
        status: null

        """)
  }

  // Each right side is what kubectl 1.33 prints for a ConfigMap's value.
  @Test(
    "Strings get the quotes that kubectl gives them",
    arguments: [
      ("80", "\"80\""), ("1e3", "\"1e3\""), ("0x1F", "\"0x1F\""), ("~", "\"~\""), ("", "\"\""), ("null", "\"null\""),
      ("2026-01-01T00:00:00Z", "\"2026-01-01T00:00:00Z\""), ("2026-01-01", "\"2026-01-01\""), ("1:30", "\"1:30\""),
      ("2026-1-1t1:00:00", "2026-1-1t1:00:00"), ("2026-01-01 10:00:00", "\"2026-01-01 10:00:00\""),
      ("a: b", "'a: b'"), ("- a", "'- a'"), ("a #b", "'a #b'"), ("#b", "'#b'"), ("'quoted'", "'''quoted'''"),
      ("\"quoted\"", "'\"quoted\"'"), ("a\tb", "\"a\\tb\""), ("line1\nline2\n", "|\n  line1\n  line2"),
      ("line1\nline2", "|-\n  line1\n  line2"), ("line1\n\n", "|+\n  line1\n"), ("  lead\nx\n", "|2\n    lead\n  x"),
      ("trail \nx\n", "\"trail \\nx\\n\""), ("tab\tin\nx\n", "\"tab\\tin\\nx\\n\""), ("😀 한글 é", "\"\\U0001F600 한글 é\""),
      ("@at", "'@at'"), ("%p", "'%p'"), ("=", "="), ("<<", "<<"), ("a:", "'a:'"), (" lead", "' lead'"),
      ("a\\b", "a\\b"), ("a]", "a]"), ("a, b", "a, b"), ("190:20:30", "\"190:20:30\""), ("1.2.3", "1.2.3"),
      ("10.0.0.1", "10.0.0.1"), ("100m", "100m"), ("08", "\"08\""), (".inf", "\".inf\""), ("True", "\"True\""),
      ("y", "\"y\""), ("on", "\"on\""), ("`x`", "'`x`'"),
    ])
  func strings(text: String, expected: String) throws {
    let written = YAML.encode(["k": .string(text)])
    #expect(written == "k: \(expected)\n")
    #expect(try YAML.parse(written) == [["k": .string(text)]])
  }

  @Test("Long lines fold after eighty characters, as go-yaml's do")
  func folds() {
    let text = "a long line: that should be folded when it is longer than eighty characters in total, as it does"
    #expect(
      YAML.encode(["k": .string(text)])
        == "k: 'a long line: that should be folded when it is longer than eighty characters in\n  total, as it does'\n")
  }

  @Test("Keys come in go-yaml's order: numbers by value, letters last")
  func order() {
    let keys = ["b/c", "a10", "b.c", "a2", "Z", "b-c", "a1", "a1-", "true"]
    let value = Value.object(Members(keys.map { ($0, 1) }))
    let lines = YAML.encode(value).split(separator: "\n").map { $0.dropLast(3) }
    #expect(lines == ["Z", "a1", "a1-", "a2", "a10", "b-c", "b.c", "b/c", "\"true\""])
  }

  @Test("Numbers are written as go-yaml writes them")
  func numbers() {
    let value: Value = ["a": .number(1e-8), "b": .number(1.5), "c": .number(1e21), "d": -7, "e": .number(0.0001)]
    #expect(YAML.encode(value) == "a: 1e-08\nb: 1.5\nc: 1e+21\nd: -7\ne: 0.0001\n")
  }

  @Test("What is written reads back as it was", arguments: 0..<200 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var generator = ValueGenerator(seed: seed)
    let value = generator.value(depth: 4)
    let text = YAML.encode(value)
    #expect(try YAML.parse(text) == [value], "seed \(seed): \(text)")
  }
}
