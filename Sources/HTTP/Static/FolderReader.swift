import Glibc

/// What tells that a file has changed.
struct FileStamp: Equatable {
  let seconds: Int
  let nanoseconds: Int
  let size: Int
  let inode: UInt64
}

/// Opens files so that no symbolic link leads out of a folder.
enum FolderReader {
  struct Opened {
    let descriptor: Int32
    let stamp: FileStamp
  }

  /// The folder's real path, nil when it is none.
  static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    let folder = Glibc.open(real, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return nil }
    close(folder)
    return String(cString: real)
  }

  /// A regular file below the folder. The caller closes the descriptor. What was opened is what is judged, so that a link
  /// changed meanwhile gains nothing.
  static func open(_ relative: String, in root: String, sizeLimit: Int) -> Opened? {
    let descriptor = Glibc.open(root + "/" + relative, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= sizeLimit,
      realPath(of: descriptor)?.hasPrefix(root == "/" ? "/" : root + "/") == true
    else {
      close(descriptor)
      return nil
    }
    let stamp = FileStamp(
      seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec, size: Int(status.st_size),
      inode: UInt64(status.st_ino))
    return Opened(descriptor: descriptor, stamp: stamp)
  }

  static func read(_ opened: Opened) -> [UInt8]? {
    let size = opened.stamp.size
    var bytes = [UInt8](repeating: 0, count: size)
    var filled = 0
    while filled < size {
      let count = bytes.withUnsafeMutableBytes { buffer in
        pread(opened.descriptor, buffer.baseAddress?.advanced(by: filled), size - filled, filled)
      }
      guard count > 0 else { return nil }
      filled += count
    }
    return bytes
  }

  private static func realPath(of descriptor: Int32) -> String? {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/fd/\(descriptor)", &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : nil
  }
}
