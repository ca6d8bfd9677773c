/// One option of a command.
struct Flag: Sendable {
  enum Kind: Sendable {
    case isSwitch
    case text
    /// May come several times, and holds several values between commas.
    case list
    /// May come several times; commas belong to the value.
    case array
    case integer
    case duration
  }

  let name: String
  let short: Character?
  let kind: Kind
  let initial: String
  /// What it means to give the option without a value, where that is allowed.
  let bare: String?
  let help: String

  private init(_ name: String, _ short: Character?, _ kind: Kind, _ initial: String, _ bare: String?, _ help: String) {
    self.name = name
    self.short = short
    self.kind = kind
    self.initial = initial
    self.bare = bare
    self.help = help
  }

  static func isSwitch(_ name: String, _ short: Character?, _ initial: Bool, _ help: String) -> Flag {
    Flag(name, short, .isSwitch, initial ? "true" : "false", "true", help)
  }
  static func isSwitch(_ name: String, _ short: Character?, _ help: String) -> Flag {
    isSwitch(name, short, false, help)
  }
  static func isSwitch(_ name: String, _ help: String) -> Flag { isSwitch(name, nil, false, help) }

  static func text(
    _ name: String, _ short: Character?, _ initial: String, bare: String? = nil, _ help: String
  ) -> Flag {
    Flag(name, short, .text, initial, bare, help)
  }
  static func text(_ name: String, _ short: Character?, _ help: String) -> Flag { text(name, short, "", help) }
  static func text(_ name: String, _ help: String) -> Flag { text(name, nil, "", help) }

  static func list(_ name: String, _ short: Character?, _ help: String) -> Flag {
    Flag(name, short, .list, "", nil, help)
  }
  static func list(_ name: String, _ help: String) -> Flag { list(name, nil, help) }

  static func array(_ name: String, _ help: String) -> Flag { Flag(name, nil, .array, "", nil, help) }
  static func array(_ name: String, _ short: Character?, _ help: String) -> Flag {
    Flag(name, short, .array, "", nil, help)
  }

  static func integer(_ name: String, _ short: Character?, _ initial: Int, _ help: String) -> Flag {
    Flag(name, short, .integer, String(initial), nil, help)
  }
  static func integer(_ name: String, _ initial: Int, _ help: String) -> Flag { integer(name, nil, initial, help) }

  static func duration(_ name: String, _ initial: String, _ help: String) -> Flag {
    Flag(name, nil, .duration, initial, nil, help)
  }

  /// As an error message names it.
  var label: String { short.map { "-\($0), --\(name)" } ?? "--\(name)" }

  /// What is wrong with a value, in the words of Go's flag library; nil if nothing is.
  func problem(with value: String) -> String? {
    func invalid(_ reason: String) -> String {
      "invalid argument \(quoted(value)) for \(quoted(label)) flag: \(reason)"
    }
    switch kind {
    case .isSwitch:
      return Flag.boolean(value) == nil ? invalid("strconv.ParseBool: parsing \(quoted(value)): invalid syntax") : nil
    case .integer:
      return Int(value) == nil ? invalid("strconv.ParseInt: parsing \(quoted(value)): invalid syntax") : nil
    case .duration:
      return Durations.seconds(value) == nil ? invalid("time: invalid duration \(quoted(value))") : nil
    case .text, .list, .array: return nil
    }
  }

  static func boolean(_ text: String) -> Bool? {
    switch text {
    case "1", "t", "T", "true", "TRUE", "True": true
    case "0", "f", "F", "false", "FALSE", "False": false
    default: nil
    }
  }
}

extension Flag {
  /// Options that every command takes.
  static let global: [Flag] = [
    .text("namespace", "n", "If present, the namespace scope for this request."),
    .text("as", "The user to act as; needs the right to impersonate."),
    .array("as-group", "A group to act as; may be repeated."), .text("as-uid", "The UID to act as."),
    .text("cluster", "The kubeconfig cluster to use."), .text("context", "The kubeconfig context to use."),
    .text("user", "The kubeconfig user to use."), .text("kubeconfig", "The kubeconfig file; there is none here."),
    .text("server", "s", "The API server's address."), .text("token", "A bearer token."),
    .text("request-timeout", nil, "0", "How long to wait for one request; 0 is for ever."),
    .integer("v", "v", 0, "How much to log."),
    .isSwitch("insecure-skip-tls-verify", "Whether not to check the server's certificate."),
    .isSwitch("match-server-version", "Whether to require the server's version to be the client's."),
    .isSwitch("warnings-as-errors", "Whether the server's warnings end the command with an error."),
    .text("cache-dir", "The cache's folder; nothing is cached here."),
    .isSwitch("disable-compression", "Whether not to compress answers."),
  ]

  static let help = Flag.isSwitch("help", "h", "Shows this help.")

  static let output: [Flag] = [
    .text(
      "output", "o",
      "How to print: json, yaml, name, jsonpath=TEMPLATE, jsonpath-as-json=TEMPLATE, custom-columns=SPEC, wide."),
    .text("template", "The template of -o jsonpath where it has none itself."),
    .isSwitch("allow-missing-template-keys", nil, true, "Whether a template may name what is not there."),
    .isSwitch("show-managed-fields", "Whether to show metadata.managedFields."),
  ]

  static let files: [Flag] = [
    .list("filename", "f", "Files that name the objects; - is the standard input."),
    .text("kustomize", "k", "A kustomization; not supported here."),
    .isSwitch("recursive", "R", "Whether to go through folders; there are none here."),
  ]

  static let selector: [Flag] = [
    .text("selector", "l", "Which labels objects must have: key=value,key!=value,key in (a,b),key,!key.")
  ]

  static let fieldSelector: [Flag] = [
    .text("field-selector", "Which fields objects must have: metadata.name=web,status.phase!=Running.")
  ]

  static let dryRun: [Flag] = [
    .text(
      "dry-run", nil, "none", bare: "unchanged",
      "none; client: only print what would be sent; server: send it, but let the server change nothing.")
  ]

  static let all: [Flag] = [.isSwitch("all", "Every object of the kind in the namespace.")]

  static let allNamespaces: [Flag] = [.isSwitch("all-namespaces", "A", "Whether to go through all namespaces.")]

  static func fieldManager(_ initial: String) -> [Flag] {
    [.text("field-manager", nil, initial, "Who is recorded to own the fields.")]
  }

  static let validate: [Flag] = [
    .text(
      "validate", nil, "strict", bare: "strict",
      "strict: fields that the kind does not have are an error; warn; ignore.")
  ]
}
