import Glibc

/// How many descriptors the process may have open.
enum DescriptorLimit {
  /// For files, the journal and everything else that is no connection.
  private static let others = 256

  /// Lets the process open a descriptor for every connection and some for everything else, up to the system's bound.
  static func raise(for connections: Int) {
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { return }
    limit.rlim_cur = max(limit.rlim_cur, min(limit.rlim_max, rlim_t(connections + others)))
    setrlimit(resource, &limit)
  }
}
