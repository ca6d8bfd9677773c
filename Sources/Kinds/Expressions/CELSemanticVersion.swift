import CEL

/// `semver('1.2.3-rc.1')` in expressions (Semantic Versioning 2.0.0).
struct CELSemanticVersion: CELObject {
  let numbers: [Int64]
  let preRelease: [String]
  let text: String?

  var typeName: String { "kubernetes.Semver" }

  static func add(to library: inout CELLibrary) {
    library.add("semver", 1...2) { (arguments) throws(CELError) in
      guard let text = text(arguments) else { return nil }
      guard let version = CELSemanticVersion(text) else {
        throw CELError("semver parse error: \(text.debugDescription) is no semantic version")
      }
      return .object(version)
    }
    library.add("isSemver", 1...2) { (arguments) throws(CELError) in
      text(arguments).map { .bool(CELSemanticVersion($0) != nil) }
    }
    library.addMethods([
      ("isLessThan", 1...1), ("isGreaterThan", 1...1), ("compareTo", 1...1), ("major", 0...0), ("minor", 0...0),
      ("patch", 0...0),
    ])
  }

  /// The text to be read, completed where the second argument asks for it: `v1.2` becomes `1.2.0`.
  private static func text(_ arguments: [CELValue]) -> String? {
    guard case .string(let text) = arguments[0] else { return nil }
    guard arguments.count > 1 else { return text }
    guard case .bool(let isNormalized) = arguments[1] else { return nil }
    return isNormalized ? normalized(text) : text
  }

  private static func normalized(_ text: String) -> String {
    let bare = text.first == "v" ? text.dropFirst() : Substring(text)
    let core = bare.prefix { $0 != "-" && $0 != "+" }
    let numbers = core.split(separator: ".", omittingEmptySubsequences: false).map { part in
      part.count > 1 && part.allSatisfy { $0 == "0" } ? "0" : String(part.drop { $0 == "0" && part.count > 1 })
    }
    return (numbers + ["0", "0"].prefix(max(0, 3 - numbers.count))).joined(separator: ".") + bare.dropFirst(core.count)
  }

  init?(_ text: String) {
    let core = text.prefix { $0 != "-" && $0 != "+" }
    let parts = core.split(separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in
      part.utf8.allSatisfy { (48...57).contains($0) } && (part == "0" || part.first != "0") ? Int64(part) : nil
    }
    guard parts.count == 3, numbers.count == 3 else { return nil }
    let rest = text.dropFirst(core.count)
    let release = rest.prefix { $0 != "+" }.dropFirst()
    preRelease = release.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let build = rest.contains("+") ? rest.drop { $0 != "+" }.dropFirst() : "0"
    let identifiers = preRelease + build.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard rest.isEmpty || identifiers.allSatisfy(Self.isIdentifier) else { return nil }
    self.numbers = numbers
    self.text = text
  }

  private static func isIdentifier(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { (48...57).contains($0) || ($0 | 32 >= 97 && $0 | 32 <= 122) || $0 == UInt8(ascii: "-") }
  }

  func isEqual(to other: any CELObject) -> Bool { (other as? CELSemanticVersion).map { compare($0) == 0 } ?? false }

  func call(_ method: String, _ arguments: [CELValue]) throws(CELError) -> CELValue? {
    switch method {
    case "major": return .int(numbers[0])
    case "minor": return .int(numbers[1])
    case "patch": return .int(numbers[2])
    default: break
    }
    guard case .object(let object)? = arguments.first, let other = object as? CELSemanticVersion else { return nil }
    switch method {
    case "isLessThan": return .bool(compare(other) < 0)
    case "isGreaterThan": return .bool(compare(other) > 0)
    case "compareTo": return .int(compare(other))
    default: return nil
    }
  }

  /// -1, 0 or 1: by the numbers, then what is before a release, then its parts.
  private func compare(_ other: CELSemanticVersion) -> Int64 {
    if numbers != other.numbers { return numbers.lexicographicallyPrecedes(other.numbers) ? -1 : 1 }
    if preRelease.isEmpty || other.preRelease.isEmpty {
      return preRelease.isEmpty == other.preRelease.isEmpty ? 0 : preRelease.isEmpty ? 1 : -1
    }
    for (left, right) in zip(preRelease, other.preRelease) where left != right {
      switch (Int64(left), Int64(right)) {
      case (let left?, let right?): return left < right ? -1 : 1
      case (_?, nil): return -1
      case (nil, _?): return 1
      default: return left < right ? -1 : 1
      }
    }
    return preRelease.count == other.preRelease.count ? 0 : preRelease.count < other.preRelease.count ? -1 : 1
  }
}
