import API
import Kinds
import Loop
import Tree

/// The volumes of one pod on its node, which its containers share.
final class PodVolumes {
  private var trees: [String: FileTree] = [:]
  /// The tokens in each volume, by path.
  private var tokens: [String: [String: ProjectedToken]] = [:]

  /// Makes the volumes and brings the files that the kubelet writes up to date. Throws, with the volume's name, where
  /// something is not there.
  func refresh(_ pod: Pod, content: VolumeContent, storage: NodeStorage) throws(MountProblem) {
    for volume in pod.spec.value["volumes"]?.array ?? [] {
      guard let name = volume["name"]?.string else { continue }
      do throws(VolumeContent.Problem) {
        if let files = try content.files(of: volume) {
          tree(name).replaceAll(by: files.merging((tokens[name] ?? [:]).mapValues(\.text)) { $1 })
        } else if trees[name] == nil {
          trees[name] = storage.tree(of: volume, pod: pod) ?? FileTree()
        }
      } catch {
        throw MountProblem(volume: name, message: error.message)
      }
    }
  }

  /// Puts the tokens that are missing or old into their volumes; `make` gets a wish and gives a token.
  func renewTokens(_ pod: Pod, at now: Time, make: (ProjectedToken.Wish) -> String?) {
    for volume in pod.spec.value["volumes"]?.array ?? [] {
      guard let name = volume["name"]?.string else { continue }
      for wish in ProjectedToken.wishes(of: volume) where (tokens[name]?[wish.path]?.renewal ?? now) <= now {
        guard let text = make(wish) else { continue }
        tokens[name, default: [:]][wish.path] = ProjectedToken(text: text, renewal: now + wish.renewalTime)
        _ = tree(name).write(text, to: wish.path)
      }
    }
  }

  /// Bytes of disk that a volume's files take.
  func size(of name: String) -> Int64 { trees[name]?.size ?? 0 }

  private func tree(_ name: String) -> FileTree {
    if let tree = trees[name] { return tree }
    let tree = FileTree()
    trees[name] = tree
    return tree
  }

  /// A container's mounts. A part of a volume that the kubelet writes stays as it is now.
  func mounts(of container: Container, pod: Pod, environment: [String: String]) -> [FileSystem.Mount] {
    let volumes = pod.spec.value["volumes"]?.array ?? []
    return (container.value["volumeMounts"]?.array ?? []).compactMap { mount in
      guard let path = mount["mountPath"]?.string, let volume = volumes.first(where: { $0["name"] == mount["name"] })
      else { return nil }
      let isWritten = VolumeContent.written.contains { volume[$0] != nil }
      let expression = mount["subPathExpr"]?.string.map { ContainerEnvironment.expanded($0, environment) }
      var part = expression ?? mount["subPath"]?.string ?? ""
      while part.hasSuffix("/") { part.removeLast() }
      var tree = tree(volume["name"]?.string ?? "")
      if isWritten, !part.isEmpty { tree = FileTree(tree.texts) }
      let place = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
      return FileSystem.Mount(
        path: place, tree: tree, part: part, isReadOnly: isWritten || mount["readOnly"]?.boolean == true,
        isFile: tree.texts[part] != nil)
    }
  }
}

/// A volume that cannot be mounted.
struct MountProblem: Error, Equatable {
  let volume: String
  /// Why, in the kubelet's words.
  let message: String
}
