import Kinds
import Tree

extension Pod {
  /// The containers that were put into the running pod, to look into it.
  var ephemeralContainers: [Container] { (spec.value["ephemeralContainers"]?.array ?? []).map { Container($0) } }

  /// Every container that the pod's spec names.
  var allContainers: [Container] { spec.initContainers + spec.containers + ephemeralContainers }
}

extension PodRun {
  /// Takes on ephemeral containers that are new in the spec; none is ever taken out of it.
  func adoptEphemeralContainers(of pod: Pod) {
    for spec in pod.ephemeralContainers.dropFirst(ephemeralContainers.count) {
      ephemeralContainers.append(ContainerRun(name: spec.name, role: .ephemeral))
    }
  }
}
