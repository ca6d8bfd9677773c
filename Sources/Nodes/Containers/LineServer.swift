/// Servers that are talked to in lines of their own.
enum LineServer {
  /// What comes back for a line; empty where the server does not understand it.
  static func answer(_ line: String, _ language: ImageBehaviour.Language) -> String {
    switch language {
    case .redis: line.lowercased() == "ping" ? "+PONG" : "+OK"
    case .postgres, .mysql: "ready"
    case .http, .raw: ""
    }
  }
}
