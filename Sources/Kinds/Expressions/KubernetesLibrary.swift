package import CEL

/// What Kubernetes adds to the expression language (Kubernetes documentation, "Common Expression Language in
/// Kubernetes").
extension CELLibrary {
  /// In rules of custom kinds.
  package static let rules: CELLibrary = {
    var library = CELLibrary()
    CELQuantity.add(to: &library)
    CELAddress.add(to: &library)
    CELNetwork.add(to: &library)
    CELURL.add(to: &library)
    CELSemanticVersion.add(to: &library)
    CELFormat.add(to: &library)
    return library
  }()

  /// In conditions and validations of admission: questions for the authorizer too.
  package static let validation: CELLibrary = {
    var library = CELLibrary()
    library.addMethods([
      ("path", 1...1), ("group", 1...1), ("serviceAccount", 2...2), ("resource", 1...1), ("subresource", 1...1),
      ("namespace", 1...1), ("name", 1...1), ("fieldSelector", 1...1), ("labelSelector", 1...1), ("check", 1...1),
      ("allowed", 0...0), ("reason", 0...0), ("errored", 0...0), ("error", 0...0),
    ])
    return rules.adding(library)
  }()

  /// In mutations: the objects that they give, and JSON Patch's escapes too.
  package static let admission: CELLibrary = {
    var library = CELLibrary(types: ["Object", "JSONPatch"])
    library.add("jsonpatch.escapeKey", 1...1) { (arguments) throws(CELError) in
      guard case .string(let key) = arguments[0] else { return nil }
      return .string(key.replacing("~", with: "~0").replacing("/", with: "~1"))
    }
    return validation.adding(library)
  }()
}
