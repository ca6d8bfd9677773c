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
    words DNSPolicy: ClusterFirstWithHostNet ClusterFirst Default None
    alias FinalizerName: string
    alias HostPathType: string
    alias IPFamily: string
    words IPFamilyPolicy: PreferDualStack RequireDualStack SingleStack
    alias LoadBalancerIPMode: string
    alias MountPropagationMode: string
    alias NamespaceConditionType: string
    alias NamespacePhase: string
    alias NodeAddressType: string
    alias NodeConditionType: string
    words NodeInclusionPolicy: Honor Ignore
    alias NodePhase: string
    alias NodeSelectorOperator: string
    alias OSName: string
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
    alias TaintEffect: string
    words TerminationMessagePolicy: File FallbackToLogsOnError
    words TolerationOperator: Equal Exists
    words URIScheme: HTTP HTTPS
    alias UniqueVolumeName: string
    words UnsatisfiableConstraintAction: DoNotSchedule ScheduleAnyway

    kind Pod list  -- Containers that run together on one node.
      metadata 1: ObjectMeta  -- Name, labels and the like.
      spec     2: PodSpec     -- What should be.
      status   3: PodStatus   -- What is.

    type PodSpec  -- What a pod should be.
      volumes 1: [Volume] keys name retainKeys -- What its containers can mount.
      containers 2!: [Container] shown keys name required -- The containers that run side by side.
      restartPolicy 3: RestartPolicy = "Always" -- When containers are started again: Always, OnFailure or Never.
      terminationGracePeriodSeconds  4: int64? = 30 -- How long it may take to end before it is killed.
      activeDeadlineSeconds          5: int64?                       range 1 2147483647 -- How long it may run in all.
      dnsPolicy                      6: DNSPolicy = "ClusterFirst" -- Where names are looked up.
      nodeSelector                   7: {string}                     atomic -- Labels that the node must have.
      serviceAccountName             8: string                                                -- Who it is for the API.
      serviceAccount                 9: string -- The old name of serviceAccountName.
      nodeName                      10: string -- The node that it runs on; the scheduler fills it in.
      hostNetwork                   11: boolean -- Whether it uses the node's network.
      hostPID                       12: boolean -- Whether it sees the node's processes.
      hostIPC                       13: boolean -- Whether it shares the node's IPC.
      securityContext               14: PodSecurityContext? = {} -- Rights and identity of the processes.
      imagePullSecrets 15: [LocalObjectReference] keys name -- Secrets with which images may be pulled.
      hostname                      16: string                                                -- The host name.
      subdomain                     17: string -- The domain below its namespace's.
      affinity                      18: Affinity?                                             -- Where it wants to run.
      schedulerName                 19: string = "default-scheduler"                          -- Who chooses its node.
      initContainers 20: [Container] keys name -- Containers that run first, one after the other.
      automountServiceAccountToken  21: boolean? -- Whether pods find an API token in their files.
      tolerations                   22: [Toleration]                 atomic -- Taints that do not keep it away.
      hostAliases                   23: [HostAlias]                  keys ip -- Lines added to its hosts file.
      priorityClassName             24: string                                                -- Its priority by name.
      priority                      25: int32? -- Its priority as a number.
      dnsConfig                     26: PodDNSConfig? -- DNS settings of its own.
      shareProcessNamespace         27: boolean? -- Whether its containers see each other's processes.
      readinessGates 28: [PodReadinessGate] atomic -- Conditions that must also hold before it is ready.
      runtimeClassName              29: string? -- Which container runtime.
      enableServiceLinks            30: boolean? -- Whether services show up as environment variables.
      preemptionPolicy              31: PreemptionPolicy? -- Whether it may push other pods out.
      overhead                      32: ResourceList -- What the runtime itself uses.
      topologySpreadConstraints 33: [TopologySpreadConstraint] keys topologyKey,whenUnsatisfiable merge topologyKey -- How pods spread.
      ephemeralContainers 34: [EphemeralContainer] keys name -- Containers added later, for finding errors.
      setHostnameAsFQDN             35: boolean? -- Whether its host name is the full one.
      os                            36: PodOS? -- The operating system that it needs.
      hostUsers                     37: boolean? -- Whether it uses the node's users.
      schedulingGates 38: [PodSchedulingGate] keys name -- What must be lifted before it is scheduled.
      resourceClaims 39: [PodResourceClaim] keys name retainKeys -- Claims that its containers use.
      resources                     40: ResourceRequirements? -- What is requested and at most used.
      hostnameOverride              41: string? -- The host name, whatever the other fields say.
      schedulingGroup               43: PodSchedulingGroup? -- The group that it is scheduled with.

    type Affinity  -- Where a pod wants to run.
      nodeAffinity    1: NodeAffinity?     -- Which nodes attract the pod.
      podAffinity     2: PodAffinity?      -- Near which pods it wants to be.
      podAntiAffinity 3: PodAntiAffinity?  -- Far from which pods it wants to be.

    type NodeAffinity  -- Which nodes attract a pod.
      requiredDuringSchedulingIgnoredDuringExecution  1: NodeSelector?                    -- What a node must offer.
      preferredDuringSchedulingIgnoredDuringExecution 2: [PreferredSchedulingTerm] atomic -- Wishes with weights.

    type PreferredSchedulingTerm  -- A wish for nodes, with a weight.
      weight     1!: int32            shown -- How much it counts, 1 to 100.
      preference 2!: NodeSelectorTerm       -- What is wished for.

    type NodeSelectorTerm atomic  -- Rules that must all hold.
      matchExpressions 1: [NodeSelectorRequirement] atomic -- Rules that must all hold.
      matchFields      2: [NodeSelectorRequirement] atomic -- Rules on the node's fields.

    type NodeSelectorRequirement  -- One rule on a node's label or field.
      key      1!: string               shown  -- Which key.
      operator 2!: NodeSelectorOperator shown  -- How key and values are compared.
      values    3: [string]             atomic -- What it is compared with.

    type NodeSelector atomic  -- Selects nodes: one of its terms must hold.
      nodeSelectorTerms 1!: [NodeSelectorTerm] shown atomic -- Terms of which one must hold.

    type PodAffinity  -- Near which pods a pod wants to be.
      requiredDuringSchedulingIgnoredDuringExecution  1: [PodAffinityTerm]         atomic -- What a node must offer.
      preferredDuringSchedulingIgnoredDuringExecution 2: [WeightedPodAffinityTerm] atomic -- Wishes with weights.

    type WeightedPodAffinityTerm  -- A wish with a weight.
      weight          1!: int32           shown -- How much it counts, 1 to 100.
      podAffinityTerm 2!: PodAffinityTerm       -- What is wished for.

    type PodAffinityTerm  -- Which pods, and what counts as near.
      labelSelector      1: LabelSelector?        -- Which objects, by their labels.
      namespaces         2: [string]       atomic -- In which namespaces; its own if empty.
      topologyKey       3!: string         shown  -- The node label whose value makes a place.
      namespaceSelector  4: LabelSelector?        -- In which namespaces, by their labels.
      matchLabelKeys     5: [string]       atomic -- Keys whose values are taken from the new pod.
      mismatchLabelKeys  6: [string]       atomic -- Keys whose values must differ from the new pod's.

    type PodAntiAffinity  -- Far from which pods a pod wants to be.
      requiredDuringSchedulingIgnoredDuringExecution  1: [PodAffinityTerm]         atomic -- What a node must offer.
      preferredDuringSchedulingIgnoredDuringExecution 2: [WeightedPodAffinityTerm] atomic -- Wishes with weights.

    type Container  -- A program that runs in a pod.
      name 1!: string shown required -- What the container is called; unique in its pod.
      image                     2: string                            required                 -- The image.
      command 3: [string] atomic -- The program to run, not in a shell; the image's own if absent.
      args                      4: [string]                          atomic -- Arguments; the image's own if absent.
      workingDir                5: string -- The directory to start in.
      ports 6: [ContainerPort] keys containerPort,protocol merge containerPort -- Ports that it listens on.
      env                       7: [EnvVar]                          keys name                -- Environment variables.
      resources                 8: ResourceRequirements -- What is requested and at most used.
      volumeMounts 9: [VolumeMount] keys mountPath -- Where volumes appear in the container.
      livenessProbe            10: Probe? -- Tells when to restart the container.
      readinessProbe           11: Probe? -- Tells whether the container takes traffic.
      lifecycle                12: Lifecycle? -- What to do after the start and before the stop.
      terminationMessagePath   13: string = "/dev/termination-log" -- The file in which it says why it ended.
      imagePullPolicy          14: PullPolicy -- When to pull: Always, IfNotPresent or Never.
      securityContext          15: SecurityContext? -- Rights and identity of the processes.
      stdin                    16: boolean -- Whether its input stays open.
      stdinOnce                17: boolean -- Whether its input closes after the first client.
      tty                      18: boolean -- Whether it gets a terminal.
      envFrom 19: [EnvFromSource] atomic -- Objects of which every entry becomes a variable.
      terminationMessagePolicy 20: TerminationMessagePolicy = "File" -- Whether the log's end stands in for that file.
      volumeDevices 21: [VolumeDevice] keys devicePath -- Block devices that the container sees.
      startupProbe             22: Probe? -- Holds the other probes back until it succeeds.
      resizePolicy 23: [ContainerResizePolicy] atomic -- Whether a change of resources restarts the container.
      restartPolicy            24: ContainerRestartPolicy? -- When a container is started again.
      restartPolicyRules 25: [ContainerRestartRule] atomic -- Exceptions from the restart policy, by exit code.

    type EnvVar  -- An environment variable.
      name      1!: string        shown required -- The variable's name.
      value      2: string                       -- The value; $(NAME) is replaced.
      valueFrom  3: EnvVarSource?                -- Where the value comes from.

    type EnvVarSource  -- Where a variable's value comes from.
      fieldRef         1: ObjectFieldSelector?    -- A field of the pod.
      resourceFieldRef 2: ResourceFieldSelector?  -- An amount of a container's resources.
      configMapKeyRef  3: ConfigMapKeySelector?   -- An entry of a ConfigMap.
      secretKeyRef     4: SecretKeySelector?      -- An entry of a Secret.
      fileKeyRef       5: FileKeySelector?        -- An entry of a file in a volume.

    type ConfigMapKeySelector atomic  -- One entry of a ConfigMap.
      name     1.1: string   shown          -- The name.
      key       2!: string   shown required -- Which key.
      optional   3: boolean?                -- Whether it may be missing.

    type FileKeySelector atomic  -- One entry of a file in a volume.
      volumeName 1!: string           shown -- The volume's name.
      path       2!: string           shown -- The path.
      key        3!: string           shown -- Which key.
      optional    4: boolean? = false       -- Whether it may be missing.

    type ResourceFieldSelector atomic  -- An amount of a container's resources.
      containerName  1: string         -- Which container.
      resource      2!: string   shown -- Which amount: limits.cpu, requests.memory.
      divisor        3: Quantity       -- The unit that it is counted in.

    type SecretKeySelector atomic  -- One entry of a Secret.
      name     1.1: string   shown          -- The name.
      key       2!: string   shown required -- Which key.
      optional   3: boolean?                -- Whether it may be missing.

    type EnvFromSource  -- An object whose entries become variables.
      prefix       1: string               -- Put in front of each name.
      configMapRef 2: ConfigMapEnvSource?  -- The ConfigMap whose entries are taken.
      secretRef    3: SecretEnvSource?     -- The Secret whose entries are taken.

    type ConfigMapEnvSource  -- A ConfigMap whose entries become variables.
      name     1.1: string   shown -- The name.
      optional   2: boolean?       -- Whether it may be missing.

    type SecretEnvSource  -- A Secret whose entries become variables.
      name     1.1: string   shown -- The name.
      optional   2: boolean?       -- Whether it may be missing.

    type Lifecycle  -- What a container does after its start and before its stop.
      postStart  1: LifecycleHandler?  -- Done right after the start.
      preStop    2: LifecycleHandler?  -- Done before the stop.
      stopSignal 3: Signal?            -- The signal that stops it.

    type LifecycleHandler  -- One such action.
      exec      1: ExecAction?       -- A command run in the container.
      httpGet   2: HTTPGetAction?    -- An HTTP request.
      tcpSocket 3: TCPSocketAction?  -- A connection that is opened.
      sleep     4: SleepAction?      -- A pause.

    type ExecAction  -- A command run in a container.
      command 1: [string] atomic -- The program to run, not in a shell; the image's own if absent.

    type HTTPGetAction  -- An HTTP request.
      path         1: string = "/"              -- The path.
      port        2!: IntOrString               -- The port, by number or name.
      host         3: string                    -- The host name; the pod's address if absent.
      scheme       4: URIScheme = "HTTP"        -- HTTP or HTTPS.
      httpHeaders  5: [HTTPHeader]       atomic -- Headers to send.

    type HTTPHeader  -- A header of a request.
      name  1!: string shown -- The name.
      value 2!: string shown -- The value.

    type SleepAction  -- A pause.
      seconds 1!: int64 shown -- How long.

    type TCPSocketAction  -- A connection that is opened.
      port 1!: IntOrString  -- The port, by number or name.
      host  2: string       -- The host name; the pod's address if absent.

    type Probe  -- A question that is put to a container again and again.
      exec                          1.1: ExecAction?            -- A command run in the container.
      httpGet                       1.2: HTTPGetAction?         -- An HTTP request.
      tcpSocket                     1.3: TCPSocketAction?       -- A connection that is opened.
      grpc                          1.4: GRPCAction?            -- A gRPC health request.
      initialDelaySeconds             2: int32            min 0 -- How long to wait before the first time.
      timeoutSeconds                  3: int32 = 1        min 0 -- After how many seconds it counts as failed.
      periodSeconds                   4: int32 = 10       min 0 -- How often.
      successThreshold                5: int32 = 1        min 0 -- How many successes in a row count.
      failureThreshold                6: int32 = 3        min 0 -- How many failures in a row count.
      terminationGracePeriodSeconds   7: int64?                 -- How long it may take to end before it is killed.

    type GRPCAction  -- A gRPC health request.
      port    1!: int32        shown -- The port's number.
      service  2: string? = ""       -- The service to ask after.

    type ContainerPort  -- A port that a container listens on.
      name           1: string                               -- A name for the port, to be used in services.
      hostPort       2: int32                                -- The port on the node, if it is to be exposed there.
      containerPort 3!: int32            shown               -- The port in the container.
      protocol       4: Protocol = "TCP"                     -- TCP, UDP or SCTP.
      hostIP         5: string                               -- The node's address on which the port is exposed.

    type ContainerResizePolicy  -- What happens when a resource changes.
      resourceName  1!: ResourceName                shown -- Which resource.
      restartPolicy 2!: ResourceResizeRestartPolicy shown -- NotRequired or RestartContainer.

    type ResourceRequirements  -- What a container requests and may use.
      limits   1: ResourceList                       -- At most so much.
      requests 2: ResourceList                       -- What the scheduler sets aside.
      claims   3: [ResourceClaim] keys name unmerged -- Claims that the container uses.

    type ResourceClaim  -- A claim that a container uses.
      name    1!: string shown -- The name.
      request  2: string       -- Which request of the claim; all if empty.

    type ContainerRestartRule  -- An exception from the restart policy.
      action    1!: ContainerRestartRuleAction        -- What happened, or what is done.
      exitCodes  2: ContainerRestartRuleOnExitCodes?  -- For which exit codes the rule is.

    type ContainerRestartRuleOnExitCodes  -- A set of exit codes.
      operator 1!: ContainerRestartRuleOnExitCodesOperator    -- In or NotIn.
      values    2: [int32]                                set -- What it is compared with.

    type SecurityContext  -- Rights and identity of a container.
      capabilities              1: Capabilities?                   -- Linux capabilities to add and drop.
      privileged                2: boolean?                        -- Whether it is root on the node.
      seLinuxOptions            3: SELinuxOptions?                 -- SELinux labels.
      runAsUser                 4: int64?                          -- The user's number that processes run as.
      runAsNonRoot              5: boolean?                        -- Whether running as root is refused.
      readOnlyRootFilesystem    6: boolean?                        -- Whether its own files cannot be written.
      allowPrivilegeEscalation  7: boolean?                        -- Whether a process may gain rights.
      runAsGroup                8: int64?                          -- The group's number that processes run as.
      procMount                 9: ProcMountType?                  -- What of /proc is seen: Default or Unmasked.
      windowsOptions           10: WindowsSecurityContextOptions?  -- What applies on Windows only.
      seccompProfile           11: SeccompProfile?                 -- System calls that are allowed.
      appArmorProfile          12: AppArmorProfile?                -- AppArmor rules that apply.

    type AppArmorProfile  -- Which AppArmor profile applies.
      type             1!: AppArmorProfileType shown -- What sort it is.
      localhostProfile  2: string?                   -- The profile's name on the node.

    type Capabilities  -- Linux capabilities to add and drop.
      add  1: [Capability] atomic -- Capabilities to gain.
      drop 2: [Capability] atomic -- Capabilities to lose.

    type SELinuxOptions  -- SELinux labels.
      user  1: string  -- The SELinux user.
      role  2: string  -- The SELinux role.
      type  3: string  -- The SELinux type.
      level 4: string  -- The SELinux level.

    type SeccompProfile  -- Which system calls are allowed.
      type             1!: SeccompProfileType shown -- What sort it is.
      localhostProfile  2: string?                  -- The profile's name on the node.

    type WindowsSecurityContextOptions  -- What applies on Windows only.
      gmsaCredentialSpecName 1: string?   -- The credential specification's name.
      gmsaCredentialSpec     2: string?   -- The credential specification itself.
      runAsUserName          3: string?   -- The user that processes run as.
      hostProcess            4: boolean?  -- Whether it runs on the host.

    type VolumeDevice  -- A block device that a container sees.
      name       1!: string shown -- The name.
      devicePath 2!: string shown -- Where the device is found.

    type VolumeMount  -- Where a volume appears in a container.
      name              1!: string                 shown required -- Which of the pod's volumes.
      readOnly           2: boolean                               -- Whether nothing may be written.
      mountPath         3!: string                 shown required -- Where the volume appears.
      subPath            4: string                                -- The directory inside the volume.
      mountPropagation   5: MountPropagationMode?                 -- Whether later mounts show through.
      subPathExpr        6: string                                -- The directory inside the volume, with variables.
      recursiveReadOnly  7: RecursiveReadOnlyMode?                -- Whether mounts below it are read-only too.

    type PodDNSConfig  -- DNS settings of a pod.
      nameservers 1: [string]             atomic -- Addresses of DNS servers.
      searches    2: [string]             atomic -- Domains to search.
      options     3: [PodDNSConfigOption] atomic -- Further settings.

    type PodDNSConfigOption  -- One setting of the resolver.
      name  1: string   -- The name.
      value 2: string?  -- The value.

    type EphemeralContainer  -- A container added to a running pod, for finding errors.
      name 1.1!: string shown required -- What the container is called; unique in its pod.
      image                     1.2: string                            required                 -- The image.
      command 1.3: [string] atomic -- The program to run, not in a shell; the image's own if absent.
      args                      1.4: [string]                          atomic -- Arguments; the image's own if absent.
      workingDir                1.5: string -- The directory to start in.
      ports 1.6: [ContainerPort] keys containerPort,protocol merge containerPort -- Ports that are used.
      env                       1.7: [EnvVar]                          keys name -- Environment variables.
      resources                 1.8: ResourceRequirements -- What is requested and at most used.
      volumeMounts 1.9: [VolumeMount] keys mountPath -- Where volumes appear in the container.
      livenessProbe            1.10: Probe? -- Tells when to restart the container.
      readinessProbe           1.11: Probe? -- Tells whether the container takes traffic.
      lifecycle                1.12: Lifecycle? -- What to do after the start and before the stop.
      terminationMessagePath   1.13: string = "/dev/termination-log" -- The file in which it says why it ended.
      imagePullPolicy          1.14: PullPolicy -- When to pull: Always, IfNotPresent or Never.
      securityContext          1.15: SecurityContext? -- Rights and identity of the processes.
      stdin                    1.16: boolean -- Whether its input stays open.
      stdinOnce                1.17: boolean -- Whether its input closes after the first client.
      tty                      1.18: boolean -- Whether it gets a terminal.
      envFrom 1.19: [EnvFromSource] atomic -- Objects of which every entry becomes a variable.
      terminationMessagePolicy 1.20: TerminationMessagePolicy = "File" -- Whether the log's end stands in for that file.
      volumeDevices 1.21: [VolumeDevice] keys devicePath -- Block devices that the container sees.
      startupProbe             1.22: Probe? -- Holds the other probes back until it succeeds.
      resizePolicy 1.23: [ContainerResizePolicy] atomic -- Whether a change of resources restarts the container.
      restartPolicy            1.24: ContainerRestartPolicy? -- When a container is started again.
      restartPolicyRules 1.25: [ContainerRestartRule] atomic -- Exceptions from the restart policy, by exit code.
      targetContainerName         2: string -- The container whose processes it sees.

    type HostAlias  -- A line of a pod's hosts file.
      ip        1!: string   shown  -- The address.
      hostnames  2: [string] atomic -- Names of the address.

    type PodOS  -- The operating system that a pod needs.
      name 1!: OSName shown -- The name.

    type PodReadinessGate  -- A further condition for being ready.
      conditionType 1!: PodConditionType shown -- The condition that must be True.

    type PodResourceClaim  -- A claim that containers can use.
      name                      1!: string  shown -- The name.
      resourceClaimName          3: string?       -- The ResourceClaim's name.
      resourceClaimTemplateName  4: string?       -- The template of a claim of the pod's own.

    type PodSchedulingGate  -- Something that must be lifted before scheduling.
      name 1!: string shown -- The name.

    type PodSchedulingGroup  -- The group that a pod is scheduled with.
      podGroupName 1: string?  -- The group of pods that start together.

    type PodSecurityContext  -- Rights and identity for all containers of a pod.
      seLinuxOptions            1: SELinuxOptions?                       -- SELinux labels.
      runAsUser                 2: int64?                                -- The user's number that processes run as.
      runAsNonRoot              3: boolean?                              -- Whether running as root is refused.
      supplementalGroups        4: [int64]                        atomic -- Further groups of the processes.
      fsGroup                   5: int64?                                -- The group that owns the volumes.
      runAsGroup                6: int64?                                -- The group's number that processes run as.
      sysctls                   7: [Sysctl]                       atomic -- Kernel settings.
      windowsOptions            8: WindowsSecurityContextOptions?        -- What applies on Windows only.
      fsGroupChangePolicy       9: PodFSGroupChangePolicy? -- When volumes change owner: Always or OnRootMismatch.
      seccompProfile           10: SeccompProfile?                       -- System calls that are allowed.
      appArmorProfile          11: AppArmorProfile?                      -- AppArmor rules that apply.
      supplementalGroupsPolicy 12: SupplementalGroupsPolicy? -- Where further groups come from: Merge or Strict.
      seLinuxChangePolicy      13: PodSELinuxChangePolicy?               -- How volumes get their SELinux label.

    type Sysctl  -- A kernel setting.
      name  1!: string shown -- The name.
      value 2!: string shown -- The value.

    type Toleration  -- A taint that a pod bears.
      key               1: string              -- The taint's key; empty with Exists for all.
      operator          2: TolerationOperator  -- Equal, or Exists for any value.
      value             3: string              -- The taint's value.
      effect            4: TaintEffect         -- Which effect is tolerated; empty for all.
      tolerationSeconds 5: int64?              -- How long NoExecute is borne; for ever if absent.

    type TopologySpreadConstraint  -- How evenly pods spread over places.
      maxSkew            1!: int32                         shown  -- How many pods more than the emptiest place.
      topologyKey        2!: string                        shown  -- The node label whose value makes a place.
      whenUnsatisfiable  3!: UnsatisfiableConstraintAction shown  -- DoNotSchedule or ScheduleAnyway.
      labelSelector       4: LabelSelector?                       -- Which objects, by their labels.
      minDomains          5: int32?                               -- How many places there must be at least.
      nodeAffinityPolicy  6: NodeInclusionPolicy? -- Whether nodes that the affinity forbids count: Honor or Ignore.
      nodeTaintsPolicy    7: NodeInclusionPolicy?                 -- Whether tainted nodes count: Honor or Ignore.
      matchLabelKeys      8: [string]                      atomic -- Keys whose values are taken from the new pod.

    type PodStatus  -- How a pod is.
      phase                                 1: PodPhase -- Pending, Running, Succeeded, Failed or Unknown.
      conditions 2: [PodCondition] keys type -- Present observations, one a type.
      message                               3: string -- For people: what is the matter.
      reason                                4: string -- For programs: why, in one word.
      hostIP                                5: string -- The node's address.
      podIP                                 6: string                                                    -- Its address.
      startTime                             7: Time? -- When the node took it on.
      containerStatuses                     8: [ContainerStatus]                    atomic -- How its containers are.
      qosClass                              9: PodQOSClass -- Guaranteed, Burstable or BestEffort.
      initContainerStatuses 10: [ContainerStatus] atomic -- How its init containers are.
      nominatedNodeName                    11: string -- The node on which room is being made.
      podIPs 12: [PodIP] keys ip -- Its addresses, one a family.
      ephemeralContainerStatuses 13: [ContainerStatus] atomic -- How its ephemeral containers are.
      resize                               14: PodResizeStatus -- How a change of resources goes; conditions replace it.
      resourceClaimStatuses 15: [PodResourceClaimStatus] keys name retainKeys -- The claims made for it.
      hostIPs 16: [HostIP] atomic merge ip -- The node's addresses.
      observedGeneration                   17: int64 -- Which generation of the spec this status speaks of.
      extendedResourceClaimStatus 18: PodExtendedResourceClaimStatus? -- The claim made for its extended resources.
      allocatedResources                   19: ResourceList -- What the node has set aside.
      resources                            20: ResourceRequirements? -- What is requested and at most used.
      nodeAllocatableResourceClaimStatuses 21: [NodeAllocatableResourceClaimStatus] atomic -- Claims on the node itself.

    type PodCondition  -- One observation of a pod.
      type               1!: PodConditionType shown -- What sort it is.
      status             2!: ConditionStatus  shown -- True, False or Unknown.
      lastProbeTime       3: Time                   -- When it was last looked at.
      lastTransitionTime  4: Time                   -- When the status last changed.
      reason              5: string                 -- For programs: why, in one word.
      message             6: string                 -- For people: what is the matter.
      observedGeneration  7: int64                  -- Which generation of the spec this status speaks of.

    type ContainerStatus  -- How a container is.
      name                     1!: string                shown          -- The name.
      state                     2: ContainerState                       -- How it is now.
      lastState                 3: ContainerState                       -- How it ended the time before.
      ready                    4!: boolean               shown          -- Whether it takes traffic.
      restartCount             5!: int32                 shown          -- How often it was started again.
      image                    6!: string                shown          -- The image.
      imageID                  7!: string                shown          -- The digest of the image in use.
      containerID               8: string -- The runtime's name for the container, as type://id.
      started                   9: boolean?                             -- Whether it is past its start-up probe.
      allocatedResources       10: ResourceList                         -- What the node has set aside.
      resources                11: ResourceRequirements?                -- What is requested and at most used.
      volumeMounts             12: [VolumeMountStatus]   keys mountPath -- Where volumes appear in the container.
      user                     13: ContainerUser?                       -- Who its processes run as.
      allocatedResourcesStatus 14: [ResourceStatus]      keys name      -- The health of its devices.
      stopSignal               15: Signal?                              -- The signal that stops it.

    type ResourceStatus  -- The health of a container's devices.
      name      1!: ResourceName     shown                    -- The name.
      resources  2: [ResourceHealth] keys resourceID unmerged -- The health of each device.

    type ResourceHealth  -- The health of one device.
      resourceID 1!: string               shown -- Which device.
      health      2: ResourceHealthStatus       -- Healthy, Unhealthy or Unknown.
      message     6: string                     -- For people: what is the matter.

    type ContainerState  -- How a container is: waiting, running or terminated.
      waiting    1: ContainerStateWaiting?     -- It does not run yet.
      running    2: ContainerStateRunning?     -- It runs.
      terminated 3: ContainerStateTerminated?  -- It has ended.

    type ContainerStateRunning  -- A container that runs.
      startedAt 1: Time  -- When it started.

    type ContainerStateTerminated  -- A container that has ended.
      exitCode    1!: int32  shown -- What it ended with.
      signal       2: int32        -- The signal that ended it.
      reason       3: string       -- For programs: why, in one word.
      message      4: string       -- For people: what is the matter.
      startedAt    5: Time         -- When it started.
      finishedAt   6: Time         -- When it ended.
      containerID  7: string       -- The runtime's name for the container, as type://id.

    type ContainerStateWaiting  -- A container that does not run yet.
      reason  1: string  -- For programs: why, in one word.
      message 2: string  -- For people: what is the matter.

    type ContainerUser  -- Who a container's processes run as.
      linux 1: LinuxContainerUser?  -- The identity on Linux.

    type LinuxContainerUser  -- Numbers of user and groups.
      uid                1!: int64   shown  -- The user's number.
      gid                2!: int64   shown  -- The group's number.
      supplementalGroups  3: [int64] atomic -- Further groups of the processes.

    type VolumeMountStatus  -- How a volume is mounted.
      name              1!: string                 shown -- The name.
      mountPath         2!: string                 shown -- Where the volume appears.
      readOnly           3: boolean                      -- Whether nothing may be written.
      recursiveReadOnly  4: RecursiveReadOnlyMode?       -- Whether mounts below it are read-only too.
      volumeStatus       5: VolumeStatus?                -- What became of the volume.

    type VolumeStatus  -- What became of a volume.
      image 1: ImageVolumeStatus?  -- What became of an image volume.

    type ImageVolumeStatus  -- What became of an image volume.
      imageRef 1!: string  -- The digest of the image in use.

    type PodExtendedResourceClaimStatus  -- The claim made for extended resources.
      requestMappings   1!: [ContainerExtendedResourceRequest] shown atomic -- Which request is whose.
      resourceClaimName 2!: string                             shown        -- The ResourceClaim's name.

    type ContainerExtendedResourceRequest  -- A container's request for a device.
      containerName 1!: string shown -- Which container.
      resourceName  2!: string shown -- Which resource.
      requestName   3!: string shown -- The request in the claim.

    type HostIP  -- An address of a node.
      ip 1!: string shown -- The address.

    type PodIP  -- An address of a pod.
      ip 1!: string shown -- The address.

    type PodResourceClaimStatus  -- A claim that was made for a pod.
      name              1!: string  shown -- The name.
      resourceClaimName  2: string?       -- The ResourceClaim's name.

    type PodTemplateSpec  -- What new pods look like.
      metadata 1: ObjectMeta  -- Name, labels and the like.
      spec     2: PodSpec     -- What should be.
    """#
}
