/// A place in a value (RFC 6901): `/spec/containers/0/image`.
package struct JSONPointer: Hashable, Sendable {
  /// Member names and array indexes from the top; none is the whole value.
  package let tokens: [String]

  package init(tokens: [String]) { self.tokens = tokens }

  /// The place that a text names; nil if it neither is empty nor starts with a slash.
  package init?(_ text: String) {
    guard let first = text.utf8.first else {
      tokens = []
      return
    }
    guard first == UInt8(ascii: "/") else { return nil }
    tokens = text.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map {
      JSONPointer.unescape(Array($0))
    }
  }

  private static func unescape(_ utf8: [UInt8]) -> String {
    var result: [UInt8] = []
    var index = 0
    while index < utf8.count {
      let next = index + 1 < utf8.count ? utf8[index + 1] : 0
      if utf8[index] == UInt8(ascii: "~"), next == UInt8(ascii: "0") || next == UInt8(ascii: "1") {
        result.append(next == UInt8(ascii: "0") ? UInt8(ascii: "~") : UInt8(ascii: "/"))
        index += 2
      } else {
        result.append(utf8[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

extension JSONPointer: CustomStringConvertible {
  package var description: String {
    tokens.map { token in
      "/"
        + token.map { character in
          switch character {
          case "~": "~0"
          case "/": "~1"
          default: String(character)
          }
        }.joined()
    }.joined()
  }
}

extension Value {
  /// The value at that place, if there is one.
  package subscript(pointer: JSONPointer) -> Value? {
    var value = self
    for token in pointer.tokens {
      switch value {
      case .object(let members):
        guard let member = members[token] else { return nil }
        value = member
      case .array(let elements):
        guard let index = JSONPointer.index(token), index < elements.count else { return nil }
        value = elements[index]
      default: return nil
      }
    }
    return value
  }
}

extension JSONPointer {
  /// An array index: digits without a leading nought.
  static func index(_ token: String) -> Int? {
    guard let first = token.utf8.first, first >= UInt8(ascii: "0"), first <= UInt8(ascii: "9") else { return nil }
    if first == UInt8(ascii: "0"), token.utf8.count > 1 { return nil }
    return Int(token)
  }
}
