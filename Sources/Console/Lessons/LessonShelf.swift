package import Lessons
import Cluster
import Synchronization

/// The lessons of a folder, read when the server is up: whoever asks first waits for them.
package final class LessonShelf: Sendable {
  private let library = Deferred<LessonLibrary>()
  private let preview: Preview?
  /// Reads the lessons; nil once somebody does.
  private let reading = Mutex<(@Sendable () -> Void)?>(nil)

  /// A folder's lessons. `problem` hears of every one that is broken, and of a folder that cannot be read; both stop
  /// only what they concern.
  package init(directory: String, problem: @escaping @Sendable (LessonProblem) -> Void) {
    preview = nil
    let library = self.library
    reading.withLock { $0 = { Self.load(directory, into: library, problem: problem) } }
  }

  /// A shelf with lessons that are there already.
  package init(_ library: LessonLibrary) {
    preview = nil
    self.library.fulfil(library)
  }

  /// A shelf for an author at work: the lessons as their files are at every look. `change` hears of each new reading.
  package init(previewing directory: String, change: @escaping @Sendable (LessonLibrary) -> Void) {
    preview = Preview(directory: directory, change: change)
  }

  /// Begins to read the lessons, unless somebody does.
  package func prepare() {
    guard let read = reading.withLock({ $0.take() }) else { return }
    if !BackgroundThread.start(read) { read() }
  }

  package var lessons: LessonLibrary {
    prepare()
    return preview?.now.library ?? library.value
  }

  /// Of a preview: what changes whenever a file does.
  package var version: String? { preview?.now.version }

  private static func load(
    _ directory: String, into library: Deferred<LessonLibrary>, problem: (LessonProblem) -> Void
  ) {
    do throws(LessonProblem) {
      let loaded = try LessonLibrary.load(directory: directory)
      library.fulfil(loaded)
      loaded.broken.forEach(problem)
    } catch {
      library.fulfil(.empty)
      problem(error)
    }
  }
}

/// Lessons that are read again when a file has changed.
private final class Preview: Sendable {
  struct Reading: Sendable {
    var version = ""
    var library = LessonLibrary.empty
  }

  private let directory: String
  private let change: @Sendable (LessonLibrary) -> Void
  private let reading = Mutex(Reading())

  init(directory: String, change: @escaping @Sendable (LessonLibrary) -> Void) {
    self.directory = directory
    self.change = change
  }

  var now: Reading {
    reading.withLock { reading in
      let version = LessonLibrary.version(of: directory)
      if version != reading.version, let library = try? LessonLibrary.load(directory: directory) {
        reading = Reading(version: version, library: library)
        change(library)
      }
      return reading
    }
  }
}
