import Testing

@testable import Loop

@Suite("The loop") struct LoopTests {
  private let loop = Loop(now: Time(seconds: 100), seed: 7)

  @Test("runs work by its deadline, then by the order in which it was scheduled")
  func order() {
    var ran: [String] = []
    loop.schedule(after: .seconds(2), as: "b") { ran.append("late") }
    loop.schedule(after: .seconds(1), as: "a") { ran.append("first") }
    loop.schedule(after: .seconds(1), as: "a") { ran.append("second") }
    loop.advance(to: Time(seconds: 101))
    #expect(ran == ["first", "second"])
    loop.advance(to: Time(seconds: 110))
    #expect(ran == ["first", "second", "late"])
    #expect(loop.now == Time(seconds: 110))
  }

  @Test("lets the nodes see a moment only when the control plane is done with it")
  func precedence() {
    var ran: [String] = []
    loop.schedule(at: Time(seconds: 101), .nodes, as: "kubelet") { [loop] in
      ran.append("node")
      loop.schedule(as: "controller") { ran.append("controller again") }
    }
    loop.schedule(at: Time(seconds: 101), as: "scheduler") { [loop] in
      ran.append("first")
      loop.schedule(as: "scheduler") { ran.append("second") }
    }
    loop.schedule(at: Time(seconds: 102), as: "scheduler") { ran.append("late") }
    loop.advance(to: Time(seconds: 102))
    #expect(ran == ["first", "second", "node", "controller again", "late"])
  }

  @Test("runs each piece at its own moment")
  func moments() {
    var seen: [Int64] = []
    loop.schedule(after: .seconds(5), as: "x") { [loop] in
      seen.append(loop.now.seconds)
      loop.schedule(after: .seconds(5), as: "x") { seen.append(loop.now.seconds) }
    }
    loop.advance(to: Time(seconds: 200))
    #expect(seen == [105, 110])
  }

  @Test("runs a deadline in the past at once, not before now")
  func past() {
    var seen: Time?
    loop.schedule(at: Time(seconds: 3), as: "x") { [loop] in seen = loop.now }
    loop.runDue()
    #expect(seen == Time(seconds: 100))
  }

  @Test("does not run what was cancelled, nor waits for it")
  func cancelled() {
    var ran = false
    let appointment = loop.schedule(after: .seconds(1), as: "x") { ran = true }
    appointment.cancel()
    #expect(loop.nextDeadline == nil)
    loop.advance(to: Time(seconds: 102))
    #expect(!ran)
  }

  @Test("stops at its limit, at the moment it got to")
  func limit() {
    for second in 1...10 { loop.schedule(after: .seconds(Int64(second)), as: "x") {} }
    #expect(loop.advance(to: Time(seconds: 200), limit: 4) == 4)
    #expect(loop.now == Time(seconds: 104))
    #expect(loop.nextDeadline == Time(seconds: 105))
  }

  @Test("stops when it is told to, at the moment it got to")
  func told() {
    var count = 0
    for second in 1...10 { loop.schedule(after: .seconds(Int64(second)), as: "x") { count += 1 } }
    #expect(loop.advance(to: Time(seconds: 200)) { count < 3 } == 3)
    #expect(loop.now == Time(seconds: 103))
    #expect(loop.advance(to: Time(seconds: 200)) == 7)
    #expect(loop.now == Time(seconds: 200))
  }

  @Test("gives each name a stream of its own, the same for the same seed")
  func randomStreams() {
    let other = Loop(now: Time(seconds: 0), seed: 7)
    _ = other.random("disturbance").next()
    #expect(loop.random("uids").uuid() == other.random("uids").uuid())
    #expect(loop.random("uids").uuid() != loop.random("names").uuid())
    #expect(
      Loop(now: Time(seconds: 0), seed: 8).random("uids").next()
        != Loop(now: Time(seconds: 0), seed: 7).random("uids").next())
  }

  @Test("makes version 4 UUIDs, and suffixes of Kubernetes' letters")
  func names() {
    let uuid = loop.random("x").uuid()
    #expect(uuid.count == 36)
    #expect(Array(uuid)[14] == "4")
    #expect("89ab".contains(Array(uuid)[19]))
    #expect(loop.random("x").suffix().allSatisfy { "bcdfghjklmnpqrstvwxz2456789".contains($0) })
  }
}

@Suite("A work queue") struct WorkQueueTests {
  private let loop = Loop(now: Time(seconds: 0), seed: 1)

  @Test("handles a key once however often it is added")
  func once() {
    var handled: [String] = []
    let queue = WorkQueue<String>(loop: loop, component: "test") { key in
      handled.append(key)
      return .done
    }
    for key in ["b", "a", "b"] { queue.add(key) }
    loop.runDue()
    #expect(handled == ["b", "a"])
  }

  @Test("keeps the earliest wish")
  func earliest() {
    var times: [Int64] = []
    let queue = WorkQueue<String>(loop: loop, component: "test") { [loop] _ in
      times.append(loop.now.seconds)
      return .done
    }
    queue.add("a", after: .seconds(10))
    queue.add("a", after: .seconds(2))
    queue.add("a", after: .seconds(5))
    loop.advance(to: Time(seconds: 60))
    #expect(times == [2])
  }

  @Test("comes back after a failure with a doubling delay, from 5 ms")
  func backOff() {
    var times: [Int64] = []
    let queue = WorkQueue<String>(loop: loop, component: "test") { [loop] _ in
      times.append(loop.now.nanoseconds / 1_000_000)
      return times.count < 5 ? .failed : .done
    }
    queue.add("a")
    loop.advance(to: Time(seconds: 60))
    #expect(times == [0, 5, 15, 35, 75])
  }
}
