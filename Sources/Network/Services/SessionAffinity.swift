import Loop
import Store

/// Which client stays with which endpoint (`sessionAffinity: ClientIP`).
struct SessionAffinity {
  /// Clients that are remembered; those seen longest ago are forgotten first.
  static let limit = 10_000

  struct Subject: Hashable {
    let service: ObjectKey
    let port: String
    let client: String
  }

  private struct Place {
    let address: String
    var seen: Time
  }

  private var places: [Subject: Place] = [:]

  /// The endpoint's address that the client used last, unless that was too long ago.
  func address(_ subject: Subject, seconds: Int, at now: Time) -> String? {
    guard let place = places[subject], now - place.seen <= .seconds(Int64(seconds)) else { return nil }
    return place.address
  }

  mutating func note(_ subject: Subject, _ address: String, at now: Time) {
    if places.count >= Self.limit, places[subject] == nil { forgetOldest() }
    places[subject] = Place(address: address, seen: now)
  }

  private mutating func forgetOldest() {
    let times = places.values.map(\.seen).sorted()
    let middle = times[times.count / 2]
    places = places.filter { $0.value.seen > middle }
  }
}
