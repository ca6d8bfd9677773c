/// A regular expression of RE2's syntax, matched in time proportional to text length times pattern length: all ways to
/// match go forward together, so that no pattern can make it slow.
///
/// Not supported: backreferences and look-around (nor does RE2), and Unicode scripts (`\p{Greek}`).
struct RegularExpression {
  /// The most instructions that a pattern may compile to.
  static let instructionLimit = 10_000

  enum Instruction {
    case character(CharacterSet)
    case assertion(Assertion)
    /// Goes on at both places; the first is preferred.
    case split(Int, Int)
    case jump(Int)
    case match
  }

  enum Assertion {
    case textStart, textEnd, lineStart, lineEnd, wordBoundary, notWordBoundary
  }

  private let instructions: [Instruction]

  init(_ pattern: String) throws(CELError) {
    var parser = PatternParser(pattern)
    var compiler = PatternCompiler()
    try compiler.emit(try parser.parse())
    instructions = compiler.instructions + [.match]
  }

  /// The leftmost match at or after an index; among those, the one that the pattern prefers.
  func firstMatch(in text: [Unicode.Scalar], from start: Int = 0) -> Range<Int>? {
    var matcher = Matcher(instructions: instructions, text: text)
    return matcher.run(from: start)
  }
}

/// All threads of a match, stepped together through the text.
private struct Matcher {
  private struct Thread {
    let instruction: Int
    let start: Int
  }

  private let instructions: [RegularExpression.Instruction]
  private let text: [Unicode.Scalar]
  private var threads: [Thread] = []
  /// For each instruction the last position at which a thread reached it.
  private var visited: [Int]

  init(instructions: [RegularExpression.Instruction], text: [Unicode.Scalar]) {
    self.instructions = instructions
    self.text = text
    visited = Array(repeating: -1, count: instructions.count)
  }

  mutating func run(from start: Int) -> Range<Int>? {
    var best: Range<Int>?
    for position in start...max(start, text.count) {
      if best == nil { add(Thread(instruction: 0, start: position), at: position) }
      if threads.isEmpty, best != nil { break }
      step(at: position, best: &best)
    }
    return best
  }

  /// Ends or moves every thread by the character at `position`; the first that matches ends the less preferred ones.
  private mutating func step(at position: Int, best: inout Range<Int>?) {
    let present = threads
    threads.removeAll(keepingCapacity: true)
    for thread in present {
      switch instructions[thread.instruction] {
      case .match:
        best = thread.start..<position
        return
      case .character(let set) where position < text.count && set.contains(text[position]):
        add(Thread(instruction: thread.instruction + 1, start: thread.start), at: position + 1)
      default: break
      }
    }
  }

  /// Follows jumps and splits until every way waits for a character, the preferred way first.
  private mutating func add(_ thread: Thread, at position: Int) {
    var open = [thread.instruction]
    while let index = open.popLast() {
      if visited[index] == position { continue }
      visited[index] = position
      switch instructions[index] {
      case .jump(let target): open.append(target)
      case .split(let first, let second):
        open.append(second)
        open.append(first)
      case .assertion(let assertion):
        if holds(assertion, at: position) { open.append(index + 1) }
      case .character, .match: threads.append(Thread(instruction: index, start: thread.start))
      }
    }
  }

  private func holds(_ assertion: RegularExpression.Assertion, at position: Int) -> Bool {
    switch assertion {
    case .textStart: position == 0
    case .textEnd: position == text.count
    case .lineStart: position == 0 || text[position - 1] == "\n"
    case .lineEnd: position == text.count || text[position] == "\n"
    case .wordBoundary: isWord(position - 1) != isWord(position)
    case .notWordBoundary: isWord(position - 1) == isWord(position)
    }
  }

  private func isWord(_ index: Int) -> Bool {
    text.indices.contains(index) && CharacterSet.word.contains(text[index])
  }
}

/// A parsed pattern.
indirect enum Pattern {
  case empty
  case character(CharacterSet)
  case assertion(RegularExpression.Assertion)
  case sequence([Pattern])
  case choice([Pattern])
  case repetition(Pattern, least: Int, most: Int?, isGreedy: Bool)
}

/// Turns a pattern into instructions.
struct PatternCompiler {
  private(set) var instructions: [RegularExpression.Instruction] = []

  private mutating func append(_ instruction: RegularExpression.Instruction) throws(CELError) {
    guard instructions.count < RegularExpression.instructionLimit else {
      throw CELError(.limit, "the regular expression is too large")
    }
    instructions.append(instruction)
  }

  mutating func emit(_ pattern: Pattern) throws(CELError) {
    switch pattern {
    case .empty: break
    case .character(let set): try append(.character(set))
    case .assertion(let assertion): try append(.assertion(assertion))
    case .sequence(let parts): for part in parts { try emit(part) }
    case .choice(let choices): try emitChoice(choices)
    case .repetition(let body, let least, let most, let isGreedy):
      for _ in 0..<least { try emit(body) }
      if let most {
        try emitOptional(body, times: most - least, isGreedy: isGreedy)
      } else {
        try emitLoop(body, isGreedy: isGreedy)
      }
    }
  }

  private mutating func emitChoice(_ choices: [Pattern]) throws(CELError) {
    var ends: [Int] = []
    for (index, choice) in choices.enumerated() {
      let split = instructions.count
      let isLast = index == choices.count - 1
      if !isLast { try append(.split(0, 0)) }
      try emit(choice)
      if isLast { break }
      ends.append(instructions.count)
      try append(.jump(0))
      instructions[split] = .split(split + 1, instructions.count)
    }
    for end in ends { instructions[end] = .jump(instructions.count) }
  }

  private mutating func emitOptional(_ body: Pattern, times: Int, isGreedy: Bool) throws(CELError) {
    var splits: [Int] = []
    for _ in 0..<times {
      splits.append(instructions.count)
      try append(.split(0, 0))
      try emit(body)
    }
    for split in splits { instructions[split] = Self.split(split + 1, instructions.count, isGreedy) }
  }

  private mutating func emitLoop(_ body: Pattern, isGreedy: Bool) throws(CELError) {
    let split = instructions.count
    try append(.split(0, 0))
    try emit(body)
    try append(.jump(split))
    instructions[split] = Self.split(split + 1, instructions.count, isGreedy)
  }

  private static func split(_ inside: Int, _ outside: Int, _ isGreedy: Bool) -> RegularExpression.Instruction {
    isGreedy ? .split(inside, outside) : .split(outside, inside)
  }
}
