import Glibc

/// SIGTERM and SIGINT, which end the server in order. SIGPIPE is ignored: a closed connection is no reason to end.
struct EndSignals {
  private var set = sigset_t()

  /// Keeps the signals from every thread that is started from now on.
  init() {
    signal(SIGPIPE, SIG_IGN)
    sigemptyset(&set)
    sigaddset(&set, SIGTERM)
    sigaddset(&set, SIGINT)
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  /// Waits for one of them and gives its name.
  func wait() -> String {
    var set = self.set
    var received: Int32 = 0
    while sigwait(&set, &received) != 0 {}
    return received == SIGINT ? "SIGINT" : "SIGTERM"
  }
}
