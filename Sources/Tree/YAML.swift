/// YAML as Kubernetes' users know it: read and written as Go's yaml library does, by way of libyaml.
///
///     let objects = try YAML.parse("kind: Pod\n---\nkind: Service\n")   // two values
///     YAML.encode(objects[0])   // kind: Pod
package enum YAML {
  /// A key that was written twice in one mapping.
  package struct Duplicate: Hashable, Sendable {
    package let key: String
    /// The line of the second, from 1.
    package let line: Int

    package init(key: String, line: Int) {
      self.key = key
      self.line = line
    }

    /// In go-yaml's words: `line 3: key "name" already set in map`.
    package var message: String { "line \(line): key \"\(key)\" already set in map" }
  }

  /// The documents of a YAML stream. Of members with the same key the last one counts.
  ///
  /// An error's message is in go-yaml's words with its line number (`yaml: line 3: did not find expected key`), which
  /// is sometimes one off; the error's own line and column are the true ones.
  package static func parse(_ bytes: [UInt8], limits: ParseLimits = .standard) throws(SyntaxError) -> [Value] {
    var duplicates: [Duplicate] = []
    return try parse(bytes, limits: limits, duplicates: &duplicates)
  }

  /// The documents of a YAML stream.
  package static func parse(_ text: String, limits: ParseLimits = .standard) throws(SyntaxError) -> [Value] {
    try parse(Array(text.utf8), limits: limits)
  }

  /// The documents of a YAML stream, and in `duplicates` each key written twice, which strict field validation refuses.
  package static func parse(
    _ bytes: [UInt8], limits: ParseLimits = .standard, duplicates: inout [Duplicate]
  ) throws(SyntaxError) -> [Value] {
    let result: Result<([Value], [Duplicate]), SyntaxError> = bytes.withUnsafeBufferPointer { buffer in
      var reader = YAMLReader(bytes: buffer, limits: limits)
      do throws(SyntaxError) {
        return .success((try reader.documents(), reader.duplicates))
      } catch {
        return .failure(error)
      }
    }
    let (values, found) = try result.get()
    duplicates += found
    return values
  }

  /// The value as one YAML document, as `kubectl -o yaml` shows it: keys sorted, list items under their key's column.
  package static func encode(_ value: Value) -> String {
    var writer = YAMLWriter()
    return writer.document(value)
  }
}
