/// A stream of random numbers that depends on a seed and a name only (SplitMix64, Steele et al. 2014).
package final class RandomStream: RandomNumberGenerator {
  private var state: UInt64
  private let name: String
  /// Where the numbers are kept while somebody records them.
  var tape: Tape?

  package init(seed: UInt64, name: String) {
    self.name = name
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325  // FNV-1a, because Swift's own hash differs in every process
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    state = seed ^ hash
  }

  package func next() -> UInt64 { tape.map { $0.next(name, advance) } ?? advance() }

  private func advance() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 up to, not including, `bound`.
  package func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// A number from 0 up to, not including, 1.
  package func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A name's random end as Kubernetes makes it: letters and digits that cannot spell words by accident
  /// (k8s.io/apimachinery, util/rand).
  package func suffix(_ length: Int = 5) -> String {
    let alphabet = Array("bcdfghjklmnpqrstvwxz2456789".utf8)
    return String(decoding: (0..<length).map { _ in alphabet[below(alphabet.count)] }, as: UTF8.self)
  }

  /// A random UUID (RFC 9562, version 4), lower case.
  package func uuid() -> String {
    var bytes: [UInt8] = []
    for word in [next(), next()] {
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
      }
    }
    bytes[6] = bytes[6] & 0x0f | 0x40
    bytes[8] = bytes[8] & 0x3f | 0x80
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
