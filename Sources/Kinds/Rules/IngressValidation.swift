import Tree

/// The rules of ingresses (k8s.io/kubernetes, pkg/apis/networking/validation).
struct IngressValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    guard subresource == nil else { return [] }
    let spec = value["spec"] ?? [:]
    var errors: [FieldError] = []
    let rules = spec.elements("rules", in: "spec")
    if rules.isEmpty, spec["defaultBackend"] == nil {
      errors.append(.invalid("spec", .null, "either `defaultBackend` or `rules` must be specified"))
    }
    if let backend = spec["defaultBackend"] { errors += backendErrors(backend, at: "spec.defaultBackend") }
    for (path, rule) in rules { errors += ruleErrors(rule, at: path) }
    for (path, certificate) in spec.elements("tls", in: "spec") {
      for (index, host) in (certificate["hosts"]?.array ?? []).enumerated() {
        errors += hostErrors(host.string ?? "", at: path + ".hosts[\(index)]")
      }
      let name = certificate.text("secretName")
      if !name.isEmpty {
        errors += FieldError.invalid(path + ".secretName", .string(name), NameSyntax.subdomainErrors(name))
      }
    }
    let key = "kubernetes.io/ingress.class"
    if old == nil, let annotation = value["metadata", "annotations", key], let name = spec["ingressClassName"],
      annotation != name
    {
      errors.append(
        .invalid("annotations." + key, annotation, "must match `ingressClassName` when both are specified"))
    }
    if let name = spec["ingressClassName"]?.string {
      errors += FieldError.invalid("spec.ingressClassName", .string(name), NameSyntax.subdomainErrors(name))
    }
    return errors
  }

  private func ruleErrors(_ rule: Value, at path: String) -> [FieldError] {
    var errors: [FieldError] = []
    let host = rule.text("host")
    if !host.isEmpty {
      if FieldSyntax.isAddress(host) {
        errors.append(.invalid(path + ".host", .string(host), "must be a DNS name, not an IP address"))
      } else {
        errors += hostErrors(host, at: path + ".host")
      }
    }
    guard let http = rule["http"] else { return errors }
    let paths = http.elements("paths", in: path + ".http")
    if paths.isEmpty { errors.append(.required(path + ".http.paths")) }
    return errors + paths.flatMap { pathErrors($0.value, at: $0.path) }
  }

  private func hostErrors(_ host: String, at path: String) -> [FieldError] {
    guard host.hasPrefix("*.") else {
      return FieldError.invalid(path, .string(host), NameSyntax.subdomainErrors(host))
    }
    return NameSyntax.subdomainErrors(String(host.dropFirst(2))).isEmpty
      ? []
      : [
        .invalid(
          path, .string(host),
          "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of "
            + "lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. "
            + #"'*.example.com', regex used for validation is '\*\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*"#
            + "[a-z0-9])?)*')")
      ]
  }

  private func pathErrors(_ rule: Value, at path: String) -> [FieldError] {
    let text = rule.text("path")
    var errors: [FieldError] = []
    switch rule["pathType"]?.string {
    case nil: return [.required(path + ".pathType", "pathType must be specified")]
    case "Exact", "Prefix":
      if !text.hasPrefix("/") {
        errors.append(.invalid(path + ".path", .string(text), "must be an absolute path"))
      } else {
        for part in ["//", "/./", "/../", "%2f", "%2F"] where text.contains(part) {
          errors.append(.invalid(path + ".path", .string(text), "must not contain '\(part)'"))
        }
        for end in ["/..", "/."] where text.hasSuffix(end) {
          errors.append(.invalid(path + ".path", .string(text), "cannot end with '\(end)'"))
        }
      }
    default:
      if !text.isEmpty, !text.hasPrefix("/") {
        errors.append(.invalid(path + ".path", .string(text), "must be an absolute path"))
      }
    }
    return errors + backendErrors(rule["backend"] ?? [:], at: path + ".backend")
  }

  private func resourceErrors(_ reference: Value, at path: String) -> [FieldError] {
    var errors: [FieldError] = []
    if let group = reference["apiGroup"]?.string {
      errors += FieldError.invalid(path + ".apiGroup", .string(group), NameSyntax.subdomainErrors(group))
    }
    for field in ["kind", "name"] {
      let text = reference.text(field)
      errors +=
        text.isEmpty
        ? [.required(path + "." + field, field + " is required")]
        : FieldError.invalid(path + "." + field, .string(text), NameSyntax.pathSegmentErrors(text))
    }
    return errors
  }

  private func backendErrors(_ backend: Value, at path: String) -> [FieldError] {
    let (service, resource) = (backend["service"], backend["resource"])
    if service != nil, resource != nil {
      return [.invalid(path, "", "cannot set both resource and service backends")]
    }
    guard let service else {
      return resource.map { resourceErrors($0, at: path + ".resource") }
        ?? [.required(path, "resource or service backend is required")]
    }
    var errors: [FieldError] = []
    let name = service.text("name")
    if name.isEmpty {
      errors.append(.required(path + ".service.name"))
    } else {
      errors += FieldError.invalid(path + ".service.name", .string(name), NameSyntax.serviceNameErrors(name))
    }
    let port = service["port"] ?? [:]
    let (portName, number) = (port.text("name"), port["number"]?.integer ?? 0)
    if !portName.isEmpty, number != 0 {
      errors.append(.invalid(path, "", "cannot set both port name & port number"))
    } else if !portName.isEmpty {
      errors += FieldError.invalid(
        path + ".service.port.name", .string(portName), FieldSyntax.portNameErrors(portName))
    } else if number != 0 {
      errors += FieldSyntax.portErrors(.integer(number), at: path + ".service.port.number")
    } else {
      errors.append(.required(path, "port name or number is required"))
    }
    return errors
  }
}

