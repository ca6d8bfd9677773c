/// Comparing entity tags for `If-None-Match`, which is by the weak rule (RFC 9110 section 8.8.3.2).
enum EntityTags {
  static func match(_ fields: [String], _ tags: [String]) -> Bool {
    fields.flatMap { $0.split(separator: ",") }.contains { entry in
      let text = ASCII.trimmed(entry)
      return text == "*" || tags.contains(text.hasPrefix("W/") ? String(text.dropFirst(2)) : text)
    }
  }
}
