import Tree

/// A container's probes and life cycle: one handler each, ports that can be.
struct ProbeValidation {
  let container: Value
  let path: String
  /// How many seconds the pod has to end.
  let gracePeriod: Int64

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
    case "httpGet":
      return FieldSyntax.portErrors(action["port"] ?? 0, at: path + ".port")
        + (action["httpHeaders"]?.array ?? []).map { $0.text("name") }.filter { !Self.isHeader($0) }.map { name in
          .invalid(
            path + ".httpHeaders", .string(name),
            "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for "
              + "validation is '[-A-Za-z0-9]+')")
        }
    case "tcpSocket", "grpc":
      return FieldSyntax.portErrors(action["port"] ?? 0, at: path + ".port")
    case "sleep":
      let (seconds, grace) = (action["seconds"]?.integer ?? 0, gracePeriod)
      return (0...max(0, grace)).contains(seconds)
        ? []
        : [
          .invalid(
            path, .integer(seconds),
            "must be non-negative and less than terminationGracePeriodSeconds (\(grace))")
        ]
    default:
      return []
    }
  }

  private static func isHeader(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { byte in
        (48...57).contains(byte) || (97...122).contains(byte | 32) && byte >= 65 || byte == UInt8(ascii: "-")
      }
  }
}
