import Testing

@Suite("The house is tidy") struct TidyTests {
  /// Targets whose code must run the same way twice.
  private static let engine: Set = [
    "Tree", "Schema", "CEL", "Loop", "Kinds", "Store", "API", "Controllers", "Scheduler", "Network", "Nodes",
    "Explanations",
  ]
  private static let sources = SourceTree.swiftFiles(in: "Sources")

  private func violations(in targets: Set<String>? = nil, of pattern: Regex<Substring>) -> [String] {
    Self.sources.filter { targets?.contains($0.target) ?? true }.flatMap { file in
      file.lines.enumerated().filter { $0.element.code.contains(pattern) }
        .map { "\(file.path):\($0.offset + 1): \($0.element)" }
    }
  }

  @Test("there are sources to look at")
  func findsSources() {
    #expect(Self.sources.count > 100)
    #expect(Self.engine.isSubset(of: Self.sources.map(\.target)))
  }

  @Test("the engine is synchronous: no actor, task or await")
  func synchronousEngine() {
    #expect(violations(in: Self.engine, of: #/\bactor\s+[A-Z]|\bawait\s|\basync\s|\bTask\s*[{.(]/#) == [])
  }

  @Test("the engine reads no clock and no chance but the cluster's own")
  func deterministicEngine() {
    #expect(
      violations(
        in: Self.engine,
        of:
          #/\bDate\(|\bUUID\(|\.random\(in|ContinuousClock|SuspendingClock|SystemRandomNumberGenerator|\bDispatch|clock_gettime|\.shuffled\(\)|\.randomElement\(\)/#
      ) == [])
  }

  @Test("the engine knows no operating system, and nobody the whole of Foundation")
  func imports() {
    #expect(violations(in: Self.engine, of: #/import (?:Glibc|Foundation\w*|Dispatch)\b/#) == [])
    #expect(violations(of: #/import Foundation\b/#) == [])
  }

  @Test("no forced tries or casts, no print, no leftover marks")
  func noShortcuts() {
    #expect(violations(of: #/\btry!|\bas!|(?:^|\s)print\(/#) == [])
    let marks = Self.sources.flatMap { file in
      file.lines.filter { $0.contains(#/\b(?:TODO|FIXME|XXX|HACK)\b/#) }.map { file.path + ": " + $0 }
    }
    #expect(marks == [])
  }

  @Test("no file holds more than one subject can: 800 lines, tables apart")
  func fileLengths() {
    let long = Self.sources.filter { $0.lines.count > 800 && !$0.path.contains("/Tables/") }.map(\.path)
    #expect(long == [])
  }

  @Test("no function is longer than 70 lines")
  func functionLengths() {
    var long: [String] = []
    for file in Self.sources {
      var start: (line: Int, indent: Int)?
      for (index, line) in file.lines.enumerated() {
        let indent = line.prefix { $0 == " " }.count
        if let begun = start, indent == begun.indent, line.trimmed.hasPrefix("}") {
          if index - begun.line > 70 { long.append("\(file.path):\(begun.line + 1) has \(index - begun.line) lines") }
          start = nil
        }
        if line.code.contains(#/\b(?:func|init)\b.*\{\s*$/#) { start = (index, indent) }
      }
    }
    #expect(long == [])
  }

  @Test("the project speaks of itself alone")
  func noMachinePaths() {
    let folders = ["Sources", "Tests", "Public", "lessons", "docs", "script"]
    let files = folders.flatMap { SourceTree.files(in: $0) { !$0.hasSuffix(".png") && !$0.contains("__pycache__") } }
    let found = files.flatMap { file in
      file.lines.filter { $0.contains(#/(?:^|[^\w.])\/(?:work|root)\/(?:main|shared|\.|[a-z]+\/)/#) }.map {
        file.path + ": " + $0
      }
    }
    #expect(found == [])
  }
}

extension String {
  fileprivate var trimmed: Substring { drop { $0 == " " } }
}
