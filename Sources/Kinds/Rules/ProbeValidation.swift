import Tree

/// A container's probes and life cycle: one handler each, ports that can be.
struct ProbeValidation {
  let container: Value
  let path: String

  private static let probeHandlers = ["exec", "httpGet", "tcpSocket", "grpc"]
  private static let lifecycleHandlers = ["exec", "httpGet", "tcpSocket", "sleep"]

  var errors: [FieldError] {
    var errors: [FieldError] = []
    for field in ["postStart", "preStop"] {
      guard let handler = container["lifecycle", field] else { continue }
      errors += handlerErrors(handler, Self.lifecycleHandlers, at: path + ".lifecycle." + field)
    }
    for field in ["livenessProbe", "readinessProbe", "startupProbe"] {
      guard let probe = container[field] else { continue }
      errors += handlerErrors(probe, Self.probeHandlers, at: path + "." + field)
      if field != "readinessProbe", let threshold = probe["successThreshold"]?.integer, threshold != 1 {
        errors.append(.invalid(path + "." + field + ".successThreshold", .integer(threshold), "must be 1"))
      }
      if let grace = probe["terminationGracePeriodSeconds"]?.integer, grace <= 0 || field == "readinessProbe" {
        errors.append(
          .invalid(
            path + "." + field + ".terminationGracePeriodSeconds", .integer(grace),
            field == "readinessProbe" ? "must not be set for readinessProbes" : "must be greater than 0"))
      }
    }
    return errors
  }

  private func handlerErrors(_ value: Value, _ handlers: [String], at path: String) -> [FieldError] {
    let present = handlers.filter { value[$0]?.isNull == false }
    guard let first = present.first, let action = value[first] else {
      return [.required(path, "must specify a handler type")]
    }
    return actionErrors(first, action, at: path + "." + first)
      + present.dropFirst().map { .forbidden(path + "." + $0, "may not specify more than 1 handler type") }
  }

  private func actionErrors(_ handler: String, _ action: Value, at path: String) -> [FieldError] {
    switch handler {
    case "exec":
      return action["command"]?.array?.isEmpty == false ? [] : [.required(path + ".command")]
    case "httpGet", "tcpSocket", "grpc":
      return FieldSyntax.portErrors(action["port"] ?? 0, at: path + ".port")
    default:
      return []
    }
  }
}
