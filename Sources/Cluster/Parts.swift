import API
import Controllers
import Explanations
import Kinds
import Loop
import Nodes
import Scheduler
import Store

/// What moves in a cluster: machines, scheduler, controllers. They are built from the stored objects alone: at the
/// cluster's birth, after a restart, and when it has gone back to an earlier moment.
final class Parts {
  let nodes: NodePool
  let scheduler: Scheduler
  private let controllers: ControllerManager
  private let definitions: DefinitionController
  private let explainer: Explainer
  private let client: Client

  /// Parts that act through the client; nothing happens before `start`. With a predecessor they take its place: who
  /// held on to something of it by a number will find nothing under that number.
  init(_ options: ClusterOptions, client: Client, feed: Feed, custom: CustomKinds, after predecessor: Parts? = nil) {
    let kinds = options.kinds.adding { custom.kinds }
    self.client = client
    (nodes, scheduler, controllers, definitions) = client.store.grouping(.parts) {
      let nodes = NodePool(client: client, after: predecessor?.nodes)
      return (
        nodes, Scheduler(client: client, configuration: options.scheduler),
        ControllerManager(
          client: client, rootCertificate: options.rootCertificate, identity: options.identity, kinds: kinds,
          usage: nodes),
        DefinitionController(client: client)
      )
    }
    explainer = Explainer(store: client.store, feed: feed, scheduler: scheduler, network: nodes.network, kinds: kinds)
    nodes.add(PodAPI(options, client: client, nodes: nodes))
    let writer = client.writer
    writer.usage = nodes
    writer.explanations = explainer
    if options.webhooks != nil { writer.componentWrites = ComponentWrites() }
  }

  /// Begins to act on what is stored, and on every write.
  func start() {
    client.store.grouping(.parts) {
      nodes.start()
      scheduler.start()
      controllers.start()
      definitions.start()
    }
  }

  /// Ends what the outside has going on with containers. The parts do nothing any more once the loop has been
  /// restarted.
  func stop() {
    nodes.stop()
    client.store.removeObservers(of: .parts)
  }
}
