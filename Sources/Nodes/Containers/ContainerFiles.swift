import API
import Kinds
import Store
import Tree

/// The files that a container sees: its image's, and those of the ConfigMaps and Secrets mounted into it.
struct ContainerFiles {
  let client: Client
  let pod: Pod
  let container: Container

  func files(over image: [String: String]) -> [String: String] {
    var files = image
    files["/etc/hostname"] = pod.name + "\n"
    let volumes = pod.spec.value["volumes"]?.array ?? []
    for mount in container.value["volumeMounts"]?.array ?? [] {
      guard let path = mount["mountPath"]?.string,
        let volume = volumes.first(where: { $0["name"] == mount["name"] })
      else { continue }
      for (name, text) in texts(of: volume) {
        if let part = mount["subPath"]?.string {
          if part == name { files[path] = text }
        } else {
          files[path + (path.hasSuffix("/") ? "" : "/") + name] = text
        }
      }
    }
    return files
  }

  private func texts(of volume: Value) -> [(String, String)] {
    let source: (kind: Kind, name: String?, items: [Value]?)
    if let map = volume["configMap"] {
      source = (.configMap, map["name"]?.string, map["items"]?.array)
    } else if let secret = volume["secret"] {
      source = (.secret, secret["secretName"]?.string, secret["items"]?.array)
    } else {
      return []
    }
    guard let name = source.name, let object = client.get(source.kind, namespace: pod.namespace, name: name) else {
      return []
    }
    let texts = ConfigurationData.texts(of: object.value, kind: source.kind)
    guard let items = source.items else { return texts.map { ($0.key, $0.text) } }
    return items.compactMap { item in
      guard let path = item["path"]?.string, let text = texts.first(where: { $0.key == item["key"]?.string }) else {
        return nil
      }
      return (path, text.text)
    }
  }
}
