import Testing
import Tree

@testable import Schema

@Suite("Sets of fields")
struct FieldSetTests {
  private static func set(_ json: String) throws -> FieldSet {
    try #require(FieldSet(fieldsV1: try JSON.parse(json)))
  }

  @Test(
    "a set reads and writes FieldsV1",
    arguments: [
      "{}", #"{"f:a":{}}"#, #"{"f:a":{".":{},"f:b":{}},"f:c":{}}"#,
      #"{"f:a":{"k:{\"name\":\"web\"}":{".":{},"f:x":{}},"v:\"f\"":{},"i:3":{}}}"#,
    ])
  func fieldsV1(_ text: String) throws {
    let set = try Self.set(text)
    #expect(set.fieldsV1 == (try JSON.parse(text)))
  }

  @Test("what is no FieldsV1 is no set", arguments: [#"{"a":{}}"#, #"{"f:a":1}"#, #"{"i:x":{}}"#, "[]"])
  func nonsense(_ text: String) throws {
    #expect(FieldSet(fieldsV1: try JSON.parse(text)) == nil)
  }

  @Test("sets add, subtract and intersect by path")
  func algebra() throws {
    let left = try Self.set(#"{"f:a":{".":{},"f:b":{}},"f:c":{}}"#)
    let right = try Self.set(#"{"f:a":{"f:b":{},"f:d":{}},"f:e":{}}"#)
    #expect(left.union(right) == (try Self.set(#"{"f:a":{".":{},"f:b":{},"f:d":{}},"f:c":{},"f:e":{}}"#)))
    #expect(left.difference(right) == (try Self.set(#"{"f:a":{},"f:c":{}}"#)))
    #expect(left.intersection(right) == (try Self.set(#"{"f:a":{"f:b":{}}}"#)))
    #expect(left.recursiveDifference(try Self.set(#"{"f:a":{}}"#)) == (try Self.set(#"{"f:c":{}}"#)))
    #expect(left.leaves == (try Self.set(#"{"f:a":{"f:b":{}},"f:c":{}}"#)))
    #expect(left.difference(left).isEmpty)
  }

  @Test("a path is printed as conflicts name it, a level before what is below")
  func text() throws {
    let set = try Self.set(#"{"f:a":{".":{},"k:{\"p\":80,\"q\":\"x\"}":{"f:z":{}},"v:\"f\"":{}},"f:b":{}}"#)
    #expect(set.paths.map(\.pathText) == [".a", ".b", #".a[="f"]"#, #".a[p=80,q="x"].z"#])
    #expect(set.contains([.field("a"), .value("\"f\"")]) && !set.contains([.field("z")]))
  }

  @Test("inserting keeps the order")
  func insertion() {
    var set = FieldSet()
    for name in ["c", "a", "b"] { set.insert([.field(name)]) }
    set.insert([.field("a"), .index(1)])
    #expect(set.paths == [[.field("a")], [.field("b")], [.field("c")], [.field("a"), .index(1)]])
  }
}
