import API
import Kinds
import Network
import Tree

/// Makes the world of a container that is about to run.
struct ContainerSetup {
  let kubelet: Kubelet
  let run: PodRun
  let pod: Pod
  let spec: Container

  /// The container's environment over the image's.
  func environment(_ image: ImageBehaviour) throws(ContainerEnvironment.Problem) -> [String: String] {
    try ContainerEnvironment(
      client: kubelet.client, pod: pod, container: spec, podIP: run.ip, hostIP: kubelet.address
    ).resolve(over: image.environment)
  }

  /// What its program will see.
  func world(_ image: ImageBehaviour) -> ContainerWorld {
    let environment = (try? environment(image)) ?? image.environment
    var own: [String: String] = [:]
    for (path, text) in image.files { own[String(path.drop { $0 == "/" })] = text }
    let hostname = pod.spec.hostNetwork ? kubelet.nodeName : HostsFile.hostname(pod)
    own["etc/hostname"] = hostname + "\n"
    own["etc/hosts"] = HostsFile.text(pod, address: run.ip)
    own["etc/resolv.conf"] = ResolverConfiguration(pod: pod).text
    var files = FileSystem(
      FileTree(own), mounts: run.volumes.mounts(of: spec, pod: pod, environment: environment))
    files.directory = spec.value["workingDir"]?.string ?? image.directory
    var world = ContainerWorld(
      hostname: hostname, container: spec.name, environment: environment, files: files, network: run.network,
      image: image)
    let (key, spec) = (Kind.pod.key(namespace: pod.namespace, name: pod.name), spec)
    world.speed = { [unowned kubelet] in NodeUsage(kubelet: kubelet).speed(of: key, spec) }
    world.freeDisk = { [unowned kubelet] in NodeUsage.disk - kubelet.diskInUse }
    return world
  }
}
