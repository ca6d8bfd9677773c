/// Kubernetes' further stable kinds, group by group. What they show, default and check stands in their own files.
extension Kind {
  // MARK: core

  package static let binding = Kind(
    "Binding", plural: "bindings", verbs: ["create"], isAnsweredOnLoop: true)
  package static let componentStatus = Kind(
    "ComponentStatus", plural: "componentstatuses", shortNames: ["cs"], isNamespaced: false, verbs: ["get", "list"])
  package static let endpoints = Kind("Endpoints", plural: "endpoints", shortNames: ["ep"])
  package static let limitRange = Kind("LimitRange", plural: "limitranges", shortNames: ["limits"])
  package static let persistentVolumeClaim = Kind(
    "PersistentVolumeClaim", plural: "persistentvolumeclaims", shortNames: ["pvc"], subresources: ["status"])
  package static let persistentVolume = Kind(
    "PersistentVolume", plural: "persistentvolumes", shortNames: ["pv"], isNamespaced: false, subresources: ["status"])
  package static let podTemplate = Kind("PodTemplate", plural: "podtemplates")
  package static let replicationController = Kind(
    "ReplicationController", plural: "replicationcontrollers", shortNames: ["rc"], categories: ["all"],
    subresources: ["scale", "status"])
  package static let resourceQuota = Kind(
    "ResourceQuota", plural: "resourcequotas", shortNames: ["quota"], subresources: ["status"])

  // MARK: apps

  package static let controllerRevision = Kind(
    group: "apps", "ControllerRevision", plural: "controllerrevisions")
  package static let daemonSet = Kind(
    group: "apps", "DaemonSet", plural: "daemonsets", shortNames: ["ds"], categories: ["all"], subresources: ["status"])
  package static let statefulSet = Kind(
    group: "apps", "StatefulSet", plural: "statefulsets", shortNames: ["sts"], categories: ["all"],
    subresources: ["scale", "status"])

  // MARK: authentication.k8s.io, autoscaling, batch, certificates.k8s.io

  package static let tokenReview = Kind(
    group: "authentication.k8s.io", "TokenReview", plural: "tokenreviews", isNamespaced: false, verbs: ["create"])
  package static let horizontalPodAutoscaler = Kind(
    group: "autoscaling", version: "v2", "HorizontalPodAutoscaler", plural: "horizontalpodautoscalers",
    shortNames: ["hpa"], categories: ["all"], subresources: ["status"])
  package static let cronJob = Kind(
    group: "batch", "CronJob", plural: "cronjobs", shortNames: ["cj"], categories: ["all"], subresources: ["status"])
  package static let job = Kind(
    group: "batch", "Job", plural: "jobs", categories: ["all"], subresources: ["status"])
  package static let certificateSigningRequest = Kind(
    group: "certificates.k8s.io", "CertificateSigningRequest", plural: "certificatesigningrequests",
    shortNames: ["csr"], isNamespaced: false, subresources: ["approval", "status"])

  // MARK: networking.k8s.io

  package static let apiService = Kind(
    group: "apiregistration.k8s.io", "APIService", plural: "apiservices", categories: ["api-extensions"],
    isNamespaced: false, subresources: ["status"])
  package static let ingressClass = Kind(
    group: "networking.k8s.io", "IngressClass", plural: "ingressclasses", isNamespaced: false)
  package static let ingress = Kind(
    group: "networking.k8s.io", "Ingress", plural: "ingresses", shortNames: ["ing"], subresources: ["status"])
  package static let ipAddress = Kind(
    group: "networking.k8s.io", "IPAddress", plural: "ipaddresses", shortNames: ["ip"], isNamespaced: false)
  package static let networkPolicy = Kind(
    group: "networking.k8s.io", "NetworkPolicy", plural: "networkpolicies", shortNames: ["netpol"])
  package static let serviceCIDR = Kind(
    group: "networking.k8s.io", "ServiceCIDR", plural: "servicecidrs", isNamespaced: false, subresources: ["status"])

  // MARK: policy, storage.k8s.io

