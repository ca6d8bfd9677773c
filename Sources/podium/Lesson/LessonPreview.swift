import ArgumentParser
import Glibc
import Logging

struct LessonPreview: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "Show a lesson in the browser, as it is on disk: the page reloads when a file is saved.",
    discussion: "The cluster is a new one and goes with the command. The problems of every reading are printed.")

  @Argument(help: ArgumentHelp("Folder of one lesson or of many. (default: lessons)", valueName: "path"))
  var path: String?

  @Option(help: ArgumentHelp("Address and port to listen on; port 0 takes a free one.", valueName: "host:port"))
  var listen = Listen.standard

  @Option(help: ArgumentHelp("Folder of the page's files. (default: Public beside the program)", valueName: "dir"))
  var `public`: String?

  func run() throws {
    let signals = EndSignals()
    let listen = try listen.parsed(Listen.self, from: "--listen", form: "HOST:PORT, as in \(Listen.standard)")
    let selection = try LessonSelection(path ?? ResourceFolder.find("lessons", given: nil, option: "a path"))
    let data = try temporaryFolder()
    defer { remove(data) }
    let server = try Server(
      settings: ServerSettings(
        listen: listen, data: data, nodes: 3, tls: .off, webhooks: [], adminTokenFile: nil, publicFolder: self.public,
        lessonsFolder: selection.directory, seed: 7, previewsLessons: true, logLevel: .warning))
    server.announce(part: selection.id.map { "#/lessons/\($0)" } ?? "")
    server.stop(because: signals.wait())
  }

  private func temporaryFolder() throws(Refusal) -> String {
    var name = Array("/tmp/podium-preview-XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else {
      throw Refusal("no temporary folder can be made: \(String(cString: strerror(errno)))")
    }
    return String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Removes the data of a preview.
  private func remove(_ folder: String) {
    guard let directory = opendir(folder) else { return }
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != "..", unlink("\(folder)/\(name)") != 0 { remove("\(folder)/\(name)") }
    }
    closedir(directory)
    rmdir(folder)
  }
}
