import API
import Kinds
import Loop
import Testing
import Tree

@testable import Nodes

@Suite("Archives, as kubectl cp sends and fetches them")
struct ArchiveTests {
  private let time = Time(timestamp: "2026-11-21T10:00:00Z")!

  @Test func whatIsWrittenIsRead() throws {
    let long = String(repeating: "directory/", count: 15) + "file"
    let entries = [
      Archive.Entry(name: "a/"), Archive.Entry(name: "a/b.txt", bytes: Array("hello\n".utf8)),
      Archive.Entry(name: "a/empty"), Archive.Entry(name: long, bytes: [UInt8](repeating: 0xFF, count: 1_000)),
    ]
    let bytes = Archive(entries).bytes(at: time)
    #expect(bytes.count % 512 == 0)
    #expect(try Archive(bytes).entries == entries)
  }

  @Test func aCutArchiveEndsTooEarly() throws {
    let bytes = Archive([Archive.Entry(name: "a", bytes: [1, 2, 3])]).bytes(at: time)
    for count in [0, 511, 512, 1_023, 1_024] {
      #expect(throws: Archive.Problem.endsTooEarly) { try Archive(Array(bytes.prefix(count))) }
    }
    #expect(try Archive(Array(bytes.prefix(1_536))).entries.count == 1)
  }

  @Test func whatIsNoArchiveIsRefused() {
    #expect(throws: Archive.Problem.noArchive) { try Archive([UInt8](repeating: 65, count: 1_024)) }
    var bytes = Archive([Archive.Entry(name: "a", bytes: [1])]).bytes(at: time)
    bytes[0] = UInt8(ascii: "b")
    #expect(throws: Archive.Problem.noArchive) { try Archive(bytes) }
  }

  @Test func filesGoThroughTarOfTheContainer() throws {
    let world = World()
    try world.run("web", image: "nginx")
    world.advance(.seconds(20))
    func run(_ script: String) throws -> NodePool.CommandResult {
      try #require(
        world.nodes.execute(
          ["sh", "-c", script], pod: Kind.pod.key(namespace: "default", name: "web"), container: "web"))
    }
    let script = """
      mkdir -p /tmp/a/b; echo one > /tmp/a/1; echo two > /tmp/a/b/2; tar -cf /tmp/x.tar -C /tmp a
      mkdir /tmp/out; tar xf /tmp/x.tar -C /tmp/out; cat /tmp/out/a/1 /tmp/out/a/b/2; tar tf /tmp/x.tar
      """
    #expect(try run(script) == .init(exitCode: 0, output: "one\ntwo\na/\na/1\na/b/\na/b/2\n"))
    let missing = try run("tar cf - /tmp/none")
    #expect(missing.exitCode == 2)
    #expect(missing.output.contains("tar: /tmp/none: Cannot stat: No such file or directory"))
    #expect(try run("tar xzf /tmp/x.tar").output == "tar: compressed archives are not simulated\n")
    #expect(try run("tar xf /tmp/a/1").output == "tar: Unexpected EOF in archive\n")
  }

  @Test(
    "bytes become text and come back",
    arguments: [[], [0, 65, 10], [0xFF, 0xFE, 0x80, 0xC0, 0xC3], Array("ä€😀".utf8), [0xF4, 0x90, 0x80, 0x80]]
      as [[UInt8]])
  func bytesAndText(_ bytes: [UInt8]) {
    #expect(ByteText.bytes(ByteText.text(bytes)) == bytes)
    var pieces = TextPieces()
    var text = ""
    for byte in bytes { text += pieces.add([byte]) }
    text += pieces.end()
    #expect(ByteText.bytes(text) == bytes)
  }
}
