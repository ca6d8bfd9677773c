extension Tables {
  /// Pods: what runs, where, and how it is watched (core/v1).
  static let corePods = #"""
    package io.k8s.api.core.v1 v1

    alias AppArmorProfileType: string
    alias AzureDataDiskCachingMode: string
    alias AzureDataDiskKind: string
    alias Capability: string
    alias ConditionStatus: string
    alias ContainerRestartPolicy: string
    alias ContainerRestartRuleAction: string
    alias ContainerRestartRuleOnExitCodesOperator: string
    words DNSPolicy: ClusterFirst ClusterFirstWithHostNet Default None
    alias FinalizerName: string
    alias HostPathType: string
    alias IPFamily: string
    words IPFamilyPolicy: PreferDualStack RequireDualStack SingleStack
    words LoadBalancerIPMode: VIP Proxy
    words MountPropagationMode: Bidirectional HostToContainer None
    alias NamespaceConditionType: string
    alias NamespacePhase: string
    alias NodeAddressType: string
    alias NodeConditionType: string
    words NodeInclusionPolicy: Honor Ignore
    alias NodePhase: string
    alias NodeSelectorOperator: string
    words OSName: linux windows
    alias PersistentVolumeAccessMode: string
    alias PersistentVolumeMode: string
    alias PodConditionType: string
    words PodFSGroupChangePolicy: Always OnRootMismatch
    alias PodPhase: string
    alias PodQOSClass: string
    alias PodResizeStatus: string
    alias PodSELinuxChangePolicy: string
    alias PreemptionPolicy: string
    alias ProcMountType: string
    words Protocol: SCTP TCP UDP
    words PullPolicy: Always IfNotPresent Never
    alias RecursiveReadOnlyMode: string
    alias ResourceHealthStatus: string
    alias ResourceList: {Quantity}
    alias ResourceName: string
    alias ResourceResizeRestartPolicy: string
    words RestartPolicy: Always OnFailure Never
    alias SeccompProfileType: string
    alias SecretType: string
    words ServiceAffinity: ClientIP None
    alias ServiceExternalTrafficPolicy: string
    words ServiceInternalTrafficPolicy: Cluster Local
    words ServiceType: ClusterIP ExternalName LoadBalancer NodePort
    alias Signal: string
    alias StorageMedium: string
    alias SupplementalGroupsPolicy: string
    words TaintEffect: NoSchedule PreferNoSchedule NoExecute
    words TerminationMessagePolicy: File FallbackToLogsOnError
    words TolerationOperator: Equal Exists
    words URIScheme: HTTP HTTPS
    alias UniqueVolumeName: string
    words UnsatisfiableConstraintAction: DoNotSchedule ScheduleAnyway

    kind Pod list
      metadata 1: ObjectMeta
      spec     2: PodSpec
      status   3: PodStatus

    type PodSpec
      volumes                        1: [Volume]                     keys name retainKeys
      containers                    2!: [Container]                  shown keys name required
      restartPolicy                  3: RestartPolicy = "Always"
      terminationGracePeriodSeconds  4: int64? = 30
      activeDeadlineSeconds          5: int64?                       range 1 2147483647
      dnsPolicy                      6: DNSPolicy = "ClusterFirst"
      nodeSelector                   7: {string}                     atomic
      serviceAccountName             8: string
      serviceAccount                 9: string
      nodeName                      10: string
      hostNetwork                   11: boolean
      hostPID                       12: boolean
      hostIPC                       13: boolean
      securityContext               14: PodSecurityContext? = {}
      imagePullSecrets              15: [LocalObjectReference]       keys name
      hostname                      16: string
      subdomain                     17: string
      affinity                      18: Affinity?
      schedulerName                 19: string = "default-scheduler"
      initContainers                20: [Container]                  keys name
      automountServiceAccountToken  21: boolean?
      tolerations                   22: [Toleration]                 atomic
      hostAliases                   23: [HostAlias]                  keys ip
      priorityClassName             24: string
      priority                      25: int32?
      dnsConfig                     26: PodDNSConfig?
      shareProcessNamespace         27: boolean?
      readinessGates                28: [PodReadinessGate]           atomic
      runtimeClassName              29: string?
      enableServiceLinks            30: boolean?
      preemptionPolicy              31: PreemptionPolicy?
      overhead                      32: ResourceList
      topologySpreadConstraints     33: [TopologySpreadConstraint]   keys topologyKey,whenUnsatisfiable merge topologyKey
      ephemeralContainers           34: [EphemeralContainer]         keys name
      setHostnameAsFQDN             35: boolean?
      os                            36: PodOS?
      hostUsers                     37: boolean?
      schedulingGates               38: [PodSchedulingGate]          keys name
      resourceClaims                39: [PodResourceClaim]           keys name retainKeys
      resources                     40: ResourceRequirements?
      hostnameOverride              41: string?
      schedulingGroup               43: PodSchedulingGroup?

    type Affinity
      nodeAffinity    1: NodeAffinity?
      podAffinity     2: PodAffinity?
      podAntiAffinity 3: PodAntiAffinity?

    type NodeAffinity
      requiredDuringSchedulingIgnoredDuringExecution  1: NodeSelector?
      preferredDuringSchedulingIgnoredDuringExecution 2: [PreferredSchedulingTerm] atomic

    type PreferredSchedulingTerm
      weight     1!: int32            shown
      preference 2!: NodeSelectorTerm

    type NodeSelectorTerm atomic
      matchExpressions 1: [NodeSelectorRequirement] atomic
      matchFields      2: [NodeSelectorRequirement] atomic

    type NodeSelectorRequirement
      key      1!: string               shown
      operator 2!: NodeSelectorOperator shown
      values    3: [string]             atomic

    type NodeSelector atomic
      nodeSelectorTerms 1!: [NodeSelectorTerm] shown atomic

    type PodAffinity
      requiredDuringSchedulingIgnoredDuringExecution  1: [PodAffinityTerm]         atomic
      preferredDuringSchedulingIgnoredDuringExecution 2: [WeightedPodAffinityTerm] atomic

    type WeightedPodAffinityTerm
      weight          1!: int32           shown
      podAffinityTerm 2!: PodAffinityTerm

    type PodAffinityTerm
      labelSelector      1: LabelSelector?
      namespaces         2: [string]       atomic
      topologyKey       3!: string         shown
      namespaceSelector  4: LabelSelector?
      matchLabelKeys     5: [string]       atomic
      mismatchLabelKeys  6: [string]       atomic

    type PodAntiAffinity
      requiredDuringSchedulingIgnoredDuringExecution  1: [PodAffinityTerm]         atomic
      preferredDuringSchedulingIgnoredDuringExecution 2: [WeightedPodAffinityTerm] atomic

    type Container
      name                     1!: string                       shown required
      image                     2: string                       required
      command                   3: [string]                     atomic
      args                      4: [string]                     atomic
      workingDir                5: string
      ports                     6: [ContainerPort]              keys containerPort,protocol merge containerPort
      env                       7: [EnvVar]                     keys name
      resources                 8: ResourceRequirements
      volumeMounts              9: [VolumeMount]                keys mountPath
      livenessProbe            10: Probe?
      readinessProbe           11: Probe?
      lifecycle                12: Lifecycle?
      terminationMessagePath   13: string = "/dev/termination-log"
      imagePullPolicy          14: PullPolicy
      securityContext          15: SecurityContext?
      stdin                    16: boolean
      stdinOnce                17: boolean
      tty                      18: boolean
      envFrom                  19: [EnvFromSource]              atomic
      terminationMessagePolicy 20: TerminationMessagePolicy = "File"
      volumeDevices            21: [VolumeDevice]               keys devicePath
      startupProbe             22: Probe?
      resizePolicy             23: [ContainerResizePolicy]      atomic
      restartPolicy            24: ContainerRestartPolicy?
      restartPolicyRules       25: [ContainerRestartRule]       atomic

    type EnvVar
      name      1!: string        shown required
      value      2: string
      valueFrom  3: EnvVarSource?

    type EnvVarSource
      fieldRef         1: ObjectFieldSelector?
      resourceFieldRef 2: ResourceFieldSelector?
      configMapKeyRef  3: ConfigMapKeySelector?
      secretKeyRef     4: SecretKeySelector?
      fileKeyRef       5: FileKeySelector?

    type ConfigMapKeySelector atomic
      name     1.1: string   shown
      key       2!: string   shown required
      optional   3: boolean?

    type FileKeySelector atomic
      volumeName 1!: string           shown
      path       2!: string           shown
      key        3!: string           shown
      optional    4: boolean? = false

    type ResourceFieldSelector atomic
      containerName  1: string
      resource      2!: string   shown
      divisor        3: Quantity

    type SecretKeySelector atomic
      name     1.1: string   shown
      key       2!: string   shown required
      optional   3: boolean?

    type EnvFromSource
      prefix       1: string
      configMapRef 2: ConfigMapEnvSource?
      secretRef    3: SecretEnvSource?

    type ConfigMapEnvSource
      name     1.1: string   shown
      optional   2: boolean?

    type SecretEnvSource
      name     1.1: string   shown
      optional   2: boolean?

    type Lifecycle
      postStart  1: LifecycleHandler?
      preStop    2: LifecycleHandler?
      stopSignal 3: Signal?

    type LifecycleHandler
      exec      1: ExecAction?
      httpGet   2: HTTPGetAction?
      tcpSocket 3: TCPSocketAction?
      sleep     4: SleepAction?

    type ExecAction
      command 1: [string] atomic

    type HTTPGetAction
      path         1: string = "/"
      port        2!: IntOrString
      host         3: string
      scheme       4: URIScheme = "HTTP"
      httpHeaders  5: [HTTPHeader]       atomic

    type HTTPHeader
      name  1!: string shown
      value 2!: string shown

    type SleepAction
      seconds 1!: int64 shown

    type TCPSocketAction
      port 1!: IntOrString
      host  2: string

    type Probe
      exec                          1.1: ExecAction?
      httpGet                       1.2: HTTPGetAction?
      tcpSocket                     1.3: TCPSocketAction?
      grpc                          1.4: GRPCAction?
      initialDelaySeconds             2: int32            min 0
      timeoutSeconds                  3: int32 = 1        min 0
      periodSeconds                   4: int32 = 10       min 0
      successThreshold                5: int32 = 1        min 0
      failureThreshold                6: int32 = 3        min 0
      terminationGracePeriodSeconds   7: int64?

    type GRPCAction
      port    1!: int32        shown
      service  2: string? = ""

    type ContainerPort
      name           1: string
      hostPort       2: int32            range 0 65535
      containerPort 3!: int32            shown range 1 65535
      protocol       4: Protocol = "TCP"
      hostIP         5: string

    type ContainerResizePolicy
      resourceName  1!: ResourceName                shown
      restartPolicy 2!: ResourceResizeRestartPolicy shown

    type ResourceRequirements
      limits   1: ResourceList
      requests 2: ResourceList
      claims   3: [ResourceClaim] keys name unmerged

    type ResourceClaim
      name    1!: string shown
      request  2: string

    type ContainerRestartRule
      action    1!: ContainerRestartRuleAction
      exitCodes  2: ContainerRestartRuleOnExitCodes?

    type ContainerRestartRuleOnExitCodes
      operator 1!: ContainerRestartRuleOnExitCodesOperator
      values    2: [int32]                      set

    type SecurityContext
      capabilities              1: Capabilities?
      privileged                2: boolean?
      seLinuxOptions            3: SELinuxOptions?
      runAsUser                 4: int64?
      runAsNonRoot              5: boolean?
      readOnlyRootFilesystem    6: boolean?
      allowPrivilegeEscalation  7: boolean?
      runAsGroup                8: int64?
      procMount                 9: ProcMountType?
      windowsOptions           10: WindowsSecurityContextOptions?
      seccompProfile           11: SeccompProfile?
      appArmorProfile          12: AppArmorProfile?

    type AppArmorProfile
      type             1!: AppArmorProfileType shown
      localhostProfile  2: string?

    type Capabilities
      add  1: [Capability] atomic
      drop 2: [Capability] atomic

    type SELinuxOptions
      user  1: string
      role  2: string
      type  3: string
      level 4: string

    type SeccompProfile
      type             1!: SeccompProfileType shown
      localhostProfile  2: string?

    type WindowsSecurityContextOptions
      gmsaCredentialSpecName 1: string?
      gmsaCredentialSpec     2: string?
      runAsUserName          3: string?
      hostProcess            4: boolean?

    type VolumeDevice
      name       1!: string shown
      devicePath 2!: string shown

    type VolumeMount
      name              1!: string                 shown required
      readOnly           2: boolean
      mountPath         3!: string                 shown required
      subPath            4: string
      mountPropagation   5: MountPropagationMode?
      subPathExpr        6: string
      recursiveReadOnly  7: RecursiveReadOnlyMode?

    type PodDNSConfig
      nameservers 1: [string]             atomic
      searches    2: [string]             atomic
      options     3: [PodDNSConfigOption] atomic

    type PodDNSConfigOption
      name  1: string
      value 2: string?

    type EphemeralContainer
      name                     1.1!: string                       shown required
      image                     1.2: string                       required
      command                   1.3: [string]                     atomic
      args                      1.4: [string]                     atomic
      workingDir                1.5: string
      ports                     1.6: [ContainerPort]              keys containerPort,protocol merge containerPort
      env                       1.7: [EnvVar]                     keys name
      resources                 1.8: ResourceRequirements
      volumeMounts              1.9: [VolumeMount]                keys mountPath
      livenessProbe            1.10: Probe?
      readinessProbe           1.11: Probe?
      lifecycle                1.12: Lifecycle?
      terminationMessagePath   1.13: string = "/dev/termination-log"
      imagePullPolicy          1.14: PullPolicy
      securityContext          1.15: SecurityContext?
      stdin                    1.16: boolean
      stdinOnce                1.17: boolean
      tty                      1.18: boolean
      envFrom                  1.19: [EnvFromSource]              atomic
      terminationMessagePolicy 1.20: TerminationMessagePolicy = "File"
      volumeDevices            1.21: [VolumeDevice]               keys devicePath
      startupProbe             1.22: Probe?
      resizePolicy             1.23: [ContainerResizePolicy]      atomic
      restartPolicy            1.24: ContainerRestartPolicy?
      restartPolicyRules       1.25: [ContainerRestartRule]       atomic
      targetContainerName         2: string

    type HostAlias
      ip        1!: string   shown
      hostnames  2: [string] atomic

    type PodOS
      name 1!: OSName shown

    type PodReadinessGate
      conditionType 1!: PodConditionType shown

    type PodResourceClaim
      name                      1!: string  shown
      resourceClaimName          3: string?
      resourceClaimTemplateName  4: string?

    type PodSchedulingGate
      name 1!: string shown

    type PodSchedulingGroup
      podGroupName 1: string?

    type PodSecurityContext
      seLinuxOptions            1: SELinuxOptions?
      runAsUser                 2: int64?
      runAsNonRoot              3: boolean?
      supplementalGroups        4: [int64]                      atomic
      fsGroup                   5: int64?
      runAsGroup                6: int64?
      sysctls                   7: [Sysctl]                     atomic
      windowsOptions            8: WindowsSecurityContextOptions?
      fsGroupChangePolicy       9: PodFSGroupChangePolicy?
      seccompProfile           10: SeccompProfile?
      appArmorProfile          11: AppArmorProfile?
      supplementalGroupsPolicy 12: SupplementalGroupsPolicy?
      seLinuxChangePolicy      13: PodSELinuxChangePolicy?

    type Sysctl
      name  1!: string shown
      value 2!: string shown

    type Toleration
      key               1: string
      operator          2: TolerationOperator
      value             3: string
      effect            4: TaintEffect
      tolerationSeconds 5: int64?

    type TopologySpreadConstraint
      maxSkew            1!: int32                        shown
      topologyKey        2!: string                       shown
      whenUnsatisfiable  3!: UnsatisfiableConstraintAction shown
      labelSelector       4: LabelSelector?
      minDomains          5: int32?
      nodeAffinityPolicy  6: NodeInclusionPolicy?
      nodeTaintsPolicy    7: NodeInclusionPolicy?
      matchLabelKeys      8: [string]                     atomic

    type PodStatus
      phase                                 1: PodPhase
      conditions                            2: [PodCondition]               keys type
      message                               3: string
      reason                                4: string
      hostIP                                5: string
      podIP                                 6: string
      startTime                             7: Time?
      containerStatuses                     8: [ContainerStatus]            atomic
      qosClass                              9: PodQOSClass
      initContainerStatuses                10: [ContainerStatus]            atomic
      nominatedNodeName                    11: string
      podIPs                               12: [PodIP]                      keys ip
      ephemeralContainerStatuses           13: [ContainerStatus]            atomic
      resize                               14: PodResizeStatus
      resourceClaimStatuses                15: [PodResourceClaimStatus]     keys name retainKeys
      hostIPs                              16: [HostIP]                     atomic merge ip
      observedGeneration                   17: int64
      extendedResourceClaimStatus          18: PodExtendedResourceClaimStatus?
      allocatedResources                   19: ResourceList
      resources                            20: ResourceRequirements?
      nodeAllocatableResourceClaimStatuses 21: [NodeAllocatableResourceClaimStatus] atomic

    type PodCondition
      type               1!: PodConditionType shown
      status             2!: ConditionStatus  shown
      lastProbeTime       3: Time
      lastTransitionTime  4: Time
      reason              5: string
      message             6: string
      observedGeneration  7: int64

    type ContainerStatus
      name                     1!: string                shown
      state                     2: ContainerState
      lastState                 3: ContainerState
      ready                    4!: boolean               shown
      restartCount             5!: int32                 shown
      image                    6!: string                shown
      imageID                  7!: string                shown
      containerID               8: string
      started                   9: boolean?
      allocatedResources       10: ResourceList
      resources                11: ResourceRequirements?
      volumeMounts             12: [VolumeMountStatus]   keys mountPath
      user                     13: ContainerUser?
      allocatedResourcesStatus 14: [ResourceStatus]      keys name
      stopSignal               15: Signal?

    type ResourceStatus
      name      1!: ResourceName     shown
      resources  2: [ResourceHealth] keys resourceID unmerged

    type ResourceHealth
      resourceID 1!: string               shown
      health      2: ResourceHealthStatus
      message     6: string

    type ContainerState
      waiting    1: ContainerStateWaiting?
      running    2: ContainerStateRunning?
      terminated 3: ContainerStateTerminated?

    type ContainerStateRunning
      startedAt 1: Time

    type ContainerStateTerminated
      exitCode    1!: int32  shown
      signal       2: int32
      reason       3: string
      message      4: string
      startedAt    5: Time
      finishedAt   6: Time
      containerID  7: string

    type ContainerStateWaiting
      reason  1: string
      message 2: string

    type ContainerUser
      linux 1: LinuxContainerUser?

    type LinuxContainerUser
      uid                1!: int64   shown
      gid                2!: int64   shown
      supplementalGroups  3: [int64] atomic

    type VolumeMountStatus
      name              1!: string                 shown
      mountPath         2!: string                 shown
      readOnly           3: boolean
      recursiveReadOnly  4: RecursiveReadOnlyMode?
      volumeStatus       5: VolumeStatus?

    type VolumeStatus
      image 1: ImageVolumeStatus?

    type ImageVolumeStatus
      imageRef 1!: string

    type PodExtendedResourceClaimStatus
      requestMappings   1!: [ContainerExtendedResourceRequest] shown atomic
      resourceClaimName 2!: string                       shown

    type ContainerExtendedResourceRequest
      containerName 1!: string shown
      resourceName  2!: string shown
      requestName   3!: string shown

    type HostIP
      ip 1!: string shown

    type PodIP
      ip 1!: string shown

    type PodResourceClaimStatus
      name              1!: string  shown
      resourceClaimName  2: string?

    type PodTemplateSpec
      metadata 1: ObjectMeta
      spec     2: PodSpec
    """#
}
