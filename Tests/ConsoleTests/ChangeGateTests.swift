import Loop
import Store
import Synchronization
import Testing
import Tree

@testable import Console

@Suite("A change gate") struct ChangeGateTests {
  private func change(_ revision: Int64) -> Change {
    let object = StoredObject(
      ["metadata": ["name": "a"]], at: ObjectKey(GroupResource(resource: "pods"), name: "a"), revision: revision)
    return Change(.created, object: object, previous: nil, cause: Cause(actor: "t"), time: Time(seconds: 0))
  }

  @Test("lets nothing through before what comes first has been sent, then everything in order")
  func order() {
    let sent = Mutex<[Int64]>([])
    let gate = ChangeGate { changes in sent.withLock { $0 += changes.map(\.revision) } }
    gate.take([change(2)])
    gate.take([change(3)])
    #expect(sent.withLock { $0 }.isEmpty)
    gate.open { sent.withLock { $0.append(1) } }
    gate.take([change(4)])
    #expect(sent.withLock { $0 } == [1, 2, 3, 4])
  }
}
