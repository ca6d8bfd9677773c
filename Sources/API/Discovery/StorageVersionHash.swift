import Kinds

/// Kubernetes' storageVersionHash of each kind in discovery, which clients compare: of the version that is stored, the
/// first eight bytes of the SHA-256 of `GROUP/VERSION/KIND` in base64.
enum StorageVersionHash {
  static func of(_ kind: Kind) -> String? {
    guard let custom = kind.custom else { return known[kind.groupVersionKind] }
    let text = "\(kind.group)/\(custom.storageVersion)/\(kind.name)"
    return Base64.encode(Array(Digest.sha256(Array(text.utf8)).prefix(8)), alphabet: .standard)
  }

  static let known: [String: String] = [
    "admissionregistration.k8s.io/v1/MutatingAdmissionPolicy": "LYmCf+UMVdg=",
    "admissionregistration.k8s.io/v1/MutatingAdmissionPolicyBinding": "90V5FRZZ3Zg=",
    "admissionregistration.k8s.io/v1/MutatingWebhookConfiguration": "Sqi0GUgDaX0=",
    "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy": "6OxvlMmQ6is=",
    "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding": "v9715VZqakg=",
    "admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration": "B0wHjQmsGNk=",
    "apiregistration.k8s.io/v1/APIService": "InPBPD7+PqM=",
    "apiextensions.k8s.io/v1/CustomResourceDefinition": "jfWCUB31mvA=",
    "apps/v1/ControllerRevision": "85nkx63pcBU=",
    "apps/v1/DaemonSet": "dd7pWHUlMKQ=",
    "apps/v1/Deployment": "8aSe+NMegvE=",
    "apps/v1/ReplicaSet": "P1RzHs8/mWQ=",
    "apps/v1/StatefulSet": "H+vl74LkKdo=",
    "autoscaling/v1/HorizontalPodAutoscaler": "qwQve8ut294=",
    "autoscaling/v2/HorizontalPodAutoscaler": "qwQve8ut294=",
    "batch/v1/CronJob": "sd5LIXh4Fjs=",
    "batch/v1/Job": "mudhfqk/qZY=",
    "certificates.k8s.io/v1/CertificateSigningRequest": "95fRKMXA+00=",
    "coordination.k8s.io/v1/Lease": "gqkMMb/YqFM=",
    "discovery.k8s.io/v1/EndpointSlice": "qgS0xkrxYAI=",
    "events.k8s.io/v1/Event": "r2yiGXH7wu8=",
    "flowcontrol.apiserver.k8s.io/v1/FlowSchema": "GJVAJZSZBIw=",
    "flowcontrol.apiserver.k8s.io/v1/PriorityLevelConfiguration": "Kir5PVfvNeI=",
    "networking.k8s.io/v1/IPAddress": "3f/plJFChNE=",
    "networking.k8s.io/v1/Ingress": "39NQlfNR+bo=",
    "networking.k8s.io/v1/IngressClass": "l/iqIbDgFyQ=",
    "networking.k8s.io/v1/NetworkPolicy": "YpfwF18m1G8=",
    "networking.k8s.io/v1/ServiceCIDR": "gNLvruQhW2g=",
    "node.k8s.io/v1/RuntimeClass": "WQTu1GL3T2Q=",
    "policy/v1/PodDisruptionBudget": "EVWiDmWqyJw=",
    "rbac.authorization.k8s.io/v1/ClusterRole": "bYE5ZWDrJ44=",
    "rbac.authorization.k8s.io/v1/ClusterRoleBinding": "48tpQ8gZHFc=",
    "rbac.authorization.k8s.io/v1/Role": "7FuwZcIIItM=",
    "rbac.authorization.k8s.io/v1/RoleBinding": "eGsCzGH6b1g=",
    "resource.k8s.io/v1/DeviceClass": "Yk2PTc1Ybxk=",
    "resource.k8s.io/v1/ResourceClaim": "wgAZaHcZxUg=",
    "resource.k8s.io/v1/ResourceClaimTemplate": "TuzjC49aUfM=",
    "resource.k8s.io/v1/ResourceSlice": "KsC072WgaEY=",
    "scheduling.k8s.io/v1/PriorityClass": "1QwjyaZjj3Y=",
    "storage.k8s.io/v1/CSIDriver": "hL6j/rwBV5w=",
    "storage.k8s.io/v1/CSINode": "Pe62DkZtjuo=",
    "storage.k8s.io/v1/CSIStorageCapacity": "xeVl+2Ly1kE=",
    "storage.k8s.io/v1/StorageClass": "K+m6uJwbjGY=",
    "storage.k8s.io/v1/VolumeAttachment": "tJx/ezt6UDU=",
    "storage.k8s.io/v1/VolumeAttributesClass": "tIjydgKBC5w=",
    "v1/ConfigMap": "qFsyl6wFWjQ=",
    "v1/Endpoints": "fWeeMqaN/OA=",
    "v1/Event": "r2yiGXH7wu8=",
    "v1/LimitRange": "EBKMFVe6cwo=",
    "v1/Namespace": "Q3oi5N2YM8M=",
    "v1/Node": "XwShjMxG9Fs=",
    "v1/PersistentVolume": "HN/zwEC+JgM=",
    "v1/PersistentVolumeClaim": "QWTyNDq0dC4=",
    "v1/Pod": "xPOwRZ+Yhw8=",
    "v1/PodTemplate": "LIXB2x4IFpk=",
    "v1/ReplicationController": "Jond2If31h0=",
    "v1/ResourceQuota": "8uhSgffRX6w=",
    "v1/Secret": "S6u1pOWzb84=",
    "v1/Service": "0/CO1lhkEBI=",
    "v1/ServiceAccount": "pbx9ZvyFpBE=",
  ]
}
