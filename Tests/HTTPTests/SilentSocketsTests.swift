import Glibc
import Testing

@testable import HTTP

@Suite("Silent sockets wait in a bounded room")
struct SilentSocketsTests {
  private func arrival(_ descriptor: Int32, deadline: UInt64) -> Arrival {
    Arrival(descriptor: descriptor, address: sockaddr_storage(), addressLength: 0, deadline: deadline)
  }

  @Test func theOldestGivesItsPlace() {
    var silent = SilentSockets(limit: 2)
    #expect(silent.add(arrival(5, deadline: 20)) == nil)
    #expect(silent.add(arrival(9, deadline: 10)) == nil)
    #expect(silent.add(arrival(7, deadline: 30))?.descriptor == 9)
    #expect(silent.count == 2)
    #expect(silent[9] == nil)
  }

  @Test func onlyThoseWhoseDeadlineHasPassedAreOverdue() {
    var silent = SilentSockets(limit: 10)
    for number in 1...4 { _ = silent.add(arrival(Int32(number), deadline: UInt64(number * 10))) }
    silent.remove(1)
    let overdue = silent.removeOverdue(at: 30).map(\.descriptor)
    #expect(overdue == [2])
    #expect(Set(silent.removeAll().map(\.descriptor)) == [3, 4])
    #expect(silent.count == 0)
  }
}
