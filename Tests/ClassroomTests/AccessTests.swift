import API
import Cluster
import ClusterTesting
import Hosting
import Kinds
import Lessons
import Loop
import Store
import Synchronization
import Testing
import Tree

@testable import Classroom

@Suite("Who is who in which cluster") struct AccessTests {
  private let minji = Person(.learner, name: "learner-a2b3c4d5")

  @Test("a learner is user learner in their own cluster and its forks, and nobody in any other")
  func learners() {
    #expect(Access.caller(minji, in: "learner-a2b3c4d5") == .learner)
    #expect(Access.caller(minji, in: "learner-a2b3c4d5--monday") == .learner)
    for other in [
      "learner-a2b3c4d", "learner-a2b3c4d5x", "learner-x--learner-a2b3c4d5", "default", "LEARNER-A2B3C4D5", "",
    ] {
      #expect(Access.caller(minji, in: other) == nil, "\(other)")
    }
    #expect(Access.caller(minji, in: "classroom")?.groups == ["podium:learner", "system:authenticated"])
  }

  @Test("the instructor and assistants come into learners' clusters by their groups, observers do not")
  func staff() {
    let cluster = "learner-a2b3c4d5"
    #expect(Access.caller(Person(.instructor), in: cluster)?.groups == ["podium:instructor", "system:authenticated"])
    #expect(Access.caller(Person(.assistant, nickname: "b"), in: cluster)?.groups.first == "podium:assistant")
    #expect(Access.caller(Person(.observer, nickname: "c"), in: cluster) == nil)
    #expect(Access.caller(Person(.observer, nickname: "c"), in: "classroom")?.groups.first == "podium:observer")
    #expect(Access.caller(Person(.instructor), in: "default") == .learner)
    #expect(Access.caller(Person(.instructor), in: "default--monday") == .learner)
    #expect(Access.caller(Person(.assistant, nickname: "b"), in: "default--monday") == nil)
    #expect(Access.caller(Person(.assistant, nickname: "b"), in: "default") == nil)
  }
}
