package import Cluster
import Kinds

extension ClassroomService {
  /// What is different about the clusters of a server with a classroom: its own serves the classroom's kinds;
  /// learners' may hold only so much, and let instructor and assistants look in.
  package static func adjustment(_ limits: ClassroomLimits) -> @Sendable (inout ClusterOptions) -> Void {
    { options in
      if options.name == Access.classroom { options.kinds = .classroom }
      guard Access.owner(of: options.name) != nil else { return }
      options.limits = limits.cluster
      options.rights = ReaderRoles.objects
    }
  }
}
