extension Phrases {
  static func placed(on node: String) -> Phrase {
    Phrase(en: "It runs on \(node).", ko: "\(node) 노드에 있습니다.")
  }

  static func scheduled(on node: String, feasible: Int, of count: Int, _ totals: [(node: String, total: Int64)])
    -> Phrase
  {
    guard totals.count > 1 else {
      return Phrase(
        en: "The scheduler chose \(node): \(feasible) of \(count) nodes could take the pod.",
        ko: "스케줄러가 \(node)을(를) 골랐습니다. 노드 \(count)개 중 \(feasible)개가 이 파드를 받을 수 있었습니다.")
    }
    let scores = totals.map { "\($0.node) \($0.total)" }.joined(separator: ", ")
    return Phrase(
      en: "The scheduler chose \(node): \(feasible) of \(count) nodes could take the pod, and these were their scores: "
        + "\(scores). Among equal ones it draws.",
      ko: "스케줄러가 \(node)을(를) 골랐습니다. 노드 \(count)개 중 \(feasible)개가 받을 수 있었고 점수는 \(scores)입니다. 점수가 같으면 "
        + "무작위로 고릅니다.")
  }

  static func gated(_ gates: [String]) -> Phrase {
    let list = gates.joined(separator: ", ")
    return Phrase(
      en: "The scheduler does not look at it before its scheduling gates are removed: \(list).",
      ko: "스케줄링 게이트(scheduling gate)가 제거될 때까지 스케줄러가 보지 않습니다: \(list)")
  }

  static func notYetScheduled(_ scheduler: String) -> Phrase {
    guard scheduler != "default-scheduler" else {
      return Phrase(en: "The scheduler has not looked at it yet.", ko: "스케줄러가 아직 이 파드를 보지 않았습니다.")
    }
    return Phrase(
      en: "It waits for a scheduler named \"\(scheduler)\", and none of that name has placed it.",
      ko: "이름이 \"\(scheduler)\"인 스케줄러를 기다리지만, 그런 스케줄러가 배치하지 않았습니다.")
  }

  static func unschedulable(_ message: String) -> Phrase {
    Phrase(en: "It fits on no node: \(message)", ko: "들어갈 노드가 없습니다: \(message)")
  }

  static func lessRequested(_ resource: String, _ amount: String, on node: String) -> Phrase {
    Phrase(
      en: "\(amount) less \(resource) requested, or as much freed, and \(node) would take it.",
      ko: "\(resource) 요청을 \(amount) 줄이거나 그만큼 비우면 \(node)에 들어갈 수 있습니다.")
  }

  static func uncordon(_ node: String) -> Phrase {
    Phrase(
      en: "\(node) takes no new pods: kubectl uncordon \(node) would change that.",
      ko: "\(node)은(는) 새 파드를 받지 않습니다. kubectl uncordon \(node) 하면 받습니다.")
  }

  static func tolerate(_ taint: String, on node: String) -> Phrase {
    Phrase(
      en:
        "A toleration for \(taint), or the taint's removal (kubectl taint nodes \(node) \(taint)-), would open \(node).",
      ko: "\(taint)에 대한 톨러레이션(toleration)을 더하거나 테인트를 제거하면(kubectl taint nodes \(node) \(taint)-) \(node)에 "
        + "들어갈 수 있습니다.")
  }

  static func label(_ node: String, _ selector: [String]) -> Phrase {
    guard !selector.isEmpty else {
      return Phrase(
        en: "\(node) does not match the pod's node affinity.", ko: "\(node)은(는) 파드의 노드 어피니티(node affinity)에 맞지 않습니다.")
    }
    let labels = selector.joined(separator: " ")
    return Phrase(
      en:
        "\(node) has not all labels that the pod's nodeSelector wants: kubectl label node \(node) \(labels) would give "
        + "it them.",
      ko: "\(node)에는 파드의 nodeSelector가 바라는 레이블이 없습니다. kubectl label node \(node) \(labels) 하면 맞습니다.")
  }

  static func otherRemedy(_ node: String, _ plugin: String, _ reasons: [String]) -> Phrase {
    let why = reasons.joined(separator: ", ")
    return Phrase(
      en: "\(node): \(plugin) says \"\(why)\", and that would have to change.",
      ko: "\(node): \(plugin)의 이유(\"\(why)\")가 해소되어야 합니다.")
  }
}
