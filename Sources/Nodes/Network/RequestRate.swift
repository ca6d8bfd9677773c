import Loop

/// How many requests a second came in the last quarter of a minute.
struct RequestRate {
  private static let window: Duration = .seconds(15)

  private var start: Time
  private var count = 0
  private var before = 0

  init(_ now: Time) { start = now }

  mutating func note(_ now: Time) {
    roll(to: now)
    count += 1
  }

  func perSecond(at now: Time) -> Double {
    var rolled = self
    rolled.roll(to: now)
    let part = Double((now - rolled.start).nanoseconds) / Double(Self.window.nanoseconds)
    return (Double(rolled.before) * (1 - part) + Double(rolled.count)) / 15
  }

  private mutating func roll(to now: Time) {
    let windows = (now - start).nanoseconds / Self.window.nanoseconds
    guard windows > 0 else { return }
    before = windows == 1 ? count : 0
    count = 0
    start = start + .nanoseconds(windows * Self.window.nanoseconds)
  }
}
