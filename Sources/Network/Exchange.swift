/// What is said over a connection.
package enum Exchange: Sendable, Equatable {
  /// The connection is opened and closed again.
  case connect
  case http(HTTPRequest)
  /// A request inside TLS (`https`).
  case secure(HTTPRequest)
  /// A line of a server's own language (`PING`, of Redis).
  case line(String)
}

/// A simulated HTTP request.
package struct HTTPRequest: Sendable, Equatable {
  package var method: String
  /// With its query: `/hello?name=x`.
  package var path: String
  /// The authority that was asked for: `web:8080`.
  package var host: String
  package var headers: [(name: String, value: String)]
  package var body: String

  /// A request for a path.
  package init(
    method: String = "GET", path: String = "/", host: String = "", headers: [(name: String, value: String)] = [],
    body: String = ""
  ) {
    self.method = method
    self.path = path
    self.host = host
    self.headers = headers
    self.body = body
  }

  /// A header's value, whatever the case of its name.
  package func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  package static func == (left: Self, right: Self) -> Bool {
    left.method == right.method && left.path == right.path && left.host == right.host && left.body == right.body
      && left.headers.elementsEqual(right.headers) { $0 == $1 }
  }
}

/// What a listener answers.
package struct Answer: Sendable, Equatable {
  /// Of HTTP; 0 of anything else.
  package var status: Int
  package var body: String
  package var contentType: String
  /// What the server calls itself (`nginx/1.29.0`); empty: nothing.
  package var server: String
  /// How long it takes.
  package var delay: Duration
  /// What the listener proves itself with; nil where it does not speak TLS.
  package var certificate: ServerCertificate?

  /// An answer, at once where nothing else is said.
  package init(
    status: Int = 0, body: String = "", contentType: String = "text/plain", server: String = "",
    delay: Duration = .zero
  ) {
    self.status = status
    self.body = body
    self.contentType = contentType
    self.server = server
    self.delay = delay
  }
}

/// A server's certificate, as far as a client looks at it.
package struct ServerCertificate: Sendable, Equatable {
  /// The text of the authority that has signed it.
  package var authority: String
  /// The names and addresses for which it is good.
  package var names: [String]

  /// A certificate for the names.
  package init(authority: String, names: [String]) {
    self.authority = authority
    self.names = names
  }
}
