extension Phrases {
  static func nameHasNoAddress(_ name: String) -> Phrase {
    Phrase(
      en: "The Service is headless, and no pod is ready: the name \(name) stands for no address.",
      ko: "헤드리스 서비스인데 준비된 파드가 없어, 이름 \(name)이(가) 가리키는 주소가 없습니다.")
  }

  static func portHasNoEndpoint(_ port: Int, _ target: String) -> Phrase {
    Phrase(
      en: "Port \(port) leads nowhere: no ready pod has a port named \"\(target)\".",
      ko: "포트 \(port)은(는) 갈 곳이 없습니다. 준비된 파드 가운데 이름이 \"\(target)\"인 포트를 가진 것이 없습니다.")
  }

  static func nothingListens(_ address: String, _ pod: String?) -> Phrase {
    let whom = pod.map { " of pod \($0)" } ?? ""
    let korean = pod.map { "파드 \($0)의 " } ?? ""
    return Phrase(
      en: "Nothing listens at \(address)\(whom): the connection is refused. Check the Service's targetPort.",
      ko: "\(korean)\(address)에서 듣는 것이 없어 연결이 거부됩니다. 서비스의 targetPort를 확인하세요.")
  }

  static func nodeSilent(_ node: String) -> Phrase {
    Phrase(
      en: "Node \(node) is cut off: what is sent to its pods gets no answer.",
      ko: "노드 \(node)이(가) 끊겨 있어, 그 파드로 보낸 것은 응답을 받지 못합니다.")
  }

  static func noSuchAddress(_ address: String) -> Phrase {
    Phrase(
      en: "The endpoint \(address) belongs to nobody: what is sent there gets no answer.",
      ko: "엔드포인트 \(address)의 주인이 없어, 보낸 것이 응답을 받지 못합니다.")
  }

  static func deniedByPolicy(_ sender: String, _ policies: [String], isEgress: Bool, of pod: String) -> Phrase {
    let list = policies.joined(separator: ", ")
    let (english, korean) = isEgress ? ("leaves", "나가는") : ("enters", "들어오는")
    return Phrase(
      en:
        "Pod \(sender) does not get through: NetworkPolicy \(list) isolates what \(english) \(pod), and no rule allows "
        + "this connection.",
      ko: "파드 \(sender)은(는) 통과하지 못합니다. NetworkPolicy \(list)이(가) \(pod)의 \(korean) 연결을 막고, 이 연결을 허용하는 규칙이 없습니다.")
  }

  static func leftOut(_ services: [String]) -> Phrase {
    let list = services.joined(separator: ", ")
    return Phrase(
      en: "Service \(list) sends it nothing until it is ready.",
      ko: "준비(Ready)될 때까지 서비스 \(list)은(는) 이 파드로 트래픽을 보내지 않습니다.")
  }

  // MARK: Deletion

  static func nodeCannotConfirm(_ node: String) -> Phrase {
    Phrase(
      en:
        "Its node \(node) does not answer, so nobody can say that its containers have ended. It stays until the node is "
        + "back, or until somebody deletes it with --force.",
      ko: "노드 \(node)이(가) 응답하지 않아 컨테이너가 끝났다고 확인해 줄 수 없습니다. 노드가 돌아오거나 --force로 지울 때까지 남아 있습니다.")
  }

  static func dependents(_ names: [String]) -> Phrase {
    let list = names.joined(separator: ", ")
    return Phrase(
      en: "It was deleted in the foreground: it goes when these, which it owns, have gone: \(list).",
      ko: "포그라운드로 삭제되어, 이것이 소유한 다음 오브젝트가 먼저 사라져야 합니다: \(list)")
  }

  static func usedByPods(_ names: [String]) -> Phrase {
    let list = names.joined(separator: ", ")
    return Phrase(
      en: "It is still used by \(list): it goes when they have ended.",
      ko: "아직 쓰는 파드가 있습니다: \(list). 그 파드들이 끝나면 사라집니다.")
  }

  static func boundToClaim(_ claim: String) -> Phrase {
    Phrase(
      en: "It is bound to the claim \(claim): it goes after the claim.",
      ko: "클레임 \(claim)에 연결되어 있어, 클레임이 사라진 뒤에 사라집니다.")
  }

  // MARK: Rollouts

  static func waitsForOrdinal(_ pod: String) -> Phrase {
    Phrase(
      en:
        "Pods go one after another (OrderedReady): nothing goes on until \(pod) is ready. A pod of a broken template has "
        + "to be deleted by hand even after the template was mended.",
      ko: "파드가 차례로 진행됩니다(OrderedReady). \(pod)이(가) 준비될 때까지 다음으로 넘어가지 않습니다. 잘못된 템플릿의 파드는 "
        + "템플릿을 고친 뒤에도 직접 지워야 합니다.")
  }

  static let isOnDelete = Phrase(
    en: "Its update strategy is OnDelete: a pod gets the new template only when somebody deletes it.",
    ko: "업데이트 전략이 OnDelete라서, 파드를 지워야 새 템플릿으로 바뀝니다.")

  static func heldByPartition(_ partition: Int64) -> Phrase {
    Phrase(
      en:
        "spec.updateStrategy.rollingUpdate.partition is \(partition): pods with a lower ordinal keep the old template.",
      ko: "spec.updateStrategy.rollingUpdate.partition이 \(partition)이라, 번호가 더 낮은 파드는 옛 템플릿을 유지합니다.")
  }
}
