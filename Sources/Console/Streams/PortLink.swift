import HTTP

/// How a client's connections to a pod's ports come: over the streams of a SPDY session, or the channels of a WebSocket.
protocol PortLink: AnyObject {
  /// What may be woken from other threads.
  var connection: UpgradedConnection { get }
  /// Waits for what the client does next, for about so many seconds.
  func receive(seconds: Double) -> PortEvent
  /// Sends what a port answered. False when the client is gone or does not read.
  func send(_ bytes: [UInt8], to id: Int) -> Bool
  /// Says why a connection could not be made, or why it ended, and ends it.
  func fail(_ id: Int, _ message: String) -> Bool
  /// Ends a connection after what was sent. False when no further one can come.
  func finish(_ id: Int) -> Bool
  /// Closes all.
  func close(isStopping: Bool)
}

/// What a client does with its connections, which have numbers.
enum PortEvent: Equatable {
  case opened(Int, port: Int)
  case data(Int, [UInt8])
  /// The client will send no more.
  case finished(Int)
  /// The client wants no more.
  case dropped(Int)
  /// Nothing that matters.
  case nothing
  case closed
  case timedOut
  case woken
  case stopping
}