  package static let podDisruptionBudget = Kind(
    group: "policy", "PodDisruptionBudget", plural: "poddisruptionbudgets", shortNames: ["pdb"],
    subresources: ["status"])
  package static let csiDriver = Kind(
    group: "storage.k8s.io", "CSIDriver", plural: "csidrivers", isNamespaced: false)
  package static let csiNode = Kind(group: "storage.k8s.io", "CSINode", plural: "csinodes", isNamespaced: false)
  package static let csiStorageCapacity = Kind(
    group: "storage.k8s.io", "CSIStorageCapacity", plural: "csistoragecapacities")
  package static let storageClass = Kind(
    group: "storage.k8s.io", "StorageClass", plural: "storageclasses", shortNames: ["sc"], isNamespaced: false)
  package static let volumeAttachment = Kind(
    group: "storage.k8s.io", "VolumeAttachment", plural: "volumeattachments", isNamespaced: false,
    subresources: ["status"])
  package static let volumeAttributesClass = Kind(
    group: "storage.k8s.io", "VolumeAttributesClass", plural: "volumeattributesclasses", shortNames: ["vac"],
    isNamespaced: false)

  // MARK: admissionregistration.k8s.io

  package static let mutatingAdmissionPolicy = admission("MutatingAdmissionPolicy", "mutatingadmissionpolicies")
  package static let mutatingAdmissionPolicyBinding = admission(
    "MutatingAdmissionPolicyBinding", "mutatingadmissionpolicybindings")
  package static let mutatingWebhookConfiguration = admission(
    "MutatingWebhookConfiguration", "mutatingwebhookconfigurations")
  package static let validatingAdmissionPolicy = admission(
    "ValidatingAdmissionPolicy", "validatingadmissionpolicies", subresources: ["status"])
  package static let validatingAdmissionPolicyBinding = admission(
    "ValidatingAdmissionPolicyBinding", "validatingadmissionpolicybindings")
  package static let validatingWebhookConfiguration = admission(
    "ValidatingWebhookConfiguration", "validatingwebhookconfigurations")

  private static func admission(_ name: String, _ plural: String, subresources: [String] = []) -> Kind {
    Kind(
      group: "admissionregistration.k8s.io", name, plural: plural, categories: ["api-extensions"], isNamespaced: false,
      subresources: subresources)
  }

  // MARK: apiextensions.k8s.io

  package static let customResourceDefinition = Kind(
    group: "apiextensions.k8s.io", "CustomResourceDefinition", plural: "customresourcedefinitions",
    shortNames: ["crd", "crds"], categories: ["api-extensions"], isNamespaced: false, subresources: ["status"])

  // MARK: scheduling.k8s.io, node.k8s.io, resource.k8s.io, flowcontrol.apiserver.k8s.io

  package static let priorityClass = Kind(
    group: "scheduling.k8s.io", "PriorityClass", plural: "priorityclasses", shortNames: ["pc"], isNamespaced: false)
  package static let runtimeClass = Kind(
    group: "node.k8s.io", "RuntimeClass", plural: "runtimeclasses", isNamespaced: false)
  package static let deviceClass = Kind(
    group: "resource.k8s.io", "DeviceClass", plural: "deviceclasses", isNamespaced: false)
  package static let resourceClaim = Kind(
    group: "resource.k8s.io", "ResourceClaim", plural: "resourceclaims", subresources: ["status"])
  package static let resourceClaimTemplate = Kind(
    group: "resource.k8s.io", "ResourceClaimTemplate", plural: "resourceclaimtemplates")
  package static let resourceSlice = Kind(
    group: "resource.k8s.io", "ResourceSlice", plural: "resourceslices", isNamespaced: false)
  package static let flowSchema = Kind(
    group: "flowcontrol.apiserver.k8s.io", "FlowSchema", plural: "flowschemas", isNamespaced: false,
    subresources: ["status"])
  package static let priorityLevelConfiguration = Kind(
    group: "flowcontrol.apiserver.k8s.io", "PriorityLevelConfiguration", plural: "prioritylevelconfigurations",
    isNamespaced: false, subresources: ["status"])
}
