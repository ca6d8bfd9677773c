import Tree

/// A watch's lines as values.
enum WatchEvents {
  static func values(_ bytes: [UInt8]) -> [Value] {
    bytes.split(separator: UInt8(ascii: "\n")).compactMap { try? JSON.parse(Array($0)) }
  }
}
