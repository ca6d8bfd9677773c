/// What a secret of a person is for.
package enum CredentialPurpose: String, Sendable {
  /// The cookie of a browser.
  case session
  /// The code with which a learner comes back.
  case personalCode = "personal-code"
  /// The bearer token in a kubeconfig.
  case kubeconfig
}
