import Glibc

/// The folders that come with the program: `Public` and `lessons`.
enum ResourceFolder {
  /// The folder that was given, else the one in the working directory, beside the program, or above it (in a checkout
  /// the program lies in `.build/release`).
  static func find(_ name: String, given: String?, option: String) throws(Refusal) -> String {
    if let given {
      guard isFolder(given) else { throw Refusal("the folder \(given) of \(option) is not there: give one that is") }
      return given
    }
    for place in places where isFolder(place + "/" + name) { return place + "/" + name }
    throw Refusal("the folder \(name) is not beside the program: name it with \(option)")
  }

  private static var places: [String] {
    var places = ["."]
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    guard length > 0 else { return places }
    var folder = String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    for _ in 0..<5 {
      guard let slash = folder.lastIndex(of: "/") else { break }
      folder = String(folder[..<slash])
      places += [folder, folder + "/share/podium"]
    }
    return places
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
