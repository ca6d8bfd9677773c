import API
import Classroom
import HTTP
import Synchronization

/// By what a request is let in, so that what it opens ends with that.
extension Site {
  /// The request's sign-in: a cookie, or the token of a learner's kubeconfig. nil for what does not end, and for a cookie
  /// that counts no longer: who brings one is nobody in particular.
  func signIn(of request: HTTPRequest) -> String? {
    let credentials = Self.credentials(of: request)
    if credentials.certificate != nil { return nil }
    if let token = credentials.bearerToken {
      return classroom?.person(token: token) == nil ? nil : Sessions.fingerprint(token)
    }
    guard let cookie = Sessions.cookie(in: request), isSignedIn(request) else { return nil }
    return Sessions.fingerprint(cookie)
  }

  /// Whether the request's sign-in still counts.
  private func isSignedIn(_ request: HTTPRequest) -> Bool {
    guard let classroom else { return sessions.caller(of: request) != nil }
    if case .nobody = visitor(request, in: classroom) { return false }
    if let token = Self.credentials(of: request).bearerToken { return classroom.person(token: token) != nil }
    return true
  }

  /// What the answer keeps open ends with the sign-in by which its request was let in.
  func tied(_ verdict: Verdict, to signIn: String?, of request: HTTPRequest) -> Verdict {
    guard let signIn else { return verdict }
    switch verdict {
    case .answer(let response):
      if case .stream(let stream) = response.body { tie(stream, to: signIn, of: request) }
      return verdict
    case .upgrade(let upgrade):
      return .upgrade(signedInStreams.tied(upgrade, to: signIn) { [self] in isSignedIn(request) })
    case .later: return verdict
    }
  }

  /// Has the stream end with the sign-in by which the request was let in.
  func tie(_ stream: EventStream, to signIn: String, of request: HTTPRequest) {
    signedInStreams.tie(stream, to: signIn)
    // It may have ended since the request was let in.
    if !isSignedIn(request) { stream.end() }
  }
}

/// Takes away sign-ins whose time is over, so that what they keep open ends.
final class SignInExpiry: Ticking {
  private static let seconds = 60

  private let classroom: ClassroomService
  private let age = Mutex(0)

  init(_ classroom: ClassroomService) { self.classroom = classroom }

  func tick() {
    let age = age.withLock { age in
      age += 1
      return age
    }
    if age % Self.seconds == 0 { classroom.removeExpiredCredentials() }
  }
}
