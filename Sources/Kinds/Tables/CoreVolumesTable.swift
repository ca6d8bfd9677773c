extension Tables {
  /// Volumes: every source that a pod can mount (core/v1).
  static let coreVolumes = #"""
    package io.k8s.api.core.v1 v1

    type ObjectFieldSelector atomic
      apiVersion  1: string = "v1"
      fieldPath  2!: string        shown

    type Volume
      name                    1!: string                       shown required
      hostPath               2.1: HostPathVolumeSource?
      emptyDir               2.2: EmptyDirVolumeSource?
      gcePersistentDisk      2.3: GCEPersistentDiskVolumeSource?
      awsElasticBlockStore   2.4: AWSElasticBlockStoreVolumeSource?
      gitRepo                2.5: GitRepoVolumeSource?
      secret                 2.6: SecretVolumeSource?
      nfs                    2.7: NFSVolumeSource?
      iscsi                  2.8: ISCSIVolumeSource?
      glusterfs              2.9: GlusterfsVolumeSource?
      persistentVolumeClaim 2.10: PersistentVolumeClaimVolumeSource?
      rbd                   2.11: RBDVolumeSource?
      flexVolume            2.12: FlexVolumeSource?
      cinder                2.13: CinderVolumeSource?
      cephfs                2.14: CephFSVolumeSource?
      flocker               2.15: FlockerVolumeSource?
      downwardAPI           2.16: DownwardAPIVolumeSource?
      fc                    2.17: FCVolumeSource?
      azureFile             2.18: AzureFileVolumeSource?
      configMap             2.19: ConfigMapVolumeSource?
      vsphereVolume         2.20: VsphereVirtualDiskVolumeSource?
      quobyte               2.21: QuobyteVolumeSource?
      azureDisk             2.22: AzureDiskVolumeSource?
      photonPersistentDisk  2.23: PhotonPersistentDiskVolumeSource?
      portworxVolume        2.24: PortworxVolumeSource?
      scaleIO               2.25: ScaleIOVolumeSource?
      projected             2.26: ProjectedVolumeSource?
      storageos             2.27: StorageOSVolumeSource?
      csi                   2.28: CSIVolumeSource?
      ephemeral             2.29: EphemeralVolumeSource?
      image                 2.30: ImageVolumeSource?

    type AWSElasticBlockStoreVolumeSource
      volumeID  1!: string  shown
      fsType     2: string
      partition  3: int32
      readOnly   4: boolean

    type AzureDiskVolumeSource
      diskName    1!: string                       shown
      diskURI     2!: string                       shown
      cachingMode  3: AzureDataDiskCachingMode? = "ReadWrite"
      fsType       4: string? = "ext4"
      readOnly     5: boolean? = false
      kind         6: AzureDataDiskKind? = "Shared"

    type AzureFileVolumeSource
      secretName 1!: string  shown
      shareName  2!: string  shown
      readOnly    3: boolean

    type CephFSVolumeSource
      monitors   1!: [string]              shown atomic
      path        2: string
      user        3: string
      secretFile  4: string
      secretRef   5: LocalObjectReference?
      readOnly    6: boolean

    type CinderVolumeSource
      volumeID  1!: string                shown
      fsType     2: string
      readOnly   3: boolean
      secretRef  4: LocalObjectReference?

    type ConfigMapVolumeSource
      name        1.1: string       shown required
      items         2: [KeyToPath]  atomic
      defaultMode   3: int32? = 420
      optional      4: boolean?

    type KeyToPath
      key  1!: string shown required
      path 2!: string shown required
      mode  3: int32?

    type CSIVolumeSource
      driver               1!: string                shown
      readOnly              2: boolean?
      fsType                3: string?
      volumeAttributes      4: {string}
      nodePublishSecretRef  5: LocalObjectReference?

    type DownwardAPIVolumeSource
      items       1: [DownwardAPIVolumeFile] atomic
      defaultMode 2: int32? = 420

    type DownwardAPIVolumeFile
      path             1!: string                 shown
      fieldRef          2: ObjectFieldSelector?
      resourceFieldRef  3: ResourceFieldSelector?
      mode              4: int32?

    type EmptyDirVolumeSource
      medium    1: StorageMedium
      sizeLimit 2: Quantity?

    type EphemeralVolumeSource
      volumeClaimTemplate 1: PersistentVolumeClaimTemplate?

    type PersistentVolumeClaimTemplate
      metadata  1: ObjectMeta
      spec     2!: PersistentVolumeClaimSpec

    type PersistentVolumeClaimSpec
      accessModes               1: [PersistentVolumeAccessMode] atomic
      resources                 2: VolumeResourceRequirements
      volumeName                3: string
      selector                  4: LabelSelector?
      storageClassName          5: string?
      volumeMode                6: PersistentVolumeMode? = "Filesystem"
      dataSource                7: TypedLocalObjectReference?
      dataSourceRef             8: TypedObjectReference?
      volumeAttributesClassName 9: string?

    type VolumeResourceRequirements
      limits   1: ResourceList
      requests 2: ResourceList

    type FCVolumeSource
      targetWWNs 1: [string] atomic
      lun        2: int32?
      fsType     3: string
      readOnly   4: boolean
      wwids      5: [string] atomic

    type FlexVolumeSource
      driver    1!: string                shown
      fsType     2: string
      secretRef  3: LocalObjectReference?
      readOnly   4: boolean
      options    5: {string}

    type FlockerVolumeSource
      datasetName 1: string
      datasetUUID 2: string

    type GCEPersistentDiskVolumeSource
      pdName    1!: string  shown
      fsType     2: string
      partition  3: int32
      readOnly   4: boolean

    type GitRepoVolumeSource
      repository 1!: string shown
      revision    2: string
      directory   3: string

    type GlusterfsVolumeSource
      endpoints 1!: string  shown
      path      2!: string  shown
      readOnly   3: boolean

    type HostPathVolumeSource
      path 1!: string             shown required
      type  2: HostPathType? = ""

    type ImageVolumeSource
      reference  1: string
      pullPolicy 2: PullPolicy

    type ISCSIVolumeSource
      targetPortal      1!: string                shown
      iqn               2!: string                shown
      lun               3!: int32                 shown
      iscsiInterface     4: string = "default"
      fsType             5: string
      readOnly           6: boolean
      portals            7: [string]              atomic
      chapAuthDiscovery  8: boolean
      secretRef         10: LocalObjectReference?
      chapAuthSession   11: boolean
      initiatorName     12: string?

    type NFSVolumeSource
      server   1!: string  shown
      path     2!: string  shown
      readOnly  3: boolean

    type PersistentVolumeClaimVolumeSource
      claimName 1!: string  shown required
      readOnly   2: boolean

    type PhotonPersistentDiskVolumeSource
      pdID   1!: string shown
      fsType  2: string

    type PortworxVolumeSource
      volumeID 1!: string  shown
      fsType    2: string
      readOnly  3: boolean

    type ProjectedVolumeSource
      sources     1: [VolumeProjection] atomic
      defaultMode 2: int32? = 420

    type VolumeProjection
      secret              1: SecretProjection?
      downwardAPI         2: DownwardAPIProjection?
      configMap           3: ConfigMapProjection?
      serviceAccountToken 4: ServiceAccountTokenProjection?
      clusterTrustBundle  5: ClusterTrustBundleProjection?
      podCertificate      6: PodCertificateProjection?

    type ClusterTrustBundleProjection
      name           1: string?
      signerName     2: string?
      labelSelector  3: LabelSelector?
      path          4!: string         shown
      optional       5: boolean?

    type ConfigMapProjection
      name     1.1: string      shown
      items      2: [KeyToPath] atomic
      optional   4: boolean?

    type DownwardAPIProjection
      items 1: [DownwardAPIVolumeFile] atomic

    type PodCertificateProjection
      signerName           1!: string
      keyType              2!: string
      maxExpirationSeconds  3: int32?
      credentialBundlePath  4: string
      keyPath               5: string
      certificateChainPath  6: string
      userAnnotations       7: {string}

    type SecretProjection
      name     1.1: string      shown
      items      2: [KeyToPath] atomic
      optional   4: boolean?

    type ServiceAccountTokenProjection
      audience           1: string
      expirationSeconds  2: int64? = 3600
      path              3!: string        shown

    type QuobyteVolumeSource
      registry 1!: string  shown
      volume   2!: string  shown
      readOnly  3: boolean
      user      4: string
      group     5: string
      tenant    6: string

    type RBDVolumeSource
      monitors  1!: [string]                     shown atomic
      image     2!: string                       shown
      fsType     3: string
      pool       4: string = "rbd"
      user       5: string = "admin"
      keyring    6: string = "/etc/ceph/keyring"
      secretRef  7: LocalObjectReference?
      readOnly   8: boolean

    type ScaleIOVolumeSource
      gateway          1!: string                     shown
      system           2!: string                     shown
      secretRef        3!: LocalObjectReference?
      sslEnabled        4: boolean
      protectionDomain  5: string
      storagePool       6: string
      storageMode       7: string = "ThinProvisioned"
      volumeName        8: string
      fsType            9: string = "xfs"
      readOnly         10: boolean

    type SecretVolumeSource
      secretName  1: string       required
      items       2: [KeyToPath]  atomic
      defaultMode 3: int32? = 420
      optional    4: boolean?

    type StorageOSVolumeSource
      volumeName      1: string
      volumeNamespace 2: string
      fsType          3: string
      readOnly        4: boolean
      secretRef       5: LocalObjectReference?

    type VsphereVirtualDiskVolumeSource
      volumePath        1!: string shown
      fsType             2: string
      storagePolicyName  3: string
      storagePolicyID    4: string
    """#
}
