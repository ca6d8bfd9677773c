import Kinds
import Testing
import Tree

@Suite("Defaults as a real Kubernetes gives them")
struct SchemaRecordedTests {
  @Test("objects become what Kubernetes makes of them", arguments: RecordedDefaults.all.indices)
  func defaults(index: Int) throws {
    let record = RecordedDefaults.all[index]
    let kind = try #require(KindTable.builtIn.kinds.first { $0.name == record.kind })
    var value = try JSON.parse(record.sent)
    #expect(kind.typeError(in: value) == nil)
    #expect(kind.unknownFields(in: value).isEmpty)
    kind.applyDefaults(to: &value)
    let stored = try JSON.parse(record.stored)
    #expect(JSON.encode(value, indentation: 1, sorted: true) == JSON.encode(stored, indentation: 1, sorted: true))
  }

  @Test("strategic merge patches change a Deployment as Kubernetes does, order of lists included")
  func patches() throws {
    var value = try JSON.parse(RecordedPatches.deployment)
    Kind.deployment.applyDefaults(to: &value)
    for record in RecordedPatches.all {
      let patch = try JSON.parse(record.patch)
      value = try Kind.deployment.strategicMerge(patch, into: value)
      Kind.deployment.applyDefaults(to: &value)
      let result = patch["spec", "strategy"] == nil ? value["spec", "template", "spec"] : value["spec", "strategy"]
      let expected = try JSON.parse(record.result)
      #expect(
        JSON.encode(try #require(result), indentation: 1, sorted: true)
          == JSON.encode(expected, indentation: 1, sorted: true), "\(record.patch)")
    }
  }
}
