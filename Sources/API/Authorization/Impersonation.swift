/// As whom a request wants to be answered (Kubernetes documentation, "User impersonation").
struct Impersonation {
  var name: String?
  var uid: String?
  var groups: [String]
  var extra: [Caller.Extra] = []

  init(_ headers: [(name: String, value: String)]) {
    func values(_ name: String) -> [String] { headers.filter { $0.name.lowercased() == name }.map(\.value) }
    name = values("impersonate-user").first.flatMap { $0.isEmpty ? nil : $0 }
    uid = values("impersonate-uid").first.flatMap { $0.isEmpty ? nil : $0 }
    groups = values("impersonate-group")
    let prefix = "impersonate-extra-"
    for header in headers where header.name.lowercased().hasPrefix(prefix) {
      let key = PercentCoding.decode(header.name.lowercased().dropFirst(prefix.count))
      if let index = extra.firstIndex(where: { $0.key == key }) {
        extra[index].values.append(header.value)
      } else {
        extra.append(.init(key: key, values: [header.value]))
      }
    }
  }

  var isEmpty: Bool { name == nil && uid == nil && groups.isEmpty && extra.isEmpty }
}
