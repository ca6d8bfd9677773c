package import API
public import ArgumentParser
import Glibc
public import Logging

/// Options that may also stand in the environment: `PODIUM_` and the option's name.
enum Environment {
  static subscript(name: String) -> String? { getenv("PODIUM_" + name).map { String(cString: $0) } }

  /// The variable as a number or the like; `fallback` where it is not set. One that cannot be read is refused when the
  /// command runs, by `problem`.
  static func value<Value: LosslessStringConvertible>(_ name: String, _ fallback: Value) -> Value {
    self[name].flatMap(Value.init) ?? fallback
  }

  static func check<Value: LosslessStringConvertible>(_ name: String, as type: Value.Type) throws(Refusal) {
    if let text = self[name], Value(text) == nil {
      throw Refusal("PODIUM_\(name)=\(text) is not a number: correct it or unset it")
    }
  }
}

/// Where to listen: `127.0.0.1:8080`, `[::1]:0`, `:8080`.
struct Listen: ExpressibleByArgument, CustomStringConvertible {
  let host: String
  let port: UInt16

  init?(argument: String) {
    guard let colon = argument.lastIndex(of: ":"), let port = UInt16(argument[argument.index(after: colon)...]) else {
      return nil
    }
    var host = String(argument[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    self.host = host.isEmpty ? "0.0.0.0" : host
    self.port = port
  }

  var description: String { Self.authority(host, port) }

  /// Whether only programs on this machine can come.
  var isLoopback: Bool { host.hasPrefix("127.") || host == "localhost" || host == "::1" }

  static func authority(_ host: String, _ port: UInt16) -> String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }

  static let standard = "127.0.0.1:8080"
}

/// `off`, `auto`, or a certificate's and a key's file.
enum TLSMode: ExpressibleByArgument {
  case off
  case auto
  case files(certificate: String, key: String)

  init?(argument: String) {
    switch argument {
    case "off": self = .off
    case "auto": self = .auto
    default:
      let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
      guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
      self = .files(certificate: String(parts[0]), key: String(parts[1]))
    }
  }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}

extension String {
  /// The argument, as the option's type reads it, or a refusal that names the environment's variable.
  func parsed<Value: ExpressibleByArgument>(_ type: Value.Type, from name: String, form: String) throws(Refusal)
    -> Value
  {
    guard let value = Value(argument: self) else { throw Refusal("\(name) \(self) cannot be read: give \(form)") }
    return value
  }
}

extension ClusterLimits: ExpressibleByArgument {
  /// `pods=500,events=2000`: what is not named keeps its default.
  package init?(argument: String) {
    self.init()
    for part in argument.split(separator: ",") {
      let sides = part.split(separator: "=", maxSplits: 1)
      guard sides.count == 2, let number = Int(sides[1]), number > 0 else { return nil }
      switch sides[0] {
      case "pods": pods = number
      case "events": events = number
      case "objects": objects = number
      case "bytes": bytes = number
      default: return nil
      }
    }
  }

  /// As it is given; bytes are not limited unless that is asked for.
  var text: String { "pods=\(pods),events=\(events),objects=\(objects)" }
}
