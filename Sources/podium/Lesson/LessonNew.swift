import ArgumentParser
import Glibc

struct LessonNew: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Begin a lesson: a folder that passes lint and test as it is, to be written over.")

  @Argument(help: ArgumentHelp("The lesson's id: lower-case letters, digits and '-'.", valueName: "id"))
  var id: String

  @Option(help: ArgumentHelp("The letter of its track. (default: X)", valueName: "letter"))
  var track = "X"

  @Option(help: ArgumentHelp("Its place in the track. (default: 1)", valueName: "number"))
  var order = 1

  @Option(name: .customLong("in"), help: ArgumentHelp("Folder of lessons. (default: lessons)", valueName: "path"))
  var folder: String?

  func run() throws {
    let isPlain = id.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    guard isPlain, !id.isEmpty else {
      throw Refusal("'\(id)' is no lesson's id: use lower-case letters, digits and '-' only")
    }
    let parent = try ResourceFolder.find("lessons", given: folder, option: "--in")
    let path = "\(parent)/\(id)"
    guard mkdir(path, 0o755) == 0, mkdir(path + "/files", 0o755) == 0 else {
      throw Refusal("the folder \(path) cannot be made: \(String(cString: strerror(errno)))")
    }
    for (name, text) in LessonSkeleton(id: id, track: track, order: order).files {
      try write(text, to: "\(path)/\(name)")
    }
    Terminal.show("\(path) is begun. Look at it with: podium lesson preview \(path)")
  }

  private func write(_ text: String, to path: String) throws(Refusal) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw Refusal("\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { throw Refusal("\(path) cannot be written: \(String(cString: strerror(errno)))") }
      bytes = bytes.dropFirst(count)
    }
  }
}
