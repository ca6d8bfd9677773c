import Glibc

/// A folder that goes with its test.
final class TemporaryFolder {
  let path: String

  init() {
    var template = Array("/tmp/podium-test-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? ""
    }
    precondition(!path.isEmpty, "no temporary folder can be made")
  }

  deinit {
    for ending in ["a", "b", "half"].flatMap({ name in ["", "-wal", "-shm"].map { "/\(name).sqlite\($0)" } }) {
      unlink(path + ending)
    }
    rmdir(path)
  }
}
