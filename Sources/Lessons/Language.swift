/// A language in which lessons are written. Every text of a lesson exists in each.
package enum Language: String, CaseIterable, Sendable {
  case korean = "ko"
  case english = "en"

  /// The language of a code such as "ko" or "ko-KR"; English for any other.
  package init(code: String) { self = code.hasPrefix("ko") ? .korean : .english }
}

/// One thing in each language.
package struct Localized<Content: Sendable>: Sendable {
  package var korean: Content
  package var english: Content

  package init(korean: Content, english: Content) {
    self.korean = korean
    self.english = english
  }

  package subscript(language: Language) -> Content { language == .korean ? korean : english }

  /// The same change made to each.
  package func map<Other: Sendable>(_ change: (Content) -> Other) -> Localized<Other> {
    Localized<Other>(korean: change(korean), english: change(english))
  }
}
