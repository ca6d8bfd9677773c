/// How long a client waits when nothing comes back.
enum ConnectionTimes {
  /// Linux gives up a connection after seven lost SYN packets (tcp(7), tcp_syn_retries).
  static let connect: Duration = .seconds(134)
  /// A resolver asks twice, five seconds each (resolv.conf(5)).
  static let resolve: Duration = .seconds(10)

  /// A number of seconds as commands take it: `2`, `0.5`, `5s`; nil where it is none, or no limit (0).
  static func limit(_ text: String?) -> Duration? {
    guard let text, let seconds = Double(text.hasSuffix("s") ? text.dropLast() : text[...]), seconds > 0 else {
      return nil
    }
    return .fractional(seconds: seconds)
  }
}

extension Duration {
  /// In whole milliseconds.
  var milliseconds: Int64 { components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000 }
}
