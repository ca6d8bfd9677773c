import Tree

/// Which resources there are, and how each is counted (k8s.io/kubernetes, pkg/apis/core/helper).
enum ResourceNames {
  private static let ofContainers: Set<String> = ["cpu", "memory", "ephemeral-storage"]
  private static let counted: Set<String> = [
    "pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "configmaps", "persistentvolumeclaims",
    "services.nodeports", "services.loadbalancers",
  ]
  private static let standard =
    ofContainers.union(counted).union([
      "requests.cpu", "requests.memory", "requests.ephemeral-storage", "limits.cpu", "limits.memory",
      "limits.ephemeral-storage", "storage", "requests.storage",
    ])
  private static let pagePrefix = "hugepages-"

  /// Pages of one size, which a node sets aside: `hugepages-2Mi`.
  static func isPages(_ name: String) -> Bool { name.hasPrefix(pagePrefix) }

  /// Kubernetes' own resources, unlike those that a device plug-in adds.
  static func isNative(_ name: String) -> Bool { !name.contains("/") || name.contains("kubernetes.io/") }

  /// Whether limits may be higher than what is requested.
  static func canExceedRequests(_ name: String) -> Bool { isNative(name) && !isPages(name) }

  /// Whether there are no parts of one.
  static func isWhole(_ name: String) -> Bool { counted.contains(name) || isExtended(name) }

  /// What a quota may limit without saying whose resource it is.
  static func isOfQuotas(_ name: String) -> Bool { name != "storage" && isStandard(name) }

  private static func isStandard(_ name: String) -> Bool {
    standard.contains(name) || isPages(name) || name.hasPrefix("requests." + pagePrefix)
  }

  private static func isExtended(_ name: String) -> Bool {
    !isNative(name) && !name.hasPrefix("requests.") && NameSyntax.qualifiedNameErrors("requests." + name).isEmpty
  }

  // MARK: Names

  /// What is wrong with a resource's name.
  static func errors(_ name: String, at path: String) -> [FieldError] {
    let syntax = NameSyntax.qualifiedNameErrors(name)
    if !syntax.isEmpty { return FieldError.invalid(path, .string(name), syntax) }
    if name.contains("/") || isStandard(name) { return [] }
    return [.invalid(path, .string(name), "must be a standard resource type or fully qualified")]
  }

  /// What is wrong with the name of a resource that a container uses.
  static func containerErrors(_ name: String, at path: String) -> [FieldError] {
    let errors = errors(name, at: path)
    if !name.contains("/") {
      return ofContainers.contains(name) || isPages(name)
        ? errors : errors + [.invalid(path, .string(name), "must be a standard resource for containers")]
    }
    return isNative(name) || isExtended(name)
      ? errors : errors + [.invalid(path, .string(name), "doesn't follow extended resource name standard")]
  }

  /// What is wrong with the name of a resource that a quota limits.
  static func quotaErrors(_ name: String, at path: String) -> [FieldError] {
    let errors = errors(name, at: path)
    return name.contains("/") || isOfQuotas(name)
      ? errors : errors + [.invalid(path, .string(name), "must be a standard resource for quota")]
  }

  // MARK: Amounts

  /// What is wrong with an amount of a resource.
  static func amountErrors(_ name: String, _ amount: Value, at path: String) -> [FieldError] {
    guard let quantity = amount.string.flatMap({ Quantity($0) }) else { return [] }
    let shown = Value.string(quantity.description)
    var errors: [FieldError] = []
    if quantity < .zero { errors.append(.invalid(path, shown, "must be greater than or equal to 0")) }
    if isWhole(name), quantity.milliValue % 1_000 != 0 { errors.append(.invalid(path, shown, "must be an integer")) }
    return errors
  }

  /// What is wrong with an amount of pages: there are no parts of one.
  static func pageErrors(_ name: String, _ amount: Value, at path: String) -> [FieldError] {
    guard isPages(name), let size = Quantity(String(name.dropFirst(pagePrefix.count))), size.value > 0,
      let quantity = amount.string.flatMap({ Quantity($0) }), quantity.value % size.value != 0
    else { return [] }
    let text = quantity.description
    return [.invalid(path, .string(text), "\(text) is not positive integer multiple of \(name)")]
  }
}