extension NameSyntax {
  /// The name of a service that may be there: a DNS label.
  static func serviceNameErrors(_ name: String) -> [String] { labelErrors(name) }
}

/// The rules of ingress classes (k8s.io/kubernetes, pkg/apis/networking/validation).
struct IngressClassValidation: KindRules {
  private static let limit = 250

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    let controller = value["spec", "controller"]?.string ?? ""
    var errors: [FieldError] = []
    if controller.isEmpty {
      errors.append(.required("spec.controller"))
    } else if controller.utf8.count > Self.limit {
      errors.append(.tooLong("spec.controller", limit: Self.limit))
    } else if !isDomainPrefixed(controller) {
      errors.append(
        .invalid(
          "spec.controller", .string(controller), "must be a domain-prefixed path (such as \"acme.io/foo\")"))
    }
    if let old, let before = old["spec", "controller"], before != .string(controller) {
      errors.append(.invalid("spec.controller", .string(controller), "field is immutable"))
    }
    guard let parameters = value["spec", "parameters"] else { return errors }
    for field in ["kind", "name"] where parameters.text(field).isEmpty {
      errors.append(.required("spec.parameters." + field))
    }
    let scope = parameters.text("scope")
    if !["Cluster", "Namespace"].contains(scope) {
      errors.append(.notSupported("spec.parameters.scope", scope, ["Cluster", "Namespace"]))
    } else if scope == "Namespace", parameters.text("namespace").isEmpty {
      errors.append(
        .required("spec.parameters.namespace", "`parameters.scope` is set to 'Namespace'"))
    } else if scope == "Cluster", parameters["namespace"] != nil {
      errors.append(.forbidden("spec.parameters.namespace", "`parameters.scope` is set to 'Cluster'"))
    }
    return errors
  }

  private func isDomainPrefixed(_ text: String) -> Bool {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[1].isEmpty && NameSyntax.subdomainErrors(String(parts[0])).isEmpty
  }
}
