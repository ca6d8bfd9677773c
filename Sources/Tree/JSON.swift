/// JSON (RFC 8259) as Kubernetes reads and writes it: strict in what it takes, Go's bytes in what it gives.
///
///     let pod = try JSON.parse(#"{"kind": "Pod"}"#)
///     pod.jsonText   // {"kind":"Pod"}
package enum JSON {
  /// The value of a JSON text. Of members with the same key the last one counts.
  package static func parse(_ bytes: [UInt8], limits: ParseLimits = .standard) throws(SyntaxError) -> Value {
    var duplicates: [String] = []
    return try parse(bytes, limits: limits, duplicates: &duplicates)
  }

  /// The value of a JSON text. Of members with the same key the last one counts.
  package static func parse(_ text: String, limits: ParseLimits = .standard) throws(SyntaxError) -> Value {
    try parse(Array(text.utf8), limits: limits)
  }

  /// The value of a JSON text, and in `duplicates` the path (`spec.containers[0].name`) of each key written twice,
  /// which is what strict field validation refuses.
  package static func parse(
    _ bytes: [UInt8], limits: ParseLimits = .standard, duplicates: inout [String]
  ) throws(SyntaxError) -> Value {
    let result: Result<(Value, [String]), SyntaxError> = bytes.withUnsafeBufferPointer { buffer in
      var reader = JSONReader(bytes: buffer, limits: limits)
      do throws(SyntaxError) {
        return .success((try reader.document(), reader.duplicates))
      } catch {
        return .failure(error)
      }
    }
    let (value, found) = try result.get()
    duplicates += found
    return value
  }

  /// The value as JSON over several lines, as `kubectl -o json` shows it (without a line's end at the end).
  ///
  /// - Parameter sorted: whether members come in the order of their keys, as Go writes its maps.
  package static func encode(_ value: Value, indentation: Int, sorted: Bool = false) -> String {
    var writer = JSONWriter(indentation: indentation, sorted: sorted)
    writer.write(value)
    return writer.finish { String(decoding: $0, as: UTF8.self) }
  }
}

extension Value {
  /// The value as compact JSON, byte for byte as Go's encoding/json writes it, members in their order.
  package var json: [UInt8] {
    var writer = JSONWriter()
    writer.write(self)
    return writer.finish { Array($0) }
  }

  /// `json` as text.
  package var jsonText: String {
    var writer = JSONWriter()
    writer.write(self)
    return writer.finish { String(decoding: $0, as: UTF8.self) }
  }
}
