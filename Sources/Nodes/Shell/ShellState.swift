import Loop

/// What a running script has: its place, its variables, its loops, and the moment it has got to.
struct ShellState {
  struct LoopFrame {
    var items: [String]
    var next = 0
    var again: Int?
    var end: Int?
  }

  var position = 0
  var status = 0
  var arguments: [String] = []
  var variables: [String: String] = [:]
  var loops: [LoopFrame] = []
  /// The moment the script has got to.
  var time: Time
  /// Whether SIGTERM ends it: a shell that is process 1 ignores the signal unless it has set a trap.
  var hasTrap = false
  /// Whether it ends at the first command that fails (`set -e`).
  var endsOnFailure = false
  /// Whether a command has ended the shell itself.
  var didExit = false
  /// Until then it keeps a processor busy.
  var busyUntil = Time(nanoseconds: .min)
  /// What a command that takes time writes when that has passed.
  var delayed: [(text: String, isError: Bool)] = []
  /// The script ends with that status when the present pause is over.
  var endStatus: Int?
  /// What the script's commands read, where nothing is piped into them.
  var input = ShellInput()
  /// The names of exported variables follow the environment; others are the script's own.
  let hasService: Bool

  init(time: Time, arguments: [String] = [], hasService: Bool = false) {
    self.time = time
    self.arguments = arguments
    self.hasService = hasService
  }

  func value(of name: String, in world: ContainerWorld) -> String? {
    switch name {
    case "?": return String(status)
    case "$": return "1"
    case "#": return String(max(arguments.count - 1, 0))
    case "@", "*": return arguments.dropFirst().joined(separator: " ")
    default: break
    }
    if let number = Int(name) { return number < arguments.count ? arguments[number] : nil }
    guard let text = variables[name] ?? world.environment[name] else { return nil }
    // An array's name alone stands for its first element.
    return text.contains(Self.separator) ? elements(of: name, in: world).first : text
  }

  /// Stands between an array's elements; no script writes it.
  private static let separator: Character = "\u{1f}"

  /// A variable's text that stands for several.
  static func array(_ elements: [String]) -> String { elements.map { $0 + String(separator) }.joined() }

  /// The elements of an array; a plain variable is its only one.
  func elements(of name: String, in world: ContainerWorld) -> [String] {
    guard let text = variables[name] ?? world.environment[name] else { return [] }
    guard text.contains(Self.separator) else { return [text] }
    return text.split(separator: Self.separator, omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  /// Sets a variable; one of the environment changes there.
  mutating func set(_ name: String, _ text: String, in world: inout ContainerWorld) {
    if world.environment[name] != nil { world.environment[name] = text } else { variables[name] = text }
  }
}
