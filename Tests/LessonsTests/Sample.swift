import Tree

@testable import Lessons

/// A lesson's files in memory.
struct MemoryFiles: LessonFiles {
  var files: [String: String]

  func text(of name: String) throws(LessonFileFailure) -> String {
    guard let text = files[name] else {
      throw LessonFileFailure(message: "the file cannot be read", remedy: "add it to the lesson's folder")
    }
    return text
  }
}

/// A small lesson that is in order, for tests to change.
struct Sample {
  var description = """
    id: sample
    track: B
    order: 1
    concepts: [pod, status]
    minutes: 5
    summary: {ko: 파드를 만듭니다., en: Make a pod.}
    start:
      manifests: [web.yaml]
    steps:
    - id: create
      files: [pod.yaml]
      checks:
      - id: exists
        text: {ko: 파드 nginx가 있습니다, en: The pod nginx exists}
        that: pods.exists(p, p.metadata.name == 'nginx')
        expected: pod/nginx
        actual: "pods.map(p, p.metadata.name).join(', ')"
        field: pods
      - id: running
        text: {ko: 실행 중입니다, en: It runs}
        that: |
          pods.exists(p, p.metadata.name == 'nginx' &&
            p.status.phase == 'Running')
        expected: {ko: 실행 중, en: Running}
        actual: {ko: "pods[0].status.phase", en: "pods[0].status.phase"}
        field: {cel: "'pod/' + pods[0].metadata.name + ' status.phase'"}
      hints:
      - for: exists
        when: pods.exists(p, p.metadata.name == 'ngnix')
        mistake: [kubectl run ngnix --image=nginx:1.27]
        text: {ko: 이름이 **ngnix**입니다., en: The name says **ngnix**.}
      - for: running
        text: {ko: 기다리세요., en: Wait.}
      solution:
      - kubectl apply -f pod.yaml
    - id: remove
      checks:
      - id: gone
        text: {ko: 파드가 줄었습니다, en: Fewer pods}
        that: pods.size() < before.pods.size() && now > timestamp(0) && !clock.spec.?paused.orValue(false)
        expected: {ko: 더 적게, en: fewer}
        actual: string(pods.size())
      hints:
      - text: {ko: 지우세요., en: Delete it.}
      solution: [kubectl delete pod nginx]
      prediction:
        question: {ko: 어떻게 될까요?, en: What will happen?}
        choices:
        - {id: a, text: {ko: 사라진다, en: It goes}, correct: true}
        - id: b
          text: {ko: 옮겨진다, en: It moves}
          explanation: {ko: 파드는 옮겨 다니지 않습니다., en: Pods never move.}
        explanation: {ko: 맞습니다., en: "Right: `kubectl get`."}

    """
  var korean = """
    # 표본

    소개.

    ## 만들기 {#create}

    [스케줄러](term:scheduler)가 봅니다.

    ```command
    kubectl apply -f pod.yaml
    ```

    ## 지우기 {#remove}

    ```command
    kubectl delete pod nginx
    ```

    ## 정리 {#outro}

    배운 것.

    """
  var english = """
    # Sample

    Introduction.

    ## Create {#create}

    The [scheduler](term:scheduler) looks.

    ```command
    kubectl apply -f pod.yaml
    ```

    ## Remove {#remove}

    ```command
    kubectl delete pod nginx
    ```

    ## Summary {#outro}

    What you learned.

    """
  var files = [
    "files/pod.yaml": Self.pod("nginx"),
    "files/web.yaml": Self.pod("web")
      + "---\nkind: Service\napiVersion: v1\nmetadata:\n  name: web\nspec:\n  ports: [{port: 80}]\n",
  ]
  var glossary: String? = "scheduler: {ko: 노드를 고르는 컴포넌트, en: picks a node for \"a pod\"}\n"

  private static func pod(_ name: String) -> String {
    "kind: Pod\napiVersion: v1\nmetadata:\n  name: \(name)\n"
      + "spec:\n  containers:\n  - name: nginx\n    image: nginx:1.27\n"
  }

  var library: LessonLibrary {
    var files = self.files
    files["lesson.yaml"] = description
    files["ko.md"] = korean
    files["en.md"] = english
    return LessonLibrary(folders: [("sample", MemoryFiles(files: files))], glossary: glossary)
  }

  /// The description with one text replaced, which must be there.
  mutating func replace(_ old: String, _ new: String) {
    let parts = description.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
    precondition(parts.count == 2, "the sample has no '\(old)'")
    description = parts.joined(separator: new)
  }
}

/// A world of a few objects.
struct SmallWorld: World {
  var objects: [String: [Value]] = [:]

  func objects(of resource: String, namespace: String?) -> [Value] {
    (objects[resource] ?? []).filter { namespace == nil || $0["metadata", "namespace"]?.string == namespace }
  }
}

func pod(_ name: String, phase: String, namespace: String = "default") -> Value {
  [
    "metadata": ["name": .string(name), "namespace": .string(namespace)], "status": ["phase": .string(phase)],
  ]
}
