import API
import Cluster
import ClusterTesting
import Glibc
import Hosting
import Kinds
import Lessons
import Loop
import SQLiteJournal
import Store
import Synchronization
import Testing
import Tree

@testable import Classroom

/// A whole classroom in a test: the real host, journals in a folder of its own, clocks that the test moves.
final class Room: Sendable {
  /// Clocks that stand until they are moved.
  final class Hands: Sendable {
    private let nanoseconds = Mutex<Int64>(1_000_000_000_000)
    var now: Int64 { nanoseconds.withLock { $0 } }
    func move(seconds: Int64) { nanoseconds.withLock { $0 += seconds * 1_000_000_000 } }
  }

  /// Bytes by chance, the same in every run.
  final class Dice: Sendable {
    private let state: Mutex<UInt64>
    init(_ seed: UInt64) { state = Mutex(seed) }
    func roll() -> UInt8 {
      state.withLock { state in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 40)
      }
    }
  }

  let folder: String
  let host: ClusterHost
  let service: ClassroomService
  let hands = Hands()

  init(limits: ClassroomLimits = ClassroomLimits(), folder given: String? = nil) throws {
    folder = given ?? Self.makeFolder()
    var blueprint = ClusterBlueprint(
      options: ClusterOptions(identity: .paper), seed: 7, tokens: TokenTable([:]), version: "test")
    blueprint.adjust = ClassroomService.adjustment(limits)
    host = ClusterHost(blueprint, journals: SQLiteJournalFolder(path: folder), lanes: 2)
    let hands = self.hands
    let dice = Dice(given == nil ? 1 : 1 << 32)
    let cryptography = Cryptography(
      randomBytes: { count in (0..<count).map { _ in dice.roll() } },
      // No digest, but as different for different texts: the engine's tests need no cryptography.
      digest: { bytes in Array(bytes.reversed()) + [UInt8(truncatingIfNeeded: bytes.count)] })
    service = try ClassroomService(
      ClassroomService.Options(
        nodes: 1, limits: limits, passwordCost: PasswordHash.Cost(memory: 64, passes: 1),
        clocks: ClassroomService.Clocks(
          monotonic: { hands.now }, calendar: { 1_800_000_000 + hands.now / 1_000_000_000 }),
        cryptography: cryptography, lessons: { Self.lessons }), host: host)
  }

  private static func makeFolder() -> String {
    var template = Array("/tmp/classroom.XXXXXX".utf8CString)
    _ = mkdtemp(&template)
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  static let lessons: LessonLibrary = .empty

  /// Ends it as a server's end does.
  func stop() {
    service.stop()
    host.stop()
  }

  deinit { stop() }

  // MARK: What people do

  func wait<Success: Sendable>(
    _ ask: (@escaping @Sendable (Result<Success, Status>) -> Void) -> Void
  ) throws(Status) -> Success {
    let answers = Mailbox<Result<Success, Status>>()
    ask { answers.put($0) }
    guard let answer = answers.takeAll(until: nil)?.first else {
      throw Status(code: 500, reason: "", message: "no answer")
    }
    return try answer.get()
  }

  func join(_ nickname: String, code: String? = nil, address: String = "10.0.0.1") throws(Status) -> SignedIn {
    try eventually { !service.classroom.status.joinCode.isEmpty }
    let code = code ?? service.classroom.status.joinCode
    return try wait { service.join(code: code, nickname: nickname, address: address, reply: $0) }
  }

  func comeBack(_ code: String, address: String = "10.0.0.1") throws(Status) -> SignedIn {
    try wait { service.comeBack(personalCode: code, address: address, reply: $0) }
  }

  // MARK: What the instructor does

  /// A merge patch as anybody may send one, answered as it would be.
  @discardableResult
  func patch(_ kind: Kind, _ name: String, _ patch: Value, as caller: Caller? = nil) -> APIResponse {
    request(
      "PATCH", "/apis/podium.dev/v1/\(kind.plural)/\(name)", patch, type: "application/merge-patch+json",
      as: caller ?? Access.caller(Person(.instructor), in: Access.classroom) ?? .anonymous)
  }

  func request(
    _ method: String, _ target: String, _ body: Value? = nil, type: String = "application/json", as caller: Caller
  ) -> APIResponse {
    let call = APIRequest(
      method, target, headers: [("Content-Type", type)], body: body?.json ?? [], caller: caller)
    guard service.cluster.api.isWrite(call) else {
      guard case .response(let response) = service.cluster.api.read(call) else {
        return APIResponse.text("", status: 0)
      }
      return response
    }
    let answers = Mailbox<APIResponse>()
    service.cluster.write(call) { answers.put($0) }
    return answers.takeAll(until: nil)?.first ?? APIResponse.text("", status: 0)
  }

  // MARK: What is then

  func learner(_ name: String) -> Learner {
    let stored = service.cluster.feed.snapshot[Kind.learner.key(namespace: "", name: name)]
    return Learner(stored?.value ?? [:])
  }

  func object(_ kind: Kind, _ name: String, in cluster: String) -> Value? {
    (try? host.cluster(cluster))?.feed.snapshot[kind.key(namespace: "default", name: name)]?.value
  }

  /// Waits until something is so, as the clusters write; fails after a while.
  func eventually(_ isSo: () -> Bool) throws(Status) {
    let changes = Mailbox<Void>()
    let watch = service.cluster.feed.watch(after: nil) { _ in changes.put(()) }
    defer { service.cluster.feed.unwatch(watch.id) }
    for _ in 0..<600 {
      if isSo() { return }
      _ = changes.takeAll(until: MonotonicClock.now + 50_000_000)
    }
    throw Status(code: 504, reason: "Timeout", message: "it did not come to be")
  }
}
