import Testing
import Tree

@Suite("Patches and differences")
struct PatchTests {
  private func patch(_ operations: String, _ document: String) throws -> Value {
    try JSONPatch(JSON.parse(operations)).apply(to: JSON.parse(document))
  }

  @Test(
    "Operations of RFC 6902 apply",
    arguments: [
      (#"[{"op":"add","path":"/a","value":1}]"#, #"{}"#, #"{"a":1}"#),
      (#"[{"op":"add","path":"/a","value":1}]"#, #"{"a":0}"#, #"{"a":1}"#),
      (#"[{"op":"add","path":"/l/1","value":"x"}]"#, #"{"l":[1,2]}"#, #"{"l":[1,"x",2]}"#),
      (#"[{"op":"add","path":"/l/-","value":"x"}]"#, #"{"l":[1]}"#, #"{"l":[1,"x"]}"#),
      (#"[{"op":"add","path":"/l/1","value":"x"}]"#, #"{"l":[1]}"#, #"{"l":[1,"x"]}"#),
      (#"[{"op":"add","path":"","value":[]}]"#, #"{"l":[1]}"#, #"[]"#),
      (#"[{"op":"add","path":"/a~1b/~0c","value":1}]"#, #"{"a/b":{}}"#, #"{"a/b":{"~c":1}}"#),
      (#"[{"op":"add","path":"/~01","value":1}]"#, #"{}"#, #"{"~1":1}"#),
      (#"[{"op":"remove","path":"/l/0"}]"#, #"{"l":[1,2]}"#, #"{"l":[2]}"#),
      (#"[{"op":"remove","path":"/a/b"}]"#, #"{"a":{"b":1}}"#, #"{"a":{}}"#),
      (#"[{"op":"replace","path":"/l/0/x","value":2}]"#, #"{"l":[{"x":1}]}"#, #"{"l":[{"x":2}]}"#),
      (#"[{"op":"replace","path":"/l/0","value":2}]"#, #"{"l":[1]}"#, #"{"l":[2]}"#),
      (#"[{"op":"move","from":"/a","path":"/b/c"}]"#, #"{"a":1,"b":{}}"#, #"{"b":{"c":1}}"#),
      (#"[{"op":"copy","from":"/a","path":"/b"}]"#, #"{"a":[1]}"#, #"{"a":[1],"b":[1]}"#),
      (#"[{"op":"test","path":"/a","value":{"x":1,"y":2}}]"#, #"{"a":{"y":2,"x":1}}"#, #"{"a":{"y":2,"x":1}}"#),
      (#"[{"op":"test","path":"/none","value":null}]"#, #"{}"#, #"{}"#),
    ])
  func operations(operations: String, document: String, expected: String) throws {
    #expect(try patch(operations, document).jsonText == expected)
  }

  @Test(
    "What does not apply says which operation and why",
    arguments: [
      (#"{}"#, nil, JSONPatch.PatchError.Reason.malformed, "a JSON patch must be an array of operations"),
      (#"[{"op":"jump","path":"/a"}]"#, 0, .malformed, "Unexpected kind: jump"),
      (#"[{"op":"remove"}]"#, 0, .malformed, "operation 0 has no \"path\""),
      (#"[{"op":"add","path":"/a"}]"#, 0, .malformed, "operation 0 has no \"value\""),
      (
        #"[{"op":"remove","path":"a"}]"#, 0, .malformed,
        "operation 0: \"path\" must be empty or start with '/': \"a\""
      ),
      (
        #"[{"op":"test","path":"/a","value":1},{"op":"remove","path":"/x/y"}]"#, 1, .missing,
        "remove operation does not apply: doc is missing path: \"/x/y\": missing value"
      ),
      (
        #"[{"op":"remove","path":"/x"}]"#, 0, .missing,
        "error in remove for path: '/x': Unable to remove nonexistent key: x: missing value"
      ),
      (
        #"[{"op":"replace","path":"/x","value":1}]"#, 0, .missing,
        "replace operation does not apply: doc is missing key: /x: missing value"
      ),
      (
        #"[{"op":"add","path":"/l/4","value":1}]"#, 0, .index,
        "error in add for path: '/l/4': Unable to access invalid index: 4: invalid index referenced"
      ),
      (
        #"[{"op":"add","path":"/l/01","value":1}]"#, 0, .index,
        "error in add for path: '/l/01': Unable to access invalid index: 01: invalid index referenced"
      ),
      (#"[{"op":"test","path":"/a","value":2}]"#, 0, .test, "testing value /a failed: test failed"),
      (#"[{"op":"move","from":"/l","path":"/l/0"}]"#, 0, .malformed, "cannot move /l into itself at /l/0"),
    ] as [(String, Int?, JSONPatch.PatchError.Reason, String)])
  func refusals(operations: String, index: Int?, reason: JSONPatch.PatchError.Reason, message: String) {
    let error = #expect(throws: JSONPatch.PatchError.self) { try patch(operations, #"{"a":1,"l":[1]}"#) }
    #expect(error?.operation == index)
    #expect(error?.reason == reason)
    #expect(error?.message == message)
  }

  // The examples of RFC 7386's appendix A.
  @Test(
    "Merge patches apply as in RFC 7386",
    arguments: [
      (#"{"a":"b"}"#, #"{"a":"c"}"#, #"{"a":"c"}"#), (#"{"a":"b"}"#, #"{"b":"c"}"#, #"{"a":"b","b":"c"}"#),
      (#"{"a":"b"}"#, #"{"a":null}"#, #"{}"#), (#"{"a":"b","b":"c"}"#, #"{"a":null}"#, #"{"b":"c"}"#),
      (#"{"a":["b"]}"#, #"{"a":"c"}"#, #"{"a":"c"}"#), (#"{"a":"c"}"#, #"{"a":["b"]}"#, #"{"a":["b"]}"#),
      (#"{"a":{"b":"c"}}"#, #"{"a":{"b":"d","c":null}}"#, #"{"a":{"b":"d"}}"#),
      (#"{"a":[{"b":"c"}]}"#, #"{"a":[1]}"#, #"{"a":[1]}"#), (#"["a","b"]"#, #"["c","d"]"#, #"["c","d"]"#),
      (#"{"a":"b"}"#, #"["c"]"#, #"["c"]"#), (#"{"a":"foo"}"#, "null", "null"), (#"{"a":"foo"}"#, #""bar""#, #""bar""#),
      (#"{"e":null}"#, #"{"a":1}"#, #"{"e":null,"a":1}"#), ("[1,2]", #"{"a":"b","c":null}"#, #"{"a":"b"}"#),
      ("{}", #"{"a":{"bb":{"ccc":null}}}"#, #"{"a":{"bb":{}}}"#),
    ])
  func mergePatch(document: String, patch: String, expected: String) throws {
    #expect(try MergePatch.apply(JSON.parse(patch), to: JSON.parse(document)).jsonText == expected)
  }

  @Test("A created merge patch is the smallest, and makes one of the other", arguments: 0..<200 as Range<UInt64>)
  func createdMergePatch(seed: UInt64) throws {
    var generator = ValueGenerator(seed: seed)
    let before = generator.value(depth: 4).withoutNulls
    let after = generator.value(depth: 4).withoutNulls
    let patch = MergePatch.create(from: before, to: after)
    #expect(MergePatch.apply(patch, to: before) == after)
    #expect(before.object == nil || MergePatch.create(from: before, to: before) == [:])
  }

  @Test("A merge patch says only what changed")
  func smallestMergePatch() {
    let before: Value = ["spec": ["replicas": 1, "paused": true, "list": [1]], "kind": "X"]
    let after: Value = ["spec": ["replicas": 2, "list": [1], "new": ["a": 1]], "kind": "X"]
    #expect(
      MergePatch.create(from: before, to: after)
        == ["spec": ["paused": .null, "replicas": 2, "new": ["a": 1]]])
  }

  @Test("Differences name the deepest places")
  func differences() {
    let before: Value = [
      "spec": ["replicas": 1, "containers": [["image": "a"]]], "metadata": ["labels": ["a.b/c": "1"]],
    ]
    let after: Value = [
      "spec": ["replicas": 1, "containers": [["image": "b"], ["image": "c"]]], "metadata": ["labels": [:]], "status": 1,
    ]
    let found = Difference.between(before, after)
    #expect(
      found == [
        Difference(path: "spec.containers[0].image", before: "a", after: "b"),
        Difference(path: "spec.containers[1]", before: nil, after: ["image": "c"]),
        Difference(path: "metadata.labels[\"a.b/c\"]", before: "1", after: nil),
        Difference(path: "status", before: nil, after: 1),
      ])
    #expect(Difference.between(before, before) == [])
    #expect(Difference.between(1, .number(1.5)) == [Difference(path: "", before: 1, after: .number(1.5))])
  }
}

extension Value {
  fileprivate var withoutNulls: Value {
    switch self {
    case .null: 0
    case .array(let elements): .array(elements.map(\.withoutNulls))
    case .object(let members): .object(Members(members.map { ($0.key, $0.value.withoutNulls) }))
    default: self
    }
  }
}
