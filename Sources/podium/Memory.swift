import CMalloc

/// How the C library hands out memory.
enum Memory {
  /// One arena for all threads, grown a megabyte at a time. With glibc's own settings every thread has an arena, which
  /// grows page by page with a system call each: a third of the start-up time, and more memory held.
  static func prepare() {
    mallopt(M_ARENA_MAX, 1)
    mallopt(M_TOP_PAD, 1 << 20)
  }

  /// Gives the operating system back what is free: the C library itself keeps it, but for what lies at the end.
  static func release() { malloc_trim(0) }
}
