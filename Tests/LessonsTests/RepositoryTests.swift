import Testing

@testable import Lessons

/// The lessons that this repository ships.
@Suite struct RepositoryTests {
  static let folder = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/lessons"

  @Test("every lesson of the repository is in order, in both languages")
  func lint() throws {
    let library = try LessonLibrary.load(directory: Self.folder)
    #expect(LessonLinter(library).problems().map(\.description) == [])
    #expect(!library.lessons.isEmpty)
  }
}
