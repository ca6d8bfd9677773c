/// A sentence for people, in each language that the product speaks.
struct Phrase: Sendable, Equatable {
  let english: String
  let korean: String

  init(en english: String, ko korean: String) {
    self.english = english
    self.korean = korean
  }

  func text(in language: Language) -> String { language == .korean ? korean : english }
}

/// A language that explanations are given in, by its code (ISO 639-1).
enum Language: String {
  case english = "en"
  case korean = "ko"
}
