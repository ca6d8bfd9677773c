package import API
import Kinds

/// What a classroom keeps within.
package struct ClassroomLimits: Sendable {
  /// Wrong join codes and personal codes a minute.
  package var wrongCodesPerAddress = 30
  package var wrongCodesInAll = 150
  /// Wrong passwords a minute.
  package var wrongPasswordsPerAddress = 10
  package var wrongPasswordsInAll = 60
  package var learners = 300
  /// Learners who join in a minute from one address, where the Classroom says nothing else: a room behind one router.
  package var joinsPerAddress = 40
  /// Browsers in which one person is signed in; the oldest goes.
  package var sessionsPerPerson = 20
  /// Tokens of kubeconfigs that one learner has; the oldest goes.
  package var kubeconfigsPerLearner = 5
  /// One learner's requests.
  package var requestsPerSecond = 100
  package var requestBurst = 300
  /// One learner's open streams: watches, checks, logs.
  package var streamsPerLearner = 24
  /// One learner's running commands in the page's terminal.
  package var commandsPerLearner = 4
  /// What one learner's cluster may hold.
  package var cluster = ClusterLimits(pods: 500, events: 5_000, objects: 2_000, bytes: 16 << 20)
  /// How long a sign-in lasts.
  package var learnerSessionSeconds: Int64 = 30 * 86_400
  package var staffSessionSeconds: Int64 = 12 * 3_600

  package init() {}

  /// How many learners there may be in a classroom: as its instructor wants it, within the server's limit.
  func places(in classroom: Classroom) -> Int { min(classroom.spec.places ?? learners, learners) }
}
