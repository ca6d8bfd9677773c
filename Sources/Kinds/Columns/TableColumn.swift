package import Loop
package import Tree

/// A column of a kind's table, as `kubectl get` shows it (API reference, TableColumnDefinition v1 meta).
package struct TableColumn: Sendable {
  package let name: String
  /// `string`, `integer`, `boolean`, `date`.
  package let type: String
  /// `name` of the column that names the object, else empty.
  package let format: String
  package let help: String
  /// 0: always shown; 1: with `-o wide`.
  package let priority: Int
  /// An object's cell, at a moment of the cluster's time.
  package let cell: @Sendable (Value, Time) -> Value

  package init(
    _ name: String, type: String = "string", format: String = "", help: String = "", wide: Bool = false,
    priority: Int? = nil, cell: @escaping @Sendable (Value, Time) -> Value
  ) {
    self.name = name
    self.type = type
    self.format = format
    self.help = help
    self.priority = priority ?? (wide ? 1 : 0)
    self.cell = cell
  }

  /// A column that shows a text which does not depend on the time.
  package init(
    _ name: String, help: String = "", wide: Bool = false, text: @escaping @Sendable (Value) -> String
  ) {
    self.init(name, help: help, wide: wide) { value, _ in .string(text(value)) }
  }

  /// A column that shows the number at a path, 0 where there is none.
  package init(_ name: String, type: String = "integer", help: String = "", count path: String...) {
    self.init(name, type: type, help: help) { value, _ in
      .integer(path.reduce(value) { $0?[$1] }?.integer ?? 0)
    }
  }

  package static let objectName = TableColumn("Name", format: "name", help: "The object's name.") { value, _ in
    value["metadata", "name"] ?? ""
  }

  package static let age = TableColumn("Age", help: "How long ago the object was created.") { value, now in
    .string(Age.text(since: value["metadata", "creationTimestamp"], now: now))
  }

  package static let createdAt = TableColumn("Created At", type: "date", help: "When the object was created.") {
    value, _ in value["metadata", "creationTimestamp"] ?? ""
  }
}

extension Kind {
  /// The kind's table columns, in their order.
  package var columns: [TableColumn] {
    custom?.columns ?? Self.columnTable[ObjectIdentifier(self)] ?? [.objectName, .createdAt]
  }

  /// An object's row.
  package func cells(of value: Value, now: Time) -> [Value] { columns.map { $0.cell(value, now) } }

  private static let columnTable: [ObjectIdentifier: [TableColumn]] = {
    let table: [(Kind, [TableColumn])] = [
      (.namespace, NamespaceColumns.all), (.node, NodeColumns.all), (.pod, PodColumns.all),
      (.service, ServiceColumns.all), (.configMap, ConfigurationColumns.configMap),
      (.secret, ConfigurationColumns.secret), (.serviceAccount, [.objectName, .age]), (.event, EventColumns.all),
      (.deployment, WorkloadColumns.deployment), (.replicaSet, WorkloadColumns.replicaSet),
      (.lease, ClusterColumns.lease), (.endpointSlice, EndpointSliceColumns.all),
      (.roleBinding, BindingColumns.all), (.clusterRoleBinding, BindingColumns.all), (.clock, PodiumColumns.clock),
      (.fault, PodiumColumns.fault), (.image, PodiumColumns.image),
      (.classroom, ClassroomColumns.classroom), (.learner, ClassroomColumns.learner),
      (.attempt, ClassroomColumns.attempt), (.incident, ClassroomColumns.incident), (.scale, WorkloadColumns.scale),
      (.bookmark, PastColumns.bookmark), (.rewind, PastColumns.rewind), (.fork, PastColumns.fork),
    ]
    return Dictionary(uniqueKeysWithValues: (table + further).map { (ObjectIdentifier($0), $1) })
  }()

  private static let further: [(Kind, [TableColumn])] = [
    (.endpoints, NetworkColumns.endpoints), (.persistentVolumeClaim, StorageColumns.claim),
    (.persistentVolume, StorageColumns.volume), (.replicationController, SetColumns.replicationController),
    (.podTemplate, SetColumns.podTemplate), (.resourceQuota, PolicyColumns.quota),
    (.componentStatus, PolicyColumns.componentStatus), (.daemonSet, SetColumns.daemonSet),
    (.statefulSet, SetColumns.statefulSet), (.controllerRevision, SetColumns.controllerRevision),
    (.job, JobColumns.job), (.cronJob, JobColumns.cronJob), (.horizontalPodAutoscaler, AutoscalerColumns.all),
    (.certificateSigningRequest, PolicyColumns.signingRequest), (.ingress, NetworkColumns.ingress),
    (.ingressClass, NetworkColumns.ingressClass), (.networkPolicy, NetworkColumns.networkPolicy),
    (.ipAddress, NetworkColumns.address), (.serviceCIDR, NetworkColumns.serviceRange),
    (.podDisruptionBudget, PolicyColumns.budget), (.storageClass, StorageColumns.storageClass),
    (.volumeAttributesClass, StorageColumns.attributesClassColumns), (.csiDriver, StorageColumns.driver),
    (.csiNode, StorageColumns.nodeDrivers), (.csiStorageCapacity, StorageColumns.capacity),
    (.volumeAttachment, StorageColumns.attachment), (.priorityClass, PolicyColumns.priorityClass),
    (.runtimeClass, PolicyColumns.runtimeClass), (.validatingAdmissionPolicy, PolicyColumns.validatingPolicy),
    (.mutatingAdmissionPolicy, PolicyColumns.mutatingPolicy),
    (.validatingAdmissionPolicyBinding, PolicyColumns.policyBinding),
    (.mutatingAdmissionPolicyBinding, PolicyColumns.policyBinding),
    (.validatingWebhookConfiguration, PolicyColumns.webhooks), (.mutatingWebhookConfiguration, PolicyColumns.webhooks),
    (.flowSchema, PolicyColumns.flowSchema), (.priorityLevelConfiguration, PolicyColumns.priorityLevel),
    (.apiService, APIServiceColumns.all), (.deviceClass, [.objectName, .age]), (.resourceClaim, DeviceColumns.claim),
    (.resourceClaimTemplate, [.objectName, .age]), (.resourceSlice, DeviceColumns.slice),
  ]
}
