import Testing
import Tree

@testable import Lessons

@Suite struct FormatTests {
  @Test("a lesson in order is read whole")
  func whole() throws {
    let library = Sample().library
    #expect(library.broken.map(\.description) == [])
    let lesson = try #require(library.lesson("sample"))
    #expect(lesson.title[.korean] == "표본")
    #expect(lesson.steps.map(\.id) == ["create", "remove"])
    #expect(lesson.steps[0].title[.english] == "Create")
    #expect(lesson.steps[0].reads == ["pods"])
    #expect(!lesson.steps[0].readsTime)
    #expect(lesson.steps[1].reads == ["pods", "clocks.podium.dev"])
    #expect(lesson.steps[1].readsTime)
    #expect(lesson.manifests.count == 2)
    #expect(LessonLinter(library).problems().map(\.description) == [])
  }

  @Test("pages show a lesson in one language, without the answers")
  func pages() throws {
    let lesson = try #require(Sample().library.lesson("sample"))
    #expect(
      lesson.summary["steps"] == [
        ["id": "create", "title": ["ko": "만들기", "en": "Create"]],
        ["id": "remove", "title": ["ko": "지우기", "en": "Remove"]],
      ])
    let page = lesson.page(language: "ko")
    #expect(page["title"] == "표본")
    #expect(page["intro"] == "<p>소개.</p>\n")
    let step = try #require(page["steps"]?.array?[0])
    #expect(step["html"]?.string?.contains("data-command=\"kubectl apply -f pod.yaml\"") == true)
    #expect(step["files"]?.array?[0]["name"] == "pod.yaml")
    #expect(step["hints"]?.array?[0] == "<p>이름이 <strong>ngnix</strong>입니다.</p>\n")
    #expect(step["prediction"]?.isNull == true)
    let prediction = try #require(page["steps"]?.array?[1]["prediction"])
    #expect(prediction["choices"]?.array?[1] == ["id": "b", "text": "옮겨진다"])
    #expect(
      lesson.verdict(step: "remove", choice: "a", language: "en") == [
        "correct": true, "explanation": "<p>Right: <code>kubectl get</code>.</p>\n",
      ])
    #expect(
      lesson.verdict(step: "remove", choice: "b", language: "ko") == [
        "correct": false, "explanation": "<p>파드는 옮겨 다니지 않습니다.</p>\n",
      ])
    #expect(lesson.verdict(step: "remove", choice: "c", language: "ko") == nil)
    #expect(lesson.verdict(step: "create", choice: "a", language: "ko") == nil)
  }

  @Test("a step's start is the lesson's, and what the steps before lead to")
  func starts() throws {
    var sample = Sample()
    let lesson = try #require(sample.library.lesson("sample"))
    let pod = LessonFile(name: "pod.yaml", content: sample.files["files/pod.yaml"] ?? "")
    #expect(lesson.start(of: "create") == lesson.manifests.map(StartAction.apply))
    #expect(
      lesson.start(of: "remove")
        == lesson.manifests.map(StartAction.apply) + [
          .begin, .run("kubectl apply -f pod.yaml", files: [pod]), .await(step: "create"),
        ])
    #expect(lesson.start(of: "nowhere") == nil)
    sample.replace("- id: remove", "- id: remove\n  start:\n    commands: [kubectl get pods]")
    let own = try #require(sample.library.lesson("sample"))
    #expect(own.start(of: "remove") == [.run("kubectl get pods", files: [])])
  }

  @Test("a lesson names the view of the picture that suits it, and a step another one")
  func view() throws {
    var sample = Sample()
    sample.replace("minutes: 5", "minutes: 5\nview: rollout")
    sample.replace("- id: remove", "- id: remove\n  view: owners")
    let page = try #require(sample.library.lesson("sample")).page(language: "en")
    #expect(page["view"] == "rollout")
    #expect(page["steps"]?.array?.map { $0["view"] } == [.null, "owners"])
    #expect(try #require(Sample().library.lesson("sample")).page(language: "en")["view"] == "cluster")
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    let problem: String
    var testDescription: String { problem }
  }

  @Test(
    "a mistake in lesson.yaml is told with its line and how to mend it",
    arguments: [
      Mistake(old: "track: B", new: "track: [B", problem: "sample/lesson.yaml:"),
      Mistake(
        old: "id: sample", new: "id: other",
        problem: "sample/lesson.yaml:1: the id 'other' is not the folder's name: write 'id: sample'"),
      Mistake(
        old: "minutes: 5", new: "minutes: long",
        problem: "sample/lesson.yaml:5: 'minutes' is not a whole number from 1 to 240: write 'minutes: 1' or more"),
      Mistake(
        old: "minutes: 5", new: "minutes: 5\nlevel: 1",
        problem: "sample/lesson.yaml:6: there is no field 'level' here: "
          + "the fields are: id, track, order, concepts, prerequisites, minutes, summary, start, steps, view"),
      Mistake(
        old: "minutes: 5", new: "minutes: 5\nview: map",
        problem: "sample/lesson.yaml:6: 'view' is none of the words that it may be: "
          + "use one of cluster, journey, scheduling, rollout, owners, resources"),
      Mistake(
        old: "en: Make a pod.", new: "de: Nix",
        problem: "sample/lesson.yaml:6: there is no field 'de' here: the fields are: ko, en"),
      Mistake(
        old: "that: pods.exists(p, p.metadata.name == 'nginx')", new: "that: pods.exist(p, true)",
        problem: "sample/lesson.yaml:15: the expression is wrong at 1:6: there is no method 'exist': "
          + "correct 'pods.exist(p, true)'"),
      Mistake(
        old: "that: pods.exists(p, p.metadata.name == 'nginx')", new: "that: pod.size() > 0",
        problem: "sample/lesson.yaml:15: the expression is wrong at 1:1: there is no variable 'pod'; there are: "),
      Mistake(
        old: "before.pods.size()", new: "before.things.size()",
        problem:
          "sample/lesson.yaml:40: there is no kind 'before.things': name a kind after 'before.', such as before.pods"),
      Mistake(
        old: "for: running", new: "for: runs",
        problem: "sample/lesson.yaml:32: the step has no check 'runs': use one of exists, running"),
      Mistake(
        old: "files: [pod.yaml]", new: "files:\n  - pods.yaml",
        problem: "sample/lesson.yaml:12: files/pods.yaml: the file cannot be read: add it to the lesson's folder"),
      Mistake(
        old: "- id: remove", new: "- id: create",
        problem: "sample/lesson.yaml:36: the step 'create' is there twice: give each its own id"),
      Mistake(
        old: "- id: remove", new: "- id: Remove it",
        problem: "sample/lesson.yaml:36: 'Remove it' is no identifier: use lower-case letters, digits and '-' only"),
      Mistake(
        old: ", correct: true}", new: "}",
        problem: "sample/lesson.yaml:48: a prediction needs a right and a wrong choice: "
          + "mark the right ones with 'correct: true'"),
    ])
  func mistakes(_ mistake: Mistake) {
    var sample = Sample()
    sample.replace(mistake.old, mistake.new)
    let library = sample.library
    #expect(library.lessons.isEmpty)
    let found = library.broken.map(\.description)
    #expect(found.contains { $0.hasPrefix(mistake.problem) }, "\(found)")
  }

  @Test("a section without a step, a step without a section and a file that is missing are told")
  func texts() {
    var sample = Sample()
    sample.english = "# Sample\n\n## Create {#creat}\n\n## Nothing\n"
    let found = sample.library.broken.map(\.description)
    #expect(found.contains("sample/en.md:3: there is no step 'creat': use one of create, remove"))
    #expect(
      found.contains(
        "sample/en.md:5: the heading 'Nothing' names no step: end it with the step's id, as in '## Nothing {#create}'"))
    #expect(
      found.contains("sample/lesson.yaml:10: en.md has no section for the step 'create': add '## … {#create}' to en.md")
    )
    #expect(
      LessonLibrary(folders: [("empty", MemoryFiles(files: [:]))], glossary: nil).broken.map(\.description) == [
        "empty/lesson.yaml: the file cannot be read: add it to the lesson's folder"
      ])
  }

  @Test("a broken lesson stops only itself")
  func others() {
    var files = Sample().files
    files["lesson.yaml"] = Sample().description
    files["ko.md"] = Sample().korean
    files["en.md"] = Sample().english
    let folders: [(String, any LessonFiles)] = [
      ("broken", MemoryFiles(files: [:])), ("sample", MemoryFiles(files: files)),
    ]
    let library = LessonLibrary(folders: folders, glossary: Sample().glossary)
    #expect(library.lessons.map(\.id) == ["sample"])
    #expect(library.broken.map(\.lesson) == ["broken"])
  }

  @Test("a folder that is not there is an error")
  func missingFolder() {
    #expect(throws: LessonProblem.self) { try LessonLibrary.load(directory: "/nowhere/lessons") }
  }
}
