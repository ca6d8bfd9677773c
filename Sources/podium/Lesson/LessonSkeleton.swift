/// The files of a lesson that nobody has written yet: one step, whole, to be written over.
struct LessonSkeleton {
  let id: String
  let track: String
  let order: Int

  var files: [(name: String, text: String)] {
    [("lesson.yaml", description), ("ko.md", korean), ("en.md", english), ("files/pod.yaml", pod)]
  }

  private var description: String {
    """
    id: \(id)
    track: \(track)
    order: \(order)
    concepts: [Pod]
    prerequisites: []
    minutes: 5
    summary:
      ko: 이 레슨에서 배우는 것을 한 문장으로.
      en: What this lesson teaches, in one sentence.
    steps:
    - id: create
      files: [pod.yaml]
      prediction:
        question: {ko: 무슨 일이 일어날까요?, en: What will happen?}
        choices:
        - {id: stored, correct: true, text: {ko: 파드가 저장된다, en: The pod is stored}}
        - {id: nothing, text: {ko: 아무 일도, en: Nothing}}
        explanation: {ko: 왜 그런지 설명합니다., en: Say why it is so.}
      checks:
      - id: ready
        text: {ko: 파드 first가 준비되었습니다, en: The pod first is ready}
        that: |
          pods.exists(p, p.metadata.name == 'first' &&
            p.status.conditions.exists(c, c.type == 'Ready' && c.status == 'True'))
        expected: Running
        actual: pods.filter(p, p.metadata.name == 'first').map(p, p.?status.?phase.orValue('-')).join()
        field: pod/first status.conditions
      hints:
      - for: ready
        when: pods.exists(p, p.metadata.name != 'first')
        mistake: [kubectl run second --image=nginx:1.27]
        text:
          ko: 파드의 이름이 다릅니다. `first`여야 합니다.
          en: The pod has another name. It must be `first`.
      - for: ready
        text: {ko: '`pod.yaml`을 적용하세요.', en: Apply `pod.yaml`.}
      solution:
      - kubectl apply -f pod.yaml

    """
  }

  private var korean: String {
    """
    # 제목

    왜 이것을 배우는지 한두 문장으로 시작합니다.

    ## 파드 만들기 {#create}

    먼저 이유를, 다음에 할 일을 적습니다.

    ```command
    kubectl apply -f pod.yaml
    ```

    ## 정리 {#outro}

    - 배운 것 하나.

    """
  }

  private var english: String {
    """
    # Title

    Begin with one or two sentences on why this is worth learning.

    ## Make a pod {#create}

    First the reason, then what to do.

    ```command
    kubectl apply -f pod.yaml
    ```

    ## Summary {#outro}

    - One thing that was learnt.

    """
  }

  private let pod = """
    apiVersion: v1
    kind: Pod
    metadata:
      name: first
    spec:
      containers:
      - name: nginx
        image: nginx:1.27

    """
}
