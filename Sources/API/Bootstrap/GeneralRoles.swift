extension BootstrapTable {
  /// The roles for people and for the other components, and all bindings (facts of a v1.36 cluster).
  static let generalRoles = """
    ClusterRole admin from admin
    ClusterRole cluster-admin
      * of *: *
      * at *
    ClusterRole edit into admin from edit
    ClusterRole system:aggregate-to-admin into admin
      create of authorization.k8s.io: localsubjectaccessreviews
      create delete deletecollection get list patch update watch of rbac.authorization.k8s.io: rolebindings roles
    ClusterRole system:aggregate-to-edit into edit
      get list watch: pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy
      impersonate: serviceaccounts
      create delete deletecollection patch update: pods pods/attach pods/exec pods/portforward pods/proxy
      create: pods/eviction
      create delete deletecollection patch update: configmaps persistentvolumeclaims replicationcontrollers
          replicationcontrollers/scale secrets serviceaccounts services services/proxy
      create: serviceaccounts/token
      create delete deletecollection patch update of core events.k8s.io: events
      create delete deletecollection patch update of apps: daemonsets deployments deployments/rollback
          deployments/scale replicasets replicasets/scale statefulsets statefulsets/scale
      create delete deletecollection patch update of autoscaling: horizontalpodautoscalers
      create delete deletecollection patch update of batch: cronjobs jobs
      create delete deletecollection patch update of extensions: daemonsets deployments deployments/rollback
          deployments/scale ingresses networkpolicies replicasets replicasets/scale replicationcontrollers/scale
      create delete deletecollection patch update of policy: poddisruptionbudgets
      create delete deletecollection patch update of networking.k8s.io: ingresses networkpolicies
      create delete deletecollection get list patch update watch of coordination.k8s.io: leases
      create delete deletecollection patch update of resource.k8s.io: resourceclaims resourceclaimtemplates
    ClusterRole system:aggregate-to-view into view
      get list watch: configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods
          replicationcontrollers replicationcontrollers/scale serviceaccounts services services/status
      get list watch: bindings limitranges namespaces/status pods/log pods/status replicationcontrollers/status
          resourcequotas resourcequotas/status
      get list watch: namespaces
      get list watch of core events.k8s.io: events
      get list watch of discovery.k8s.io: endpointslices
      get list watch of apps: controllerrevisions daemonsets daemonsets/status deployments deployments/scale
          deployments/status replicasets replicasets/scale replicasets/status statefulsets statefulsets/scale
          statefulsets/status
      get list watch of autoscaling: horizontalpodautoscalers horizontalpodautoscalers/status
      get list watch of batch: cronjobs cronjobs/status jobs jobs/status
      get list watch of extensions: daemonsets daemonsets/status deployments deployments/scale deployments/status
          ingresses ingresses/status networkpolicies replicasets replicasets/scale replicasets/status
          replicationcontrollers/scale
      get list watch of policy: poddisruptionbudgets poddisruptionbudgets/status
      get list watch of networking.k8s.io: ingresses ingresses/status networkpolicies
      get list watch of resource.k8s.io: resourceclaims resourceclaims/status resourceclaimtemplates
    ClusterRole system:auth-delegator
      create of authentication.k8s.io: tokenreviews
      create of authorization.k8s.io: subjectaccessreviews
    ClusterRole system:basic-user
      create of authorization.k8s.io: selfsubjectaccessreviews selfsubjectrulesreviews
      create of authentication.k8s.io: selfsubjectreviews
    ClusterRole system:certificates.k8s.io:certificatesigningrequests:nodeclient
      create of certificates.k8s.io: certificatesigningrequests/nodeclient
    ClusterRole system:certificates.k8s.io:certificatesigningrequests:selfnodeclient
      create of certificates.k8s.io: certificatesigningrequests/selfnodeclient
    ClusterRole system:certificates.k8s.io:kube-apiserver-client-approver
      approve of certificates.k8s.io: signers named kubernetes.io/kube-apiserver-client
    ClusterRole system:certificates.k8s.io:kube-apiserver-client-kubelet-approver
      approve of certificates.k8s.io: signers named kubernetes.io/kube-apiserver-client-kubelet
    ClusterRole system:certificates.k8s.io:kubelet-serving-approver
      approve of certificates.k8s.io: signers named kubernetes.io/kubelet-serving
    ClusterRole system:certificates.k8s.io:legacy-unknown-approver
      approve of certificates.k8s.io: signers named kubernetes.io/legacy-unknown
    ClusterRole system:discovery
      get at /api /api/* /apis /apis/* /healthz /livez /openapi /openapi/* /readyz /version /version/
    ClusterRole system:heapster
      get list watch: events namespaces nodes pods
      get list watch of extensions: deployments
    ClusterRole system:kube-aggregator
      get list watch: endpoints services
    ClusterRole system:kube-controller-manager
      create patch update of core events.k8s.io: events
      create of coordination.k8s.io: leases
      get update of coordination.k8s.io: leases named kube-controller-manager
      create: secrets serviceaccounts
      delete: secrets
      get: configmaps namespaces secrets serviceaccounts
      update: secrets serviceaccounts
      create of authentication.k8s.io: tokenreviews
      create of authorization.k8s.io: subjectaccessreviews
      list watch of *: *
      create: serviceaccounts/token
    ClusterRole system:kube-dns
      list watch: endpoints services
    ClusterRole system:kube-scheduler
      create patch update of core events.k8s.io: events
      create of coordination.k8s.io: leases
      get list update watch of coordination.k8s.io: leases named kube-scheduler
      create delete deletecollection get list patch update watch of coordination.k8s.io: leasecandidates
      get list watch: nodes
      delete get list watch: pods
      create: bindings pods/binding
      patch update: pods/status
      get list watch: replicationcontrollers services
      get list watch of apps extensions: replicasets
      get list watch of apps: statefulsets
      get list watch of policy: poddisruptionbudgets
      get list watch: persistentvolumeclaims persistentvolumes
      create of authentication.k8s.io: tokenreviews
      create of authorization.k8s.io: subjectaccessreviews
      get list watch of storage.k8s.io: csinodes
      get list watch of storage.k8s.io: volumeattachments
      get list watch: namespaces
      get list watch of storage.k8s.io: csidrivers
      get list watch of storage.k8s.io: csistoragecapacities
      get list watch of resource.k8s.io: deviceclasses
      get list patch update watch of resource.k8s.io: resourceclaims
      get list patch update watch of resource.k8s.io: resourceclaims/status
      update: pods/finalizers
      get list watch of resource.k8s.io: resourceslices
      create delete of resource.k8s.io: resourceclaims
      patch update of resource.k8s.io: resourceclaims/binding
    ClusterRole system:kubelet-api-admin
      get list watch: nodes
      proxy: nodes
      *: nodes/log nodes/metrics nodes/proxy nodes/stats
      *: nodes/configz nodes/healthz nodes/pods
    ClusterRole system:monitoring
      get at /flagz /healthz /healthz/* /livez /livez/* /metrics /metrics/slis /readyz /readyz/* /statusz
      get: nodes/metrics
    ClusterRole system:node
      create of authentication.k8s.io: tokenreviews
      create of authorization.k8s.io: localsubjectaccessreviews subjectaccessreviews
      get list watch: services
      create get list watch: nodes
      patch update: nodes/status
      patch update: nodes
      create patch update of core events.k8s.io: events
      get list watch: pods
      create delete: pods
      patch update: pods/status
      create: pods/eviction
      get list watch: configmaps secrets
      get: persistentvolumeclaims persistentvolumes
      get: endpoints
      create get list watch of certificates.k8s.io: certificatesigningrequests
      create delete get patch update of coordination.k8s.io: leases
      get of storage.k8s.io: volumeattachments
      create: serviceaccounts/token
      get patch update: persistentvolumeclaims/status
      get list watch of storage.k8s.io: csidrivers
      create delete get patch update of storage.k8s.io: csinodes
      get list watch of node.k8s.io: runtimeclasses
      get of resource.k8s.io: resourceclaims
      deletecollection of resource.k8s.io: resourceslices
      get: serviceaccounts
    ClusterRole system:node-bootstrapper
      create get list watch of certificates.k8s.io: certificatesigningrequests
    ClusterRole system:node-problem-detector
      get: nodes
      patch: nodes/status
      create patch update of core events.k8s.io: events
    ClusterRole system:node-proxier
      list watch: endpoints services
      get list watch: nodes
      create patch update of core events.k8s.io: events
      list watch of networking.k8s.io: servicecidrs
      list watch of discovery.k8s.io: endpointslices
    ClusterRole system:persistent-volume-provisioner
      create delete get list watch: persistentvolumes
      get list update watch: persistentvolumeclaims
      get list watch of storage.k8s.io: storageclasses
      watch: events
      create patch update of core events.k8s.io: events
    ClusterRole system:public-info-viewer
      get at /healthz /livez /readyz /version /version/
    ClusterRole system:service-account-issuer-discovery
      get at /.well-known/openid-configuration /.well-known/openid-configuration/ /openid/v1/jwks /openid/v1/jwks/
    ClusterRole system:volume-scheduler
      get list patch update watch: persistentvolumes
      get list watch of storage.k8s.io: storageclasses
      get list patch update watch: persistentvolumeclaims
    ClusterRole view into edit from view
    Role kube-public/system:controller:bootstrap-signer
      get list watch: configmaps
      update: configmaps named cluster-info
      create patch update of core events.k8s.io: events
    Role kube-system/extension-apiserver-authentication-reader
      get list watch: configmaps named extension-apiserver-authentication
    Role kube-system/system::leader-locking-kube-controller-manager
      create get list update watch of coordination.k8s.io: leases
      create get list update watch of coordination.k8s.io: leasecandidates
    Role kube-system/system::leader-locking-kube-scheduler
      create get list update watch of coordination.k8s.io: leases
      create get list update watch of coordination.k8s.io: leasecandidates
    Role kube-system/system:controller:bootstrap-signer
      get list watch: secrets
    Role kube-system/system:controller:cloud-provider
      create get list watch: configmaps
    Role kube-system/system:controller:token-cleaner
      delete get list watch: secrets
      create patch update of core events.k8s.io: events
    bind cluster-admin
      Group system:masters
    bind system:basic-user
      Group system:authenticated
    bind system:controller:attachdetach-controller
      ServiceAccount kube-system/attachdetach-controller
    bind system:controller:certificate-controller
      ServiceAccount kube-system/certificate-controller
    bind system:controller:clusterrole-aggregation-controller
      ServiceAccount kube-system/clusterrole-aggregation-controller
    bind system:controller:cronjob-controller
      ServiceAccount kube-system/cronjob-controller
    bind system:controller:daemon-set-controller
      ServiceAccount kube-system/daemon-set-controller
    bind system:controller:deployment-controller
      ServiceAccount kube-system/deployment-controller
    bind system:controller:device-taint-eviction-controller
      ServiceAccount kube-system/device-taint-eviction-controller
    bind system:controller:disruption-controller
      ServiceAccount kube-system/disruption-controller
    bind system:controller:endpoint-controller
      ServiceAccount kube-system/endpoint-controller
    bind system:controller:endpointslice-controller
      ServiceAccount kube-system/endpointslice-controller
    bind system:controller:endpointslicemirroring-controller
      ServiceAccount kube-system/endpointslicemirroring-controller
    bind system:controller:ephemeral-volume-controller
      ServiceAccount kube-system/ephemeral-volume-controller
    bind system:controller:expand-controller
      ServiceAccount kube-system/expand-controller
    bind system:controller:generic-garbage-collector
      ServiceAccount kube-system/generic-garbage-collector
    bind system:controller:horizontal-pod-autoscaler
      ServiceAccount kube-system/horizontal-pod-autoscaler
    bind system:controller:job-controller
      ServiceAccount kube-system/job-controller
    bind system:controller:legacy-service-account-token-cleaner
      ServiceAccount kube-system/legacy-service-account-token-cleaner
    bind system:controller:namespace-controller
      ServiceAccount kube-system/namespace-controller
    bind system:controller:node-controller
      ServiceAccount kube-system/node-controller
    bind system:controller:persistent-volume-binder
      ServiceAccount kube-system/persistent-volume-binder
    bind system:controller:pod-garbage-collector
      ServiceAccount kube-system/pod-garbage-collector
    bind system:controller:pv-protection-controller
      ServiceAccount kube-system/pv-protection-controller
    bind system:controller:pvc-protection-controller
      ServiceAccount kube-system/pvc-protection-controller
    bind system:controller:replicaset-controller
      ServiceAccount kube-system/replicaset-controller
    bind system:controller:replication-controller
      ServiceAccount kube-system/replication-controller
    bind system:controller:resource-claim-controller
      ServiceAccount kube-system/resource-claim-controller
    bind system:controller:resourcequota-controller
      ServiceAccount kube-system/resourcequota-controller
    bind system:controller:root-ca-cert-publisher
      ServiceAccount kube-system/root-ca-cert-publisher
    bind system:controller:route-controller
      ServiceAccount kube-system/route-controller
    bind system:controller:selinux-warning-controller
      ServiceAccount kube-system/selinux-warning-controller
    bind system:controller:service-account-controller
      ServiceAccount kube-system/service-account-controller
    bind system:controller:service-ca-cert-publisher
      ServiceAccount kube-system/service-ca-cert-publisher
    bind system:controller:service-cidrs-controller
      ServiceAccount kube-system/service-cidrs-controller
    bind system:controller:service-controller
      ServiceAccount kube-system/service-controller
    bind system:controller:statefulset-controller
      ServiceAccount kube-system/statefulset-controller
    bind system:controller:ttl-after-finished-controller
      ServiceAccount kube-system/ttl-after-finished-controller
    bind system:controller:ttl-controller
      ServiceAccount kube-system/ttl-controller
    bind system:controller:validatingadmissionpolicy-status-controller
      ServiceAccount kube-system/validatingadmissionpolicy-status-controller
    bind system:controller:volumeattributesclass-protection-controller
      ServiceAccount kube-system/volumeattributesclass-protection-controller
    bind system:discovery
      Group system:authenticated
    bind system:kube-controller-manager
      User system:kube-controller-manager
    bind system:kube-dns
      ServiceAccount kube-system/kube-dns
    bind system:kube-scheduler
      User system:kube-scheduler
    bind system:monitoring
      Group system:monitoring
    bind system:node
    bind system:node-proxier
      User system:kube-proxy
    bind system:public-info-viewer
      Group system:authenticated
      Group system:unauthenticated
    bind system:service-account-issuer-discovery
      Group system:serviceaccounts
    bind system:volume-scheduler
      User system:kube-scheduler
    bind kube-public/system:controller:bootstrap-signer
      ServiceAccount kube-system/bootstrap-signer
    bind kube-system/system::extension-apiserver-authentication-reader to extension-apiserver-authentication-reader
      User system:kube-controller-manager
      User system:kube-scheduler
    bind kube-system/system::leader-locking-kube-controller-manager
      User system:kube-controller-manager
      ServiceAccount kube-system/kube-controller-manager
      ServiceAccount kube-system/leader-election-controller
    bind kube-system/system::leader-locking-kube-scheduler
      User system:kube-scheduler
      ServiceAccount kube-system/kube-scheduler
    bind kube-system/system:controller:bootstrap-signer
      ServiceAccount kube-system/bootstrap-signer
    bind kube-system/system:controller:cloud-provider
      ServiceAccount kube-system/cloud-provider
    bind kube-system/system:controller:token-cleaner
      ServiceAccount kube-system/token-cleaner
    """
}
