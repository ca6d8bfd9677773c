import Schema
import Tree

/// `stringData` is a way of writing `data` without base64; it is never kept.
struct SecretDefaults: KindRules {
  func defaults(_ value: inout Value) {
    guard let texts = value["stringData"]?.object else { return }
    var data = value["data"] ?? [:]
    for text in texts { data[text.key] = .string(Base64.encode(text.value.string?.utf8 ?? "".utf8)) }
    value["data"] = data
    value["stringData"] = nil
  }
}
