/// What a browser gets from a sign-in.
package struct SignedIn: Sendable {
  package let person: Person
  /// The session's secret: the cookie's value.
  package let session: String
  /// Of a learner who has just joined: the code to come back with, shown this once.
  package var personalCode: String?
  /// How long the session lasts.
  package let seconds: Int64
}

/// How a set-up stands: whether the instructor's password is still to be set.
package enum SetupState: String, Sendable {
  case none, page, code
}
