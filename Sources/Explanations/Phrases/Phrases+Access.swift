import API

extension Phrases {
  static func allowed(_ user: String, _ attributes: Attributes, _ reason: String) -> Phrase {
    let what = action(attributes)
    let by = reason.isEmpty ? "" : " (\(reason))"
    return Phrase(en: "\(user) may \(what)\(by).", ko: "\(user)은(는) 할 수 있습니다: \(what)\(by)")
  }

  static func forbidden(_ user: String, _ attributes: Attributes) -> Phrase {
    let what = action(attributes)
    return Phrase(
      en: "\(user) may not \(what): no rule of a role that is bound to this user or their groups allows it. RBAC only "
        + "adds rights; the rule below, in a role bound to them, would be enough.",
      ko: "\(user)은(는) 할 수 없습니다: \(what). 이 사용자나 그룹에 연결된 어떤 역할(Role)의 규칙도 허용하지 않습니다. RBAC는 권한을 "
        + "더하기만 하므로, 아래 규칙을 담은 역할을 연결하면 충분합니다.")
  }

  private static func action(_ attributes: Attributes) -> String {
    if let path = attributes.path { return "\(attributes.verb) \(path)" }
    let part = attributes.subresource.isEmpty ? "" : "/" + attributes.subresource
    let group = attributes.group.isEmpty ? "" : "." + attributes.group
    let name = attributes.name.isEmpty ? "" : " \(attributes.name)"
    let place = attributes.namespace.isEmpty ? "" : " -n \(attributes.namespace)"
    return "\(attributes.verb) \(attributes.resource)\(group)\(part)\(name)\(place)"
  }
}
