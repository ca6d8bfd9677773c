extension Phrases {
  static func podFailed(_ reason: String, _ message: String) -> Phrase {
    Phrase(en: "The pod has failed: \(reason). \(message)", ko: "파드가 실패했습니다: \(reason). \(message)")
  }

  static func notReady(_ why: [String]) -> Phrase {
    let list = why.joined(separator: "; ")
    return Phrase(en: "It runs but is not ready: \(list)", ko: "실행 중이지만 준비(Ready)되지 않았습니다: \(list)")
  }

  static func restarted(_ container: String, _ count: Int64, reason: String, exitCode: Int64) -> Phrase {
    let english: String
    let korean: String
    switch (reason, exitCode) {
    case ("OOMKilled", _):
      english = "it used more memory than its limit and was killed (OOMKilled, exit code \(exitCode))"
      korean = "메모리 한도를 넘어 강제 종료되었습니다(OOMKilled, 종료 코드 \(exitCode))"
    case (_, 137):
      english = "it was killed (exit code 137: SIGKILL), as a failed liveness probe or the end of a grace period does"
      korean = "강제 종료되었습니다(종료 코드 137: SIGKILL). 라이브니스 프로브 실패나 유예 기간 종료가 그렇게 합니다"
    case (_, 0):
      english = "its process ended by itself with exit code 0, and the restart policy starts it again"
      korean = "프로세스가 종료 코드 0으로 스스로 끝났고, 재시작 정책에 따라 다시 시작되었습니다"
    default:
      english = "its process ended with exit code \(exitCode) (\(reason))"
      korean = "프로세스가 종료 코드 \(exitCode)(\(reason))로 끝났습니다"
    }
    return Phrase(
      en: "Container \(container) has been restarted \(count) time(s); the last time \(english).",
      ko: "컨테이너 \(container)은(는) \(count)번 다시 시작되었습니다. 마지막에는 \(korean).")
  }

  static func waiting(_ container: String, _ reason: String, _ message: String) -> Phrase {
    Phrase(
      en: "Container \(container) waits: \(reason). \(message)", ko: "컨테이너 \(container) 대기 중: \(reason). \(message)")
  }

  static func terminated(_ container: String, _ reason: String, exitCode: Int64) -> Phrase {
    Phrase(
      en: "Container \(container) has ended with exit code \(exitCode) (\(reason)).",
      ko: "컨테이너 \(container)이(가) 종료 코드 \(exitCode)(\(reason))로 끝났습니다.")
  }

  static let rolloutPaused = Phrase(
    en: "The rollout is paused: kubectl rollout resume lets it go on.",
    ko: "롤아웃이 일시 중지되어 있습니다. kubectl rollout resume 하면 이어집니다.")

  static func condition(_ type: String, _ reason: String, _ message: String) -> Phrase {
    Phrase(en: "\(type): \(reason). \(message)", ko: "\(type): \(reason). \(message)")
  }

  static func readyPods(_ ready: Int, of wanted: Int64, there: Int) -> Phrase {
    Phrase(
      en: "\(ready) of \(wanted) wanted pods are ready; \(there) exist.",
      ko: "바라는 파드 \(wanted)개 중 \(ready)개가 준비되었고, \(there)개가 존재합니다.")
  }

  static func externalName(_ name: String) -> Phrase {
    Phrase(
      en: "The Service is only another name for \(name): no pod is behind it.",
      ko: "이 서비스는 \(name)의 다른 이름일 뿐, 뒤에 파드가 없습니다.")
  }

  static let noSelector = Phrase(
    en: "The Service has no selector: it reaches only EndpointSlices that somebody makes by hand.",
    ko: "셀렉터가 없는 서비스입니다. 직접 만든 EndpointSlice로만 연결됩니다.")

  static func noPodMatches(_ selector: String, nearest: [String]) -> Phrase {
    let list = nearest.prefix(3).joined(separator: ", ")
    return Phrase(
      en: "No pod has the labels \(selector), so there is nobody to answer."
        + (list.isEmpty ? "" : " Nearest: \(list)."),
      ko: "레이블 \(selector)을(를) 가진 파드가 없어 응답할 곳이 없습니다." + (list.isEmpty ? "" : " 비슷한 파드: \(list)"))
  }

  static func endpoints(_ ready: Int, of count: Int) -> Phrase {
    Phrase(
      en: "\(ready) of \(count) pods that match the selector are ready; only those get traffic.",
      ko: "셀렉터에 맞는 파드 \(count)개 중 \(ready)개가 준비되었고, 준비된 파드만 트래픽을 받습니다.")
  }

  static func portNotDeclared(_ wanted: String, _ ports: [String]) -> Phrase {
    let list = ports.joined(separator: ", ")
    return Phrase(
      en: "targetPort \(wanted) is none of the ports that the pods declare (\(list)): if nothing listens there, the "
        + "connection is refused.",
      ko: "targetPort \(wanted)은(는) 파드가 선언한 포트(\(list))에 없습니다. 그 포트에서 듣는 것이 없으면 연결이 거부됩니다.")
  }
}
