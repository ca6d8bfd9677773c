package import API
package import Kinds

/// All controllers of a cluster (kube-controller-manager).
package final class ControllerManager {
  private let namespaces: NamespaceController
  private let serviceAccounts: ServiceAccountController
  private let rootCertificates: RootCertificateController
  private let tokens: TokenController?
  private let certificateApprover: CertificateApprovingController?
  private let certificateSigner: CertificateSigningController?
  private let certificateCleaner: CertificateCleaner?
  private let clusterRoles: ClusterRoleAggregationController
  private let deployments: DeploymentController
  private let replicaSets: ReplicaSetController
  private let replicationControllers: ReplicaSetController
  private let statefulSets: StatefulSetController
  private let daemonSets: DaemonSetController
  private let jobs: JobController
  private let cronJobs: CronJobController
  private let finishedJobs: FinishedJobController
  private let endpointSlices: EndpointSliceController
  private let endpoints: EndpointsController
  private let disruptions: DisruptionController
  private let storage: StorageProtectionController
  private let volumes: VolumeBinder
  private let provisioner: SimulatedProvisioner
  private let ephemeralVolumes: EphemeralVolumeController
  private let autoscaler: Autoscaler
  private let quotas: ResourceQuotaController
  private let nodes: NodeLifecycleController
  private let taints: TaintEvictionController
  private let pods: PodGarbageCollector
  private let garbage: GarbageCollector
  private let apiServices: APIServiceController
  private let flows: FlowSchemaController
  private let events: EventExpiry

  /// - Parameters:
  ///   - rootCertificate: the certificate authority's text, which each namespace's `kube-root-ca.crt` holds.
  ///   - identity: what signs tokens and certificates; without it nobody does.
  ///   - kinds: what the cluster serves: what a namespace is emptied of, and what can own or be owned.
  ///   - usage: where the use of containers is measured; nil where it is not.
  package init(
    client: Client, rootCertificate: String, identity: ClusterIdentity? = nil, kinds: KindTable = .builtIn,
    usage: (any UsageSource)? = nil
  ) {
    namespaces = NamespaceController(client: client, kinds: kinds)
    serviceAccounts = ServiceAccountController(client: client)
    rootCertificates = RootCertificateController(client: client, certificate: rootCertificate)
    tokens = identity.map { TokenController(client: client, identity: $0, certificate: rootCertificate) }
    let authority = identity?.certificates
    certificateApprover = authority.map { CertificateApprovingController(client: client, authority: $0) }
    certificateSigner = authority.map { CertificateSigningController(client: client, authority: $0) }
    certificateCleaner = authority.map { CertificateCleaner(client: client, authority: $0) }
    clusterRoles = ClusterRoleAggregationController(client: client)
    deployments = DeploymentController(client: client)
    replicaSets = ReplicaSetController(client: client)
    replicationControllers = ReplicaSetController(client: client, kind: .replicationController)
    statefulSets = StatefulSetController(client: client)
    daemonSets = DaemonSetController(client: client)
    jobs = JobController(client: client)
    cronJobs = CronJobController(client: client)
    finishedJobs = FinishedJobController(client: client)
    endpointSlices = EndpointSliceController(client: client)
    endpoints = EndpointsController(client: client)
    disruptions = DisruptionController(client: client)
    storage = StorageProtectionController(client: client)
    volumes = VolumeBinder(client: client)
    provisioner = SimulatedProvisioner(client: client)
    ephemeralVolumes = EphemeralVolumeController(client: client)
    autoscaler = Autoscaler(client: client, usage: usage)
    quotas = ResourceQuotaController(client: client, kinds: kinds)
    nodes = NodeLifecycleController(client: client)
    taints = TaintEvictionController(client: client)
    pods = PodGarbageCollector(client: client)
    garbage = GarbageCollector(client: client, kinds: kinds)
    apiServices = APIServiceController(client: client, kinds: kinds)
    flows = FlowSchemaController(client: client)
    events = EventExpiry(client: client)
  }

  /// Starts them in one order, always the same: what reacts to the same write reacts in this order.
  package func start() {
    namespaces.start()
    serviceAccounts.start()
    rootCertificates.start()
    tokens?.start()
    certificateApprover?.start()
    certificateSigner?.start()
    certificateCleaner?.start()
    clusterRoles.start()
    deployments.start()
    replicaSets.start()
    replicationControllers.start()
    statefulSets.start()
    daemonSets.start()
    jobs.start()
    cronJobs.start()
    finishedJobs.start()
    endpointSlices.start()
    endpoints.start()
    disruptions.start()
    storage.start()
    ephemeralVolumes.start()
    volumes.start()
    provisioner.start()
    autoscaler.start()
    quotas.start()
    nodes.start()
    taints.start()
    pods.start()
    garbage.start()
    apiServices.start()
    flows.start()
    events.start()
  }
}
