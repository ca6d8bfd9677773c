import Console
import Glibc

/// The folder that keeps everything: the journal, token hashes, certificates.
///
///     version            the layout's number
///     lock               held while a server runs
///     address            where the last server listened
///     tokens             hashes of bearer tokens
///     clusters/*.sqlite  one journal a cluster
///     tls/               the certificate authority, and what `--tls auto` made
///     keys/              the key that signs service accounts' tokens
struct DataDirectory {
  static let version = 1

  let path: String

  /// The folder that was given, or the standard one. It is made where it is missing, unless it must be there already.
  init(_ given: String?, mustExist: Bool = false) throws(Refusal) {
    path = given ?? Self.standard
    if mustExist, access(path + "/version", F_OK) != 0 {
      throw Refusal("\(path) is no data directory of podium: start a server there first, or give another with --data")
    }
    try make(path)
    try make(clusters)
    try checkVersion()
  }

  private static var standard: String {
    if let home = getenv("XDG_DATA_HOME") { return String(cString: home) + "/podium" }
    return (getenv("HOME").map { String(cString: $0) } ?? ".") + "/.local/share/podium"
  }

  var tokens: String { path + "/tokens" }
  var address: String { path + "/address" }
  var tls: String { path + "/tls" }
  var trustedCertificate: String { tls + "/trusted.crt" }
  var keys: String { path + "/keys" }

  var clusters: String { path + "/clusters" }

  /// Keeps a second server off this folder; the lock is let go when the process ends.
  func lock() throws(Refusal) {
    let descriptor = open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw unwritable }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw Refusal("another podium uses the data directory \(path): end it, or give another with --data")
    }
  }

  func make(_ folder: String) throws(Refusal) {
    var made = ""
    for part in folder.split(separator: "/", omittingEmptySubsequences: false) {
      made += made.isEmpty && part.isEmpty ? "/" : (made.isEmpty || made == "/" ? "" : "/") + part
      guard !part.isEmpty, mkdir(made, 0o700) != 0, errno != EEXIST else { continue }
      throw unwritable
    }
    guard access(folder, W_OK | X_OK) == 0 else { throw unwritable }
  }

  /// Writes a small file whole, or not at all.
  func write(_ text: String, to file: String, mode: mode_t = 0o600) throws(Refusal) {
    let temporary = file + ".new"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw unwritable }
    let bytes = Array(text.utf8)
    let isWritten = Glibc.write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
    close(descriptor)
    guard isWritten, rename(temporary, file) == 0 else { throw unwritable }
  }

  private var unwritable: Refusal {
    Refusal(
      "the data directory \(path) cannot be written (\(String(cString: strerror(errno)))): "
        + "give one that can with --data, or change its rights")
  }

  private func checkVersion() throws(Refusal) {
    let file = path + "/version"
    guard let bytes = FileContents.read(file) else { return try write("\(Self.version)\n", to: file) }
    let text = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
    guard let found = Int(text), found <= Self.version else {
      throw Refusal(
        "the data directory \(path) is of version \(text), this podium knows up to \(Self.version): "
          + "use a newer podium, or give another directory with --data")
    }
  }
}
