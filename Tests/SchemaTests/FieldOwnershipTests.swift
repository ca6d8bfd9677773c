import Testing
import Tree

@testable import Schema

@Suite("Who owns which field")
struct FieldOwnershipTests {
  private static let schema = try? DeclarationReaderTests.schema(
    """
    package io.test.v1 test/v1

    type Thing  -- A thing.
      name    1: string
      parts   2: [Part]   shown keys name,port
      tags    3: [string] set
      plain   4: [string] atomic
      labels  5: {string}
      box     6: Box
      pointer 7: Box?
      sealed  8: Sealed?

    type Part
      name  1: string
      port  2: int32 = 80
      text  3: string

    type Box
      size 1: int32?
      rest 2: {string}

    type Sealed atomic
      one 1: string
    """)

  private func shape() throws -> Shape { try #require(Self.schema?.shape("io.test.v1.Thing")) }

  private func set(_ json: String) throws -> FieldSet {
    try #require(FieldSet(fieldsV1: try JSON.parse(json)))
  }

  @Test("a new object adds what no newborn one has")
  func newborn() throws {
    let comparison = FieldComparison(
      ofNew: try JSON.parse(
        #"{"name":"n","parts":[{"name":"a","text":"t"}],"labels":{"x":"1"},"box":{"size":1},"pointer":{}}"#),
      try shape())
    #expect(
      comparison.changed
        == (try set(
          #"""
          {"f:name":{},"f:parts":{"k:{\"name\":\"a\",\"port\":80}":{".":{},"f:name":{},"f:text":{}}},
          "f:labels":{".":{},"f:x":{}},"f:box":{"f:size":{}},"f:pointer":{}}
          """#)))
  }

  @Test("a comparison tells added, modified and removed fields apart")
  func comparison() throws {
    let old = try JSON.parse(
      #"{"name":"n","tags":["a","b"],"plain":["a"],"labels":{"x":"1","y":"1"},"sealed":{"one":"1"}}"#)
    let new = try JSON.parse(
      #"{"name":"n","tags":["b","c"],"plain":["b"],"labels":{"x":"2"},"sealed":{"one":"2"},"box":{"size":1}}"#)
    let found = FieldComparison(from: old, to: new, try shape())
    #expect(found.added == (try set(#"{"f:tags":{"v:\"c\"":{}},"f:box":{".":{},"f:size":{}}}"#)))
    #expect(found.modified == (try set(#"{"f:plain":{},"f:labels":{"f:x":{}},"f:sealed":{}}"#)))
    #expect(found.removed == (try set(#"{"f:tags":{"v:\"a\"":{}},"f:labels":{"f:y":{}}}"#)))
  }

  @Test("a list's doubles are compared as one")
  func doubles() throws {
    let found = FieldComparison(from: ["tags": ["a", "a"]], to: ["tags": ["a"]], try shape())
    #expect(found.modified == (try set(#"{"f:tags":{"v:\"a\"":{}}}"#)))
  }

  @Test("an applier owns leaves, elements and what it leaves empty")
  func collection() throws {
    let fields = FieldSet(
      of: try JSON.parse(#"{"labels":{},"parts":[{"name":"a"}],"tags":[],"pointer":{"rest":{"k":"v"}}}"#), try shape())
    #expect(
      fields
        == (try set(
          #"{"f:labels":{},"f:parts":{"k:{\"name\":\"a\",\"port\":80}":{".":{},"f:name":{}}},"f:pointer":{"f:rest":{"f:k":{}}}}"#
        )))
  }

  @Test("a merge keeps what the configuration does not name, and replaces what is atomic")
  func merge() throws {
    let merged = TypedMerge.merge(
      try JSON.parse(#"{"labels":{"b":"2"},"plain":["z"],"parts":[{"name":"a","text":"new"}]}"#),
      into: try JSON.parse(
        #"{"labels":{"a":"1"},"plain":["x","y"],"parts":[{"name":"o","port":1},{"name":"a","port":80,"text":"old"}]}"#),
      try shape())
    #expect(
      merged
        == (try JSON.parse(
          #"{"labels":{"a":"1","b":"2"},"plain":["z"],"parts":[{"name":"o","port":1},{"name":"a","port":80,"text":"new"}]}"#
        )))
  }

  @Test(
    "a merged list is in the configuration's order, what is only in the object between",
    arguments: [
      (["a", "b", "x"], ["b", "a"], ["b", "x", "a"]), (["a", "b"], ["c"], ["a", "b", "c"]),
      (["a", "b", "c"], ["a", "x", "c"], ["a", "b", "x", "c"]), ([], ["a"], ["a"]), (["a"], [], ["a"]),
    ])
  func order(_ live: [String], _ config: [String], _ expected: [String]) throws {
    let merged = TypedMerge.merge(
      ["tags": .array(config.map(Value.string))], into: ["tags": .array(live.map(Value.string))], try shape())
    #expect(merged["tags"]?.array?.compactMap(\.string) == expected)
  }

  @Test("what the applier set before and nobody sets now goes; what others own stays")
  func pruning() throws {
    let merged: Value = ["labels": ["a": "1", "b": "1", "c": "1"], "name": "n"]
    let last = try set(#"{"f:labels":{"f:a":{},"f:b":{}},"f:name":{}}"#)
    let owned = try set(#"{"f:labels":{"f:b":{}}}"#)
    #expect(
      FieldRemoval.prune(merged, last: last, owned: owned, try shape()) == ["labels": ["b": "1", "c": "1"]])
  }

  @Test(
    "what does not fit the shape is named",
    arguments: [
      (#"{"bogus":1}"#, ".bogus: field not declared in schema"),
      (
        #"{"box":{"size":"x"}}"#,
        #".box.size: expected numeric (int or float), got &value.valueUnstructured{Value:"x"}"#
      ),
      (#"{"labels":{"a":1}}"#, ".labels.a: expected string, got &value.valueUnstructured{Value:1}"),
      (#"{"tags":["a","a"]}"#, #".tags: duplicate entries for key [="a"]"#),
      (#"{"a":1,"b":1}"#, "errors:\n  .a: field not declared in schema\n  .b: field not declared in schema"),
    ])
  func checking(_ json: String, _ message: String) throws {
    #expect(ApplyChecking.error(in: try JSON.parse(json), try shape()) == message)
  }

  @Test("what fits the shape can be applied")
  func fitting() throws {
    #expect(ApplyChecking.error(in: ["tags": ["a"], "box": ["size": 1], "labels": .null], try shape()) == nil)
  }
}
