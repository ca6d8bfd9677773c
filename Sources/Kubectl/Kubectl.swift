/// kubectl's commands over any transport.
///
///     let kubectl = Kubectl(transport: transport, files: ["pod.yaml": "kind: Pod …"])
///     let status = kubectl.run("kubectl apply -f pod.yaml && kubectl get pods") { print($0) }
///
/// It blocks until the command ends: run it on a thread of its own. It keeps nothing between two runs.
package struct Kubectl {
  let transport: any Transport
  let files: [String: String]
  let namespace: String
  let language: String

  /// - Parameters:
  ///   - files: what `-f NAME` may name; the host's disk is never read.
  ///   - namespace: the current context's namespace.
  ///   - language: of explanations, `en` or `ko`. kubectl itself speaks English.
  package init(
    transport: any Transport, files: [String: String], namespace: String = "default", language: String = "en"
  ) {
    self.transport = transport
    self.files = files
    self.namespace = namespace
    self.language = language
  }

  /// Runs one or more commands as a shell would, and returns the last one's exit status.
  ///
  /// Commands stand on lines of their own or between `&&`, `||` and `;`; `|` hands one's output to the next; a
  /// here-document (`<<EOF`) is a command's standard input. Besides kubectl there are `cat` and `echo`.
  package func run(_ line: String, output: (Output) -> Void) -> Int32 {
    withoutActuallyEscaping(output) { output in
      do throws(Script.SyntaxProblem) {
        return try Shell(transport: transport, files: files, namespace: namespace, language: language, output: output)
          .run(Script(line))
      } catch {
        output(.error("syntax error: \(error.message)\n"))
        return 2
      }
    }
  }
}

/// Runs a script's statements.
private struct Shell {
  let transport: any Transport
  let files: [String: String]
  let namespace: String
  let language: String
  let output: (Output) -> Void

  func run(_ script: Script) -> Int32 {
    var status: Int32 = 0
    for statement in script.statements {
      switch statement.condition {
      case .always: break
      case .afterSuccess: if status != 0 { continue }
      case .afterFailure: if status == 0 { continue }
      }
      if transport.isCancelled { return 130 }
      status = run(statement.pipeline)
    }
    return status
  }

  private func run(_ pipeline: [Script.Command]) -> Int32 {
    var input: String?
    var status: Int32 = 0
    for (index, command) in pipeline.enumerated() {
      let isLast = index == pipeline.count - 1
      var piped = ""
      status = run(command, input: command.input ?? input) { part in
        if !isLast, case .out(let text) = part { piped += text } else { output(part) }
      }
      input = piped
    }
    return status
  }

  private func run(_ command: Script.Command, input: String?, output: @escaping (Output) -> Void) -> Int32 {
    guard let name = command.words.first else { return 0 }
    let arguments = Array(command.words.dropFirst())
    switch name {
    case "kubectl", "k": return kubectl(arguments, input: input, output: output)
    case "why": return podium(["why"] + arguments, input: input, output: output)
    case "podium": return podium(arguments, input: input, output: output)
    case "cat": return cat(arguments, input: input, output: output)
    case "echo":
      output(.out(arguments.joined(separator: " ") + "\n"))
      return 0
    default:
      if CommandTable.commands.contains(where: { $0.name == name }) {
        return kubectl(command.words, input: input, output: output)
      }
      output(.error("\(name): command not found (this terminal runs kubectl, cat and echo)\n"))
      return 127
    }
  }

  private func cat(_ names: [String], input: String?, output: (Output) -> Void) -> Int32 {
    if names.isEmpty { output(.out(input ?? "")) }
    var status: Int32 = 0
    for name in names {
      if let text = name == "-" ? input : files[Manifests.normalized(name)] {
        output(.out(text))
      } else {
        output(.error("cat: \(name): No such file or directory\n"))
        status = 1
      }
    }
    return status
  }

  private func kubectl(_ arguments: [String], input: String?, output: @escaping (Output) -> Void) -> Int32 {
    status(input: input, output: output) { (session) throws(Failure) in
      try CommandTable.run(arguments, in: session)
    }
  }

  /// Podium's own commands.
  private func podium(_ arguments: [String], input: String?, output: @escaping (Output) -> Void) -> Int32 {
    status(input: input, output: output) { (session) throws(Failure) in
      guard arguments.first == Command.why.name else {
        throw .error("this terminal knows one command of podium: podium why TYPE NAME")
      }
      try CommandTable.run(.why, Array(arguments.dropFirst()), path: "podium", session)
    }
  }

  private func status(
    input: String?, output: @escaping (Output) -> Void, _ run: (Session) throws(Failure) -> Void
  ) -> Int32 {
    let session = Session(
      transport: transport, files: files, namespace: namespace, input: input, language: language, output: output)
    do throws(Failure) {
      try run(session)
      return 0
    } catch {
      if !error.text.isEmpty { output(.error(error.text.hasSuffix("\n") ? error.text : error.text + "\n")) }
      return error.code
    }
  }
}
