import Kinds
import Schema
import Testing
import Tree

@Suite("Strategic merge patches of kinds")
struct SchemaPatchTests {
  private func merged(_ spec: String, _ patch: String) throws -> String {
    let pod = try JSON.parse(#"{"spec":\#(spec)}"#)
    let change = try JSON.parse(#"{"spec":\#(patch)}"#)
    return try Kind.pod.strategicMerge(change, into: pod)["spec"]?.jsonText ?? ""
  }

  private static let two =
    #"{"containers":[{"name":"web","image":"a","env":[{"name":"A","value":"1"},{"name":"B","value":"2"}]},{"name":"log","image":"b"}]}"#

  @Test("a list with a merge key is merged by it, and keeps its order")
  func mergesByKey() throws {
    #expect(
      try merged(Self.two, #"{"containers":[{"name":"log","image":"c"}]}"#)
        == #"{"containers":[{"name":"web","image":"a","env":[{"name":"A","value":"1"},{"name":"B","value":"2"}]},{"name":"log","image":"c"}]}"#
    )
  }

  @Test("an element that the server does not have comes first")
  func newElement() throws {
    let result = try merged(#"{"containers":[{"name":"a"},{"name":"b"}]}"#, #"{"containers":[{"name":"c","x":null}]}"#)
    #expect(result == #"{"containers":[{"name":"c"},{"name":"a"},{"name":"b"}]}"#)
  }

  @Test("directives delete, replace and order elements")
  func directives() throws {
    #expect(
      try merged(
        Self.two,
        #"{"containers":[{"name":"web","env":[{"name":"A","$patch":"delete"}]},{"name":"log","$patch":"delete"}]}"#)
        == #"{"containers":[{"name":"web","image":"a","env":[{"name":"B","value":"2"}]}]}"#)
    #expect(
      try merged(Self.two, #"{"containers":[{"$patch":"replace"},{"name":"only"}]}"#)
        == #"{"containers":[{"name":"only"}]}"#)
    #expect(
      try merged(
        #"{"containers":[{"name":"web"},{"name":"log"}]}"#,
        #"{"$setElementOrder/containers":[{"name":"log"},{"name":"web"}],"containers":[{"name":"log"},{"name":"web"}]}"#
      )
        == #"{"containers":[{"name":"log"},{"name":"web"}]}"#)
    #expect(
      try merged(
        #"{"containers":[{"name":"web"},{"name":"log"}]}"#,
        #"{"$setElementOrder/containers":[{"name":"log"},{"name":"web"}],"containers":[{"name":"web","image":"n"}]}"#)
        == #"{"containers":[{"name":"log"},{"name":"web","image":"n"}]}"#)
  }

  @Test("an atomic list is replaced, null removes, retained keys drop the others")
  func replacing() throws {
    #expect(
      try merged(#"{"tolerations":[{"key":"a"}],"hostname":"h"}"#, #"{"tolerations":[{"key":"b"}],"hostname":null}"#)
        == #"{"tolerations":[{"key":"b"}]}"#)
    #expect(
      try merged(
        #"{"volumes":[{"name":"v","emptyDir":{}}]}"#,
        #"{"volumes":[{"$retainKeys":["name","hostPath"],"name":"v","hostPath":{"path":"/"}}]}"#)
        == #"{"volumes":[{"name":"v","hostPath":{"path":"/"}}]}"#)
    #expect(
      try merged(#"{"nodeSelector":{"a":"1"}}"#, #"{"nodeSelector":{"$patch":"replace","b":"2"}}"#)
        == #"{"nodeSelector":{"b":"2"}}"#)
  }

  @Test("a set of scalars is merged, and elements are deleted from it")
  func scalars() throws {
    let object = try JSON.parse(#"{"metadata":{"finalizers":["a/a","b/b"]}}"#)
    let add = try JSON.parse(#"{"metadata":{"finalizers":["c/c"]}}"#)
    #expect(
      try Kind.pod.strategicMerge(add, into: object)["metadata", "finalizers"]?.array?.count == 3)
    let delete = try JSON.parse(#"{"metadata":{"$deleteFromPrimitiveList/finalizers":["a/a"]}}"#)
    #expect(try Kind.pod.strategicMerge(delete, into: object).jsonText == #"{"metadata":{"finalizers":["b/b"]}}"#)
  }

  @Test("bad patches are refused in Kubernetes' words")
  func refusals() throws {
    func message(_ patch: String) throws -> String {
      let change = try JSON.parse(#"{"spec":\#(patch)}"#)
      let pod = try JSON.parse(#"{"spec":\#(Self.two)}"#)
      do throws(PatchError) {
        _ = try Kind.pod.strategicMerge(change, into: pod)
        return ""
      } catch {
        return error.message
      }
    }
    #expect(
      try message(#"{"containers":[{"image":"x"}]}"#) == "map: map[image:x] does not contain declared merge key: name")
    #expect(try message(#"{"$patch":"explode","a":1}"#) == "unknown patch type: explode in map: map[a:1]")
    #expect(try message(#"{"$retainKeys":["a"],"b":1}"#) == "patch content doesn't match retainKeys list")
  }
}
