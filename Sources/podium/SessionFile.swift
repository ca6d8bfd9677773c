import Cluster
import Glibc
import Synchronization
import Tree

/// A file that holds a session's record, one JSON line after the other. It holds what clients sent, Secrets included:
/// only its owner may read it.
final class SessionFile: SessionLog {
  private let descriptor: Mutex<Int32?>

  /// Makes the file; one that is there already is not written over.
  init(_ path: String) throws(Refusal) {
    let opened = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard opened >= 0 else {
      throw Refusal("the record \(path) cannot be made (\(String(cString: strerror(errno)))): give a new file")
    }
    descriptor = Mutex(opened)
  }

  func write(_ line: Value) {
    let bytes = line.json + [UInt8(ascii: "\n")]
    descriptor.withLock { descriptor in
      guard let open = descriptor else { return }
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Glibc.write(open, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else {
          // A record with a gap is worth nothing: it ends here.
          close(open)
          descriptor = nil
          return
        }
        rest = rest.dropFirst(count)
      }
    }
  }

  deinit { descriptor.withLock { if let open = $0 { _ = close(open) } } }
}
