/// Codes that people read from a screen and type: letters and digits that nobody takes for others.
package enum Code {
  /// No 0 and O, no 1, I and L, no U (for V): 30 signs, near five bits each.
  static let alphabet = Array("23456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  /// Of the code with which a learner joins: 729 million of them, behind a limit of wrong ones.
  static let joinLength = 6
  /// Of the codes for assistants and observers, who see more.
  static let helperLength = 10
  /// Of the code with which a learner comes back: 58 bits.
  static let personalLength = 12
  /// Of the code that the server prints for setting the first password.
  static let setupLength = 8

  /// A code by chance.
  static func make(_ length: Int, _ cryptography: Cryptography) -> String {
    var letters: [UInt8] = []
    while letters.count < length {
      // What is left over of 256 would make the first letters likelier.
      letters += cryptography.randomBytes(length).filter { $0 < 240 }.map { alphabet[Int($0) % alphabet.count] }
    }
    return String(decoding: letters.prefix(length), as: UTF8.self)
  }

  /// A long code as it is shown: `K7QM-XW2B-9RTA`.
  static func grouped(_ code: String) -> String {
    stride(from: 0, to: code.utf8.count, by: 4).map { code.dropFirst($0).prefix(4) }.joined(separator: "-")
  }

  /// A code as it was typed, in the form in which it is kept: capitals, without spaces and dashes.
  package static func normalized(_ text: String) -> String {
    String(decoding: text.utf8.prefix(64).compactMap(sign), as: UTF8.self)
  }

  private static func sign(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 32
    case UInt8(ascii: " "), UInt8(ascii: "-"): nil
    default: byte
    }
  }

  /// A learner's name by chance: `learner-k3x9q2ab`. Their cluster is called so.
  static func learnerName(_ cryptography: Cryptography) -> String { "learner-" + make(8, cryptography).lowercased() }
}
