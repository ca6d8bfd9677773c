import Classroom
import Cluster
import Console
import Glibc
import HTTP
import Hosting
import Kinds

/// The classroom of a server that has one.
struct ClassroomOpening {
  let service: ClassroomService
  /// With which the instructor's first password can be set from another machine; nil if one is set.
  let setupCode: String?

  /// - Parameter nodes: of each learner's cluster.
  init(_ settings: ServerSettings, host: ClusterHost, lessons: LessonShelf) throws(Refusal) {
    let cryptography = Cryptography(randomBytes: RandomBytes.make, digest: SHA256.digest)
    let options = ClassroomService.Options(
      nodes: settings.nodes, cryptography: cryptography, lessons: { lessons.lessons })
    do throws(Status) {
      service = try ClassroomService(options, host: host)
    } catch {
      throw Refusal("the classroom cannot be opened: \(error.message)")
    }
    if let file = settings.instructorPasswordFile { try Self.setPassword(from: file, of: service) }
    setupCode = service.makeSetupCode()
  }

  private static func setPassword(from file: String, of service: ClassroomService) throws(Refusal) {
    guard let bytes = FileContents.read(file) else {
      throw Refusal("the instructor's password file \(file) cannot be read: \(String(cString: strerror(errno)))")
    }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let password = String(decoding: lines.first ?? [], as: UTF8.self)
    let outcome = Mailbox<Status?>()
    service.setPassword(password) { outcome.put($0) }
    if let failure = outcome.takeAll(until: nil)?.first ?? nil {
      throw Refusal("the instructor's password in \(file) cannot be set: \(failure.message)")
    }
  }
}
