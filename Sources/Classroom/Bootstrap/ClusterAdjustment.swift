package import Cluster
import Kinds

extension ClassroomService {
  /// What is different about the clusters of a server with a classroom: its own serves the classroom's kinds, and
  /// learners' may hold only so much.
  package static func adjustment(_ limits: ClassroomLimits) -> @Sendable (inout ClusterOptions) -> Void {
    { options in
      if options.name == Access.classroom { options.kinds = .classroom }
      if Access.owner(of: options.name) != nil { options.limits = limits.cluster }
    }
  }
}
