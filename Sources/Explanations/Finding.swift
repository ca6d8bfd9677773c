import Store
import Tree

/// One thing that an explanation has to say.
struct Finding {
  /// One word for programs: `Unschedulable`, `FinalizersRemain`.
  let reason: String
  let phrase: Phrase
  /// The object that it is about, where that is another than the one that was asked about.
  var object: ObjectKey?

  init(_ reason: String, _ phrase: Phrase, object: ObjectKey? = nil) {
    self.reason = reason
    self.phrase = phrase
    self.object = object
  }

  func value(in language: Language) -> Value {
    var value: Value = ["reason": .string(reason), "text": .string(phrase.text(in: language))]
    if let object { value["object"] = .string(object.description) }
    return value
  }
}
