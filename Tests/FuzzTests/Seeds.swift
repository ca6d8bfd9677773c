import Kinds
import Tree

/// Good objects of many kinds, to be changed a little: what is quite wrong is refused at the door and tries nothing.
enum Seeds {
  static let objects: [(kind: Kind, value: Value)] = {
    let documents = (try? YAML.parse(text)) ?? []
    return documents.compactMap { value in
      guard let version = value["apiVersion"]?.string, let name = value["kind"]?.string,
        let kind = KindTable.builtIn.kind(apiVersion: version, name: name)
      else { return nil }
      return (kind, value)
    }
  }()

  /// How many documents there are, to see that none is lost.
  static var count: Int { text.split(separator: "\n---\n").count }

  private static let text = """
    {apiVersion: v1, kind: Pod, metadata: {name: a, labels: {app: web}}, spec: {containers: [{name: c, image: "nginx:1.27",
      ports: [{containerPort: 80}], resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {cpu: "1", memory: 128Mi}},
      readinessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 5}}]}}
    ---
    {apiVersion: v1, kind: Pod, metadata: {name: b}, spec: {restartPolicy: OnFailure, terminationGracePeriodSeconds: 3,
      initContainers: [{name: i, image: busybox, command: [sh, -c, "sleep 1"]}], volumes: [{name: v, emptyDir: {}}],
      containers: [{name: c, image: busybox, command: [sh, -c, "echo a; sleep 2; exit 1"], env: [{name: A, value: b}],
      volumeMounts: [{name: v, mountPath: /v}], livenessProbe: {exec: {command: [cat, /v/x]}, failureThreshold: 1}}]}}
    ---
    {apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replicas: 2, selector: {matchLabels: {app: a}},
      strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 25%}}, minReadySeconds: 1,
      template: {metadata: {labels: {app: a}}, spec: {containers: [{name: c, image: "nginx:1.27"}]}}}}
    ---
    {apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: a}, spec: {replicas: 1, selector: {matchLabels: {app: r}},
      template: {metadata: {labels: {app: r}}, spec: {containers: [{name: c, image: "nginx:1.27"}]}}}}
    ---
    {apiVersion: v1, kind: ReplicationController, metadata: {name: a}, spec: {replicas: 1, selector: {app: o},
      template: {metadata: {labels: {app: o}}, spec: {containers: [{name: c, image: "nginx:1.27"}]}}}}
    ---
    {apiVersion: apps/v1, kind: StatefulSet, metadata: {name: a}, spec: {replicas: 2, serviceName: s,
      selector: {matchLabels: {app: s}}, ordinals: {start: 1}, updateStrategy: {rollingUpdate: {partition: 0}},
      template: {metadata: {labels: {app: s}}, spec: {containers: [{name: c, image: "nginx:1.27"}]}},
      volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce],
      resources: {requests: {storage: 1Gi}}}}]}}
    ---
    {apiVersion: apps/v1, kind: DaemonSet, metadata: {name: a}, spec: {selector: {matchLabels: {app: d}},
      updateStrategy: {rollingUpdate: {maxUnavailable: 1, maxSurge: 0}},
      template: {metadata: {labels: {app: d}}, spec: {containers: [{name: c, image: "nginx:1.27"}]}}}}
    ---
    {apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {completions: 2, parallelism: 2, backoffLimit: 3,
      completionMode: Indexed, ttlSecondsAfterFinished: 10, activeDeadlineSeconds: 60,
      template: {spec: {restartPolicy: Never, containers: [{name: c, image: busybox, command: [sh, -c, "exit 1"]}]}}}}
    ---
    {apiVersion: batch/v1, kind: Job, metadata: {name: b}, spec: {completions: 3, backoffLimitPerIndex: 1,
      completionMode: Indexed, maxFailedIndexes: 1, successPolicy: {rules: [{succeededIndexes: "0-1", succeededCount: 1}]},
      podFailurePolicy: {rules: [{action: Ignore, onExitCodes: {operator: In, values: [1]}}]},
      template: {spec: {restartPolicy: Never, containers: [{name: c, image: busybox, command: [sh, -c, "exit 0"]}]}}}}
    ---
    {apiVersion: batch/v1, kind: CronJob, metadata: {name: a}, spec: {schedule: "*/1 * * * *", startingDeadlineSeconds: 30,
      successfulJobsHistoryLimit: 1, failedJobsHistoryLimit: 1, concurrencyPolicy: Replace, timeZone: Etc/UTC,
      jobTemplate: {spec: {template: {spec: {restartPolicy: OnFailure, containers: [{name: c, image: busybox}]}}}}}}
    ---
    {apiVersion: v1, kind: Service, metadata: {name: a}, spec: {selector: {app: a}, type: NodePort,
      ports: [{name: http, port: 80, targetPort: 80}], sessionAffinity: ClientIP}}
    ---
    {apiVersion: v1, kind: Service, metadata: {name: b}, spec: {clusterIP: None, selector: {app: s}, ports: [{port: 80}]}}
    ---
    {apiVersion: v1, kind: Endpoints, metadata: {name: x}, subsets: [{addresses: [{ip: 10.1.2.3}], ports: [{port: 80}]}]}
    ---
    {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: x, labels: {kubernetes.io/service-name: a}},
      addressType: IPv4, endpoints: [{addresses: [10.1.2.3], conditions: {ready: true}}], ports: [{port: 80}]}
    ---
    {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}, spec: {rules: [{host: a.example.com, http:
      {paths: [{path: /, pathType: Prefix, backend: {service: {name: a, port: {number: 80}}}}]}}]}}
    ---
    {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {podSelector: {}, policyTypes: [Ingress],
      ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}], ports: [{port: 80, endPort: 90}]}]}}
    ---
    {apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a}, spec: {minAvailable: 50%,
      selector: {matchLabels: {app: a}}}}
    ---
    {apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {minReplicas: 1, maxReplicas: 5,
      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}, behavior: {scaleDown: {stabilizationWindowSeconds: 3}},
      metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]}}
    ---
    {apiVersion: v1, kind: ResourceQuota, metadata: {name: a}, spec: {hard: {pods: "20", requests.cpu: "4",
      limits.memory: 4Gi, count/configmaps: "9"}}}
    ---
    {apiVersion: v1, kind: LimitRange, metadata: {name: a}, spec: {limits: [{type: Container, default: {cpu: 200m},
      defaultRequest: {cpu: 100m}, max: {cpu: "2"}, min: {cpu: 10m}, maxLimitRequestRatio: {cpu: "4"}}]}}
    ---
    {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: a}, spec: {accessModes: [ReadWriteOnce],
      resources: {requests: {storage: 1Gi}}, storageClassName: fast}}
    ---
    {apiVersion: v1, kind: PersistentVolume, metadata: {name: a}, spec: {capacity: {storage: 2Gi}, storageClassName: fast,
      accessModes: [ReadWriteOnce], hostPath: {path: /data}, persistentVolumeReclaimPolicy: Delete}}
    ---
    {apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: fast}, provisioner: example.com/x,
      volumeBindingMode: WaitForFirstConsumer}
    ---
    {apiVersion: v1, kind: Node, metadata: {name: extra, labels: {zone: z}}, spec: {taints: [{key: k, effect: NoSchedule}]},
      status: {capacity: {cpu: "4", memory: 8Gi, pods: "110"}, allocatable: {cpu: "4", memory: 8Gi, pods: "110"}}}
    ---
    {apiVersion: v1, kind: Namespace, metadata: {name: a}}
    ---
    {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: b}}
    ---
    {apiVersion: v1, kind: Secret, metadata: {name: a}, type: Opaque, data: {a: aGk=}}
    ---
    {apiVersion: v1, kind: ServiceAccount, metadata: {name: a}}
    ---
    {apiVersion: v1, kind: Event, metadata: {name: a}, involvedObject: {kind: Pod, name: a, namespace: default}, reason: x,
      message: hello, type: Normal, count: 1, firstTimestamp: "2026-01-01T00:00:00Z", lastTimestamp: "2026-01-01T00:00:00Z"}
    ---
    {apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a}, rules: [{apiGroups: [""],
      resources: [pods], verbs: [get]}]}
    ---
    {apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: a}, aggregationRule:
      {clusterRoleSelectors: [{matchLabels: {a: b}}]}}
    ---
    {apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: a}, subjects: [{kind: User, name: u,
      apiGroup: rbac.authorization.k8s.io}], roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: a}}
    ---
    {apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: high}, value: 1000}
    ---
    {apiVersion: node.k8s.io/v1, kind: RuntimeClass, metadata: {name: a}, handler: x, overhead: {podFixed: {cpu: 10m}}}
    ---
    {apiVersion: coordination.k8s.io/v1, kind: Lease, metadata: {name: a}, spec: {leaseDurationSeconds: 10,
      renewTime: "2026-01-01T00:00:00.000000Z", leaseTransitions: 1}}
    ---
    {apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicy, metadata: {name: a}, spec:
      {matchConstraints: {resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE],
      resources: [configmaps]}]}, validations: [{expression: "object.metadata.name != 'z'"}]}}
    ---
    {apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicyBinding, metadata: {name: a}, spec:
      {policyName: a, validationActions: [Deny]}}
    ---
    {apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: things.example.com}, spec:
      {group: example.com, scope: Namespaced, names: {plural: things, kind: Thing}, versions: [{name: v1, served: true,
      storage: true, subresources: {status: {}, scale: {specReplicasPath: .spec.size, statusReplicasPath: .status.size}},
      schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: {type: integer,
      default: 1, maximum: 10}, name: {type: string, pattern: "^[a-z]+$"}}, x-kubernetes-validations:
      [{rule: "self.size > 0"}]}, status: {type: object, x-kubernetes-preserve-unknown-fields: true}}}}}]}}
    ---
    {apiVersion: certificates.k8s.io/v1, kind: CertificateSigningRequest, metadata: {name: a}, spec:
      {request: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KeyJjb21tb25OYW1lIjoiYSIsIm9yZ2FuaXphdGlvbnMiOltdLCJkbnNOYW1lcyI6W119Ci0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVFU1QtLS0tLQo=,
      signerName: example.com/x, usages: [client auth], expirationSeconds: 600}}
    ---
    {apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: FlowSchema, metadata: {name: a}, spec:
      {priorityLevelConfiguration: {name: global-default}, matchingPrecedence: 500}}
    ---
    {apiVersion: resource.k8s.io/v1, kind: ResourceClaim, metadata: {name: a}, spec: {devices: {requests: [{name: r,
      exactly: {deviceClassName: x}}]}}}
    ---
    {apiVersion: podium.dev/v1, kind: Fault, metadata: {name: a}, spec: {type: NodeDown, node: node-2}}
    ---
    {apiVersion: podium.dev/v1, kind: Image, metadata: {name: x}, spec: {repository: x, pull: {seconds: 1}, start: {seconds: 2},
      run: {seconds: 5, exitCode: 1}, ports: [{port: 80, response: hi}], logs: [{everySeconds: 1, text: line}], memory: 20Mi}}
    """
}
