import API
import Kinds
import Loop
import Store

/// Everything that explanations say about objects' origins and ends.
enum Phrases {
  /// One write of a chain.
  static func write(_ change: Change) -> Phrase {
    let (actor, object) = (change.cause.actor, change.key.description)
    let (done, korean) =
      switch change.kind {
      case .created: ("created", "생성")
      case .updated: ("updated", "변경")
      case .deleted: ("deleted", "삭제")
      }
    guard let subject = change.cause.subject else {
      return Phrase(en: "\(actor) \(done) \(object)", ko: "\(actor): \(object) \(korean)")
    }
    let revision = change.cause.subjectRevision.map(String.init) ?? "?"
    return Phrase(
      en: "\(actor) \(done) \(object), having seen \(subject) at revision \(revision)",
      ko: "\(actor): \(subject)의 리비전 \(revision)을(를) 보고 \(object) \(korean)")
  }

  static func exists(_ key: ObjectKey, _ chain: CauseChain) -> Phrase {
    let actors = chain.changes.map(\.cause.actor)
    guard let root = chain.root, actors.count > 1 else {
      let actor = actors.first ?? ""
      return Phrase(en: "\(key) exists because \(actor) created it.", ko: "\(key): \(actor)이(가) 생성했습니다.")
    }
    return Phrase(
      en: "\(key) exists because \(root.cause.actor) wrote \(root.key); from that, \(actors[0]) created it.",
      ko: "\(key): \(root.cause.actor)이(가) \(root.key)을(를) 썼고, 그에 따라 \(actors[0])이(가) 생성했습니다.")
  }

  static func originForgotten(_ key: ObjectKey) -> Phrase {
    Phrase(
      en: "Who created \(key) is no longer kept: the history reaches back only so far.",
      ko: "\(key)을(를) 누가 만들었는지는 더 이상 남아 있지 않습니다. 기록은 최근 것만 보관됩니다.")
  }

  static func deleted(_ key: ObjectKey, _ end: Change, _ chain: CauseChain) -> Phrase {
    let time = end.time.timestamp
    let actor = chain.root?.cause.actor ?? chain.changes.first?.cause.actor ?? ""
    let request = chain.root?.cause.request ?? ""
    return Phrase(
      en: "\(key) is gone since \(time). It began with \(actor): \(request).",
      ko: "\(key)은(는) \(time)에 사라졌습니다. 시작은 \(actor)의 요청(\(request))입니다.")
  }

  static func deletionRequested(_ chain: CauseChain) -> Phrase {
    let actor = chain.changes.first?.cause.actor ?? ""
    guard let root = chain.root, chain.changes.count > 1 else {
      return Phrase(en: "\(actor) asked for its deletion.", ko: "\(actor)이(가) 삭제를 요청했습니다.")
    }
    return Phrase(
      en: "\(actor) asked for its deletion, after \(root.cause.actor) wrote \(root.key).",
      ko: "\(root.cause.actor)이(가) \(root.key)을(를) 쓴 뒤, \(actor)이(가) 삭제를 요청했습니다.")
  }

  static func finalizers(_ names: [String]) -> Phrase {
    let list = names.joined(separator: ", ")
    return Phrase(
      en: "It stays until its finalizers are removed by those who put them there: \(list).",
      ko: "파이널라이저(finalizer)를 단 쪽이 제거할 때까지 남아 있습니다: \(list)")
  }

  static func gracePeriod(_ seconds: Int64, until deadline: String) -> Phrase {
    Phrase(
      en: "Its containers have \(seconds) s to end by themselves, until \(deadline); then they are killed.",
      ko: "컨테이너가 스스로 끝날 시간이 \(seconds)초(\(deadline)까지) 주어졌고, 그 뒤에는 강제로 종료됩니다.")
  }

  static func claimBound(_ volume: String) -> Phrase {
    Phrase(en: "It is bound to the volume \(volume).", ko: "볼륨 \(volume)에 연결되어 있습니다.")
  }

  static let noStorageClass = Phrase(
    en: "It names no storage class, so it waits for a PersistentVolume without a class that fits.",
    ko: "스토리지 클래스가 지정되지 않아, 조건에 맞는 클래스 없는 PersistentVolume을 기다립니다.")

  static func storageClassMissing(_ name: String) -> Phrase {
    Phrase(
      en: "There is no storage class \"\(name)\", and no volume of that class fits.",
      ko: "스토리지 클래스 \"\(name)\"이(가) 없고, 그 클래스의 알맞은 볼륨도 없습니다.")
  }

  static let waitsForConsumer = Phrase(
    en: "Its class waits for the first pod that uses the claim (WaitForFirstConsumer): create such a pod.",
    ko: "이 클래스는 클레임을 쓰는 첫 파드를 기다립니다(WaitForFirstConsumer). 그런 파드를 만들면 연결됩니다.")

  static func noVolumeFits(_ name: String) -> Phrase {
    Phrase(
      en: "No volume of class \"\(name)\" fits, and none has been provisioned yet.",
      ko: "클래스 \"\(name)\"의 알맞은 볼륨이 없고, 아직 새로 만들어지지도 않았습니다.")
  }
}
