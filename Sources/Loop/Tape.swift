/// What a piece of work has drawn from a loop's random streams, so that it draws the same when it is run again.
///
/// A request that has to wait for an answer from outside is run again from its beginning once the answer is there; its
/// names and identifiers are then to be those that the outside was told.
package final class Tape {
  /// The numbers drawn so far, by stream.
  package typealias Draws = [String: [UInt64]]

  package private(set) var draws: Draws
  /// How many of them have been drawn again.
  private var places: [String: Int] = [:]

  /// A tape that first gives the numbers of an earlier run.
  package init(_ draws: Draws = [:]) { self.draws = draws }

  /// The next number of the stream: a known one, or one that `draw` makes and the tape keeps.
  func next(_ stream: String, _ draw: () -> UInt64) -> UInt64 {
    let place = places[stream, default: 0]
    places[stream] = place + 1
    if let known = draws[stream], place < known.count { return known[place] }
    let number = draw()
    draws[stream, default: []].append(number)
    return number
  }
}
