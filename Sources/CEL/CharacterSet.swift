/// The characters that one place of a regular expression takes.
struct CharacterSet {
  private var ranges: [ClosedRange<Unicode.Scalar>] = []
  private var categories: [Set<Unicode.GeneralCategory>] = []
  /// Sets that count as members where they are inverted, such as \D inside brackets.
  private var others: [CharacterSet] = []
  private var isInverted = false
  /// The one character that this was made from, before letters of the other case were added.
  private(set) var single: Unicode.Scalar?

  init() {}

  init(_ scalar: Unicode.Scalar, ignoringCase: Bool = false) {
    self.init(scalar...scalar, ignoringCase: ignoringCase)
    single = scalar
  }

  init(_ range: ClosedRange<Unicode.Scalar>, ignoringCase: Bool = false) {
    ranges = [range]
    guard ignoringCase else { return }
    for value in range.lowerBound.value...min(range.upperBound.value, range.lowerBound.value + 1_000) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for other in [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping] {
        let mapped = Array(other.unicodeScalars)
        if mapped.count == 1, mapped[0] != scalar { ranges.append(mapped[0]...mapped[0]) }
      }
    }
  }

  var inverted: CharacterSet {
    var set = self
    set.isInverted.toggle()
    set.single = nil
    return set
  }

  mutating func formUnion(_ other: CharacterSet) {
    single = nil
    if other.isInverted {
      others.append(other)
    } else {
      ranges += other.ranges
      categories += other.categories
      others += other.others
    }
  }

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    let isIn =
      ranges.contains { $0.contains(scalar) } || others.contains { $0.contains(scalar) }
      || categories.contains { $0.contains(scalar.properties.generalCategory) }
    return isIn != isInverted
  }
}

extension CharacterSet {
  private init(ranges: [ClosedRange<Unicode.Scalar>]) { self.ranges = ranges }

  static let anything = CharacterSet().inverted
  static let anythingButNewline = CharacterSet("\n").inverted
  static let digit = CharacterSet(ranges: ["0"..."9"])
  static let word = CharacterSet(ranges: ["0"..."9", "A"..."Z", "a"..."z", "_"..."_"])
  static let space = CharacterSet(ranges: ["\t"..."\n", "\u{0C}"..."\r", " "..." "])

  /// A class of POSIX, as in "[[:alpha:]]".
  init?(named name: String) {
    switch name {
    case "alnum": ranges = ["0"..."9", "A"..."Z", "a"..."z"]
    case "alpha": ranges = ["A"..."Z", "a"..."z"]
    case "ascii": ranges = ["\0"..."\u{7F}"]
    case "blank": ranges = ["\t"..."\t", " "..." "]
    case "cntrl": ranges = ["\0"..."\u{1F}", "\u{7F}"..."\u{7F}"]
    case "digit": ranges = ["0"..."9"]
    case "graph": ranges = ["!"..."~"]
    case "lower": ranges = ["a"..."z"]
    case "print": ranges = [" "..."~"]
    case "punct": ranges = ["!"..."/", ":"..."@", "["..."`", "{"..."~"]
    case "space": ranges = ["\t"..."\r", " "..." "]
    case "upper": ranges = ["A"..."Z"]
    case "word": self = .word
    case "xdigit": ranges = ["0"..."9", "A"..."F", "a"..."f"]
    default: return nil
    }
  }

  /// A general category of Unicode by its short name: "L", "Lu", "N", "P".
  init?(category name: String) {
    let table: [(String, Unicode.GeneralCategory)] = [
      ("Lu", .uppercaseLetter), ("Ll", .lowercaseLetter), ("Lt", .titlecaseLetter), ("Lm", .modifierLetter),
      ("Lo", .otherLetter), ("Mn", .nonspacingMark), ("Mc", .spacingMark), ("Me", .enclosingMark),
      ("Nd", .decimalNumber), ("Nl", .letterNumber), ("No", .otherNumber), ("Pc", .connectorPunctuation),
      ("Pd", .dashPunctuation), ("Ps", .openPunctuation), ("Pe", .closePunctuation), ("Pi", .initialPunctuation),
      ("Pf", .finalPunctuation), ("Po", .otherPunctuation), ("Sm", .mathSymbol), ("Sc", .currencySymbol),
      ("Sk", .modifierSymbol), ("So", .otherSymbol), ("Zs", .spaceSeparator), ("Zl", .lineSeparator),
      ("Zp", .paragraphSeparator), ("Cc", .control), ("Cf", .format),
    ]
    let found = table.filter { !name.isEmpty && $0.0.hasPrefix(name) }.map(\.1)
    guard !found.isEmpty else { return nil }
    categories = [Set(found)]
  }
}
