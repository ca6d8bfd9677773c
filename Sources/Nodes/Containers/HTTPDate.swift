package import Loop

/// A moment as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 section 5.6.7).
package enum HTTPDate {
  /// The moment as text.
  package static func text(_ time: Time) -> String { DateText.text(time, format: "%a, %d %b %Y %H:%M:%S GMT") }
}
