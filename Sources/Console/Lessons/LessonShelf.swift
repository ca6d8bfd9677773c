package import Lessons
import Cluster

/// The lessons of a folder, read beside everything else that a start does: whoever asks first waits for them.
package final class LessonShelf: Sendable {
  private let library = Deferred<LessonLibrary>()

  /// Begins to read the folder's lessons. `problem` hears of every one that is broken, and of a folder that cannot be
  /// read; both stop only what they concern.
  package init(directory: String, problem: @escaping @Sendable (LessonProblem) -> Void) {
    let library = self.library
    let isStarted = BackgroundThread.start { Self.load(directory, into: library, problem: problem) }
    if !isStarted { Self.load(directory, into: library, problem: problem) }
  }

  /// A shelf with lessons that are there already.
  package init(_ library: LessonLibrary) { self.library.fulfil(library) }

  package var lessons: LessonLibrary { library.value }

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
