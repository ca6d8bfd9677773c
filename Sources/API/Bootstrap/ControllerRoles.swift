extension BootstrapTable {
  /// The roles of Kubernetes' controllers (facts of a v1.36 cluster).
  static let controllerRoles = """
    ClusterRole system:controller:attachdetach-controller
      list watch: persistentvolumeclaims persistentvolumes
      get list watch: nodes
      patch update: nodes/status
      list watch: pods
      create patch update of core events.k8s.io: events
      create delete get list watch of storage.k8s.io: volumeattachments
      get list watch of storage.k8s.io: csidrivers
      get list watch of storage.k8s.io: csinodes
    ClusterRole system:controller:certificate-controller
      delete get list watch of certificates.k8s.io: certificatesigningrequests
      update of certificates.k8s.io: certificatesigningrequests/approval certificatesigningrequests/status
      approve of certificates.k8s.io: signers named kubernetes.io/kube-apiserver-client-kubelet
      sign of certificates.k8s.io: signers named kubernetes.io/kube-apiserver-client
          kubernetes.io/kube-apiserver-client-kubelet kubernetes.io/kubelet-serving kubernetes.io/legacy-unknown
      create of authorization.k8s.io: subjectaccessreviews
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:clusterrole-aggregation-controller
      escalate get list patch update watch of rbac.authorization.k8s.io: clusterroles
    ClusterRole system:controller:cronjob-controller
      get list update watch of batch: cronjobs
      create delete get list patch update watch of batch: jobs
      update of batch: cronjobs/status
      update of batch: cronjobs/finalizers
      delete list watch: pods
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:daemon-set-controller
      get list watch of apps extensions: daemonsets
      update of apps extensions: daemonsets/status
      update of apps extensions: daemonsets/finalizers
      list watch: nodes
      create delete list patch watch: pods
      create: pods/binding
      create delete get list patch update watch of apps: controllerrevisions
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:deployment-controller
      get list update watch of apps extensions: deployments
      update of apps extensions: deployments/status
      update of apps extensions: deployments/finalizers
      create delete get list patch update watch of apps extensions: replicasets
      get list update watch: pods
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:device-taint-eviction-controller
      delete get list watch: pods
      patch update: pods/status
      get list watch of resource.k8s.io: resourceclaims
      get list watch of resource.k8s.io: resourceslices
      get list watch of resource.k8s.io: deviceclasses
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:disruption-controller
      get list watch of apps extensions: deployments
      get list watch of apps extensions: replicasets
      get list watch: replicationcontrollers
      get list watch of policy: poddisruptionbudgets
      get list watch of apps: statefulsets
      update of policy: poddisruptionbudgets/status
      patch update: pods/status
      get of *: */scale
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:endpoint-controller
      get list watch: pods services
      create delete get list update watch: endpoints
      create: endpoints/restricted
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:endpointslice-controller
      get list watch: nodes pods services
      update: services/finalizers
      create delete get list update watch of discovery.k8s.io: endpointslices
      create of discovery.k8s.io: endpointslices/restricted
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:endpointslicemirroring-controller
      get list watch: endpoints services
      update: services/finalizers
      update: endpoints/finalizers
      create delete get list update watch of discovery.k8s.io: endpointslices
      create of discovery.k8s.io: endpointslices/restricted
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:ephemeral-volume-controller
      get list watch: pods
      update: pods/finalizers
      create get list watch: persistentvolumeclaims
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:expand-controller
      get list patch update watch: persistentvolumes
      patch update: persistentvolumeclaims/status
      get list watch: persistentvolumeclaims
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:generic-garbage-collector
      delete get list patch update watch of *: *
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:horizontal-pod-autoscaler
      get list watch of autoscaling: horizontalpodautoscalers
      update of autoscaling: horizontalpodautoscalers/status
      get update of *: */scale
      list watch: pods
      list watch of metrics.k8s.io: pods
      get list watch of custom.metrics.k8s.io: *
      get list watch of external.metrics.k8s.io: *
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:job-controller
      get list patch update watch of batch: jobs
      update of batch: jobs/status
      update of batch: jobs/finalizers
      create delete list patch watch: pods
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:legacy-service-account-token-cleaner
      get: configmaps named kube-apiserver-legacy-service-account-token-tracking
      delete patch: secrets
    ClusterRole system:controller:namespace-controller
      delete get list watch: namespaces
      update: namespaces/finalize namespaces/status
      delete deletecollection get list watch of *: *
    ClusterRole system:controller:node-controller
      delete get list patch update watch: nodes
      patch update: nodes/status
      patch update: pods/status
      delete get list watch: pods
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:persistent-volume-binder
      create delete get list update watch: persistentvolumes
      update: persistentvolumes/status
      get list update watch: persistentvolumeclaims
      update: persistentvolumeclaims/status
      create delete get list watch: pods
      get list watch of storage.k8s.io: storageclasses
      list watch: nodes
      create patch update of core events.k8s.io: events
      watch: events
    ClusterRole system:controller:pod-garbage-collector
      delete list watch: pods
      get list watch: nodes
      patch: pods/status
    ClusterRole system:controller:pv-protection-controller
      get list update watch: persistentvolumes
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:pvc-protection-controller
      get list update watch: persistentvolumeclaims
      update: persistentvolumeclaims/status
      get list watch: pods
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:replicaset-controller
      get list update watch of apps extensions: replicasets
      update of apps extensions: replicasets/status
      update of apps extensions: replicasets/finalizers
      create delete list patch watch: pods
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:replication-controller
      get list update watch: replicationcontrollers
      update: replicationcontrollers/status
      update: replicationcontrollers/finalizers
      create delete list patch watch: pods
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:resource-claim-controller
      get list watch: pods
      update: pods/finalizers
      create delete get list watch of resource.k8s.io: resourceclaims
      patch update of resource.k8s.io: resourceclaims resourceclaims/status
      patch update: pods/status
      create patch update of core events.k8s.io: events
      patch update of resource.k8s.io: resourceclaims/binding
    ClusterRole system:controller:resourcequota-controller
      list watch of *: *
      update: resourcequotas/status
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:root-ca-cert-publisher
      create update: configmaps
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:route-controller
      list watch: nodes
      patch: nodes/status
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:selinux-warning-controller
      create patch update of core events.k8s.io: events
      get list watch: persistentvolumes
      get list watch: persistentvolumeclaims
      get list watch: pods
      get list watch of storage.k8s.io: csidrivers
    ClusterRole system:controller:service-account-controller
      create: serviceaccounts
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:service-ca-cert-publisher
      create update: configmaps
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:service-cidrs-controller
      get list patch update watch of networking.k8s.io: servicecidrs
      patch update of networking.k8s.io: servicecidrs/finalizers
      patch update of networking.k8s.io: servicecidrs/status
      get list watch of networking.k8s.io: ipaddresses
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:service-controller
      get list watch: services
      patch update: services/status
      list watch: nodes
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:statefulset-controller
      list watch: pods
      get list watch of apps: statefulsets
      update of apps: statefulsets/status
      update of apps: statefulsets/finalizers
      create delete get patch update: pods
      create delete get list patch update watch of apps: controllerrevisions
      create get list watch: persistentvolumeclaims
      delete update: persistentvolumeclaims
      update: pods/finalizers
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:ttl-after-finished-controller
      delete get list watch of batch: jobs
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:ttl-controller
      list patch update watch: nodes
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:validatingadmissionpolicy-status-controller
      get list watch of admissionregistration.k8s.io: validatingadmissionpolicies
      get patch update of admissionregistration.k8s.io: validatingadmissionpolicies/status
      create patch update of core events.k8s.io: events
    ClusterRole system:controller:volumeattributesclass-protection-controller
      get list watch: persistentvolumeclaims
      get list watch: persistentvolumes
      get list update watch of storage.k8s.io: volumeattributesclasses
      create patch update of core events.k8s.io: events
    """
}
