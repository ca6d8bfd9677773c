package import API
import Glibc
import HTTP
import Synchronization
import Tree

/// Bearer tokens of people, kept by their SHA-256 only, in one file of the data directory.
///
/// Another process (`podium kubeconfig`) may add a token while the server runs; a token that is not known makes the
/// server look whether the file has changed.
package final class TokenFile: TokenAuthenticator {
  /// The file cannot be used.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
  }

  private struct State {
    var callers: [[UInt8]: Caller] = [:]
    var stamp: Int64 = 0
  }

  private let path: String
  private let state = Mutex(State())

  /// The tokens of a file, which need not exist yet.
  package init(path: String) throws(Failure) {
    self.path = path
    try reload()
  }

  package var isEmpty: Bool { state.withLock { $0.callers.isEmpty } }

  package func caller(for token: String) -> Caller? {
    let hash = Self.hash(token)
    if let caller = state.withLock({ $0.callers[hash] }) { return caller }
    guard Self.stamp(path) != state.withLock({ $0.stamp }) else { return nil }
    try? reload()
    return state.withLock { $0.callers[hash] }
  }

  /// Makes a token for a user and keeps its hash. The token itself is kept nowhere.
  package func issue(for caller: Caller) throws(Failure) -> String {
    let token = RandomBytes.make(24).hexadecimal
    try add(token, for: caller)
    return token
  }

  /// Lets a known token in.
  package func add(_ token: String, for caller: Caller) throws(Failure) {
    let hash = Self.hash(token)
    guard state.withLock({ $0.callers[hash] }) != caller else { return }
    let line: Value = [
      "sha256": .string(hash.hexadecimal), "user": .string(caller.name),
      "groups": .array(caller.groups.map(Value.string)),
    ]
    let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    guard descriptor >= 0 else { throw failure("written") }
    defer { Glibc.close(descriptor) }
    let bytes = line.json + [UInt8(ascii: "\n")]
    // One write of an appended line, so that two processes never mix theirs.
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
      throw failure("written")
    }
    try reload()
  }

  private func reload() throws(Failure) {
    let stamp = Self.stamp(path)
    guard stamp != 0 else { return }
    guard let bytes = FileContents.read(path) else { throw failure("read") }
    var callers: [[UInt8]: Caller] = [:]
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      guard let value = try? JSON.parse(Array(line)),
        let digest = value["sha256"]?.string.flatMap([UInt8].init(hexadecimal:)), let user = value["user"]?.string
      else { throw Failure("the token file \(path) has a line that is no token: remove that line") }
      callers[digest] = Caller(name: user, groups: (value["groups"]?.array ?? []).compactMap(\.string))
    }
    state.withLock { $0 = State(callers: callers, stamp: stamp) }
  }

  private func failure(_ action: String) -> Failure {
    Failure("the token file \(path) cannot be \(action): \(String(cString: strerror(errno)))")
  }

  private static func hash(_ token: String) -> [UInt8] { SHA256.digest(Array(token.utf8)) }

  /// The moment of the file's last change; 0 where there is none.
  private static func stamp(_ path: String) -> Int64 {
    var status = stat()
    guard stat(path, &status) == 0 else { return 0 }
    return Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
  }
}
