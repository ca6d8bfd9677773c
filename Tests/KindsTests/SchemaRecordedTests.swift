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
}
