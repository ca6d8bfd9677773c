import Kinds
import Loop
import Network

/// The line that a web server logs for each request.
enum AccessLog {
  /// In the formats of the servers' own documentation: nginx's `main`, httpd's `common`. Nil where nothing is logged.
  static func line(
    of listener: PodNetwork.Listener, _ exchange: Exchange, _ answer: Answer, from client: Peer, to address: String,
    at now: Time
  ) -> String? {
    let program = listener.program
    guard case .http(let request) = exchange else { return nil }
    if let line = program.behaviour.requestLine {
      return Filling(
        program: program, request: request, listener: listener, address: address, client: client, now: now
      ).fill(line)
    }
    guard let format = program.behaviour.accessLog else { return nil }
    let size = answer.body.utf8.count
    let start =
      "\(client.address) - - [\(stamp(now))] \"\(request.method) \(request.path) HTTP/1.1\" \(answer.status) \(size)"
    switch format {
    case .common: return start
    case .combined: return start + " \"-\" \"\(request.header("User-Agent") ?? "-")\" \"-\""
    case .plain: return "\(request.method) \(request.path) \(answer.status)"
    }
  }

  /// `21/Nov/2026:10:00:00 +0000`
  private static func stamp(_ now: Time) -> String {
    let calendar = CalendarDate(now)
    let day = calendar.day < 10 ? "0\(calendar.day)" : String(calendar.day)
    let clock = now.timestamp.dropFirst(11).prefix(8)
    return "\(day)/\(calendar.monthName)/\(calendar.year):\(clock) +0000"
  }
}
