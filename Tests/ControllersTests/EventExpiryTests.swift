import API
import Controllers
import Kinds
import Loop
import Store
import Testing
import Tree

/// Events end an hour after they were last written (kube-apiserver, `--event-ttl`).
@Suite("Events do not last")
struct EventExpiryTests {
  private func event(_ name: String) -> Value {
    [
      "metadata": ["name": .string(name), "namespace": "default"], "involvedObject": ["kind": "Pod", "name": "web"],
      "reason": "Tested", "type": "Normal", "lastTimestamp": "1970-01-12T13:46:40Z",
    ]
  }

  private func advance(_ world: World, minutes: Int64) {
    world.loop.advance(to: world.loop.now + .seconds(minutes * 60))
  }

  @Test("One is gone after an hour; one that was counted up an hour after that")
  func life() throws {
    let world = World()
    world.start { client in
      let expiry = EventExpiry(client: client)
      expiry.start()
      return expiry
    }
    try world.client.create(.event, event("once"), cause: world.user)
    try world.client.create(.event, event("again"), cause: world.user)
    advance(world, minutes: 30)
    var counted = event("again")
    counted["count"] = 2
    try world.client.update(.event, counted, cause: world.user)
    advance(world, minutes: 29)
    #expect(world.client.list(.event).count == 2)
    advance(world, minutes: 2)
    #expect(world.client.list(.event).map(\.name) == ["again"])
    advance(world, minutes: 30)
    #expect(world.client.list(.event).isEmpty)
    #expect(world.loop.nextDeadline == nil)
  }

  @Test("What was stored before a restart ends by its own time")
  func restart() throws {
    let world = World()
    try world.client.create(.event, event("old"), cause: world.user)
    advance(world, minutes: 50)
    world.start { client in
      let expiry = EventExpiry(client: client)
      expiry.start()
      return expiry
    }
    advance(world, minutes: 9)
    #expect(world.client.list(.event).count == 1)
    advance(world, minutes: 2)
    #expect(world.client.list(.event).isEmpty)
  }
}
