extension Tables {
  /// Volumes: every source that a pod can mount (core/v1).
  static let coreVolumes = #"""
    package io.k8s.api.core.v1 v1

    type ObjectFieldSelector atomic  -- A field of a pod.
      apiVersion  1: string = "v1"       -- Group and version of the object that is named.
      fieldPath  2!: string        shown -- Which field.

    type Volume  -- Something that containers can mount.
      name 1!: string shown required -- What the volume is called in its pod.
      hostPath               2.1: HostPathVolumeSource?                             -- A path of the node itself.
      emptyDir               2.2: EmptyDirVolumeSource? -- A directory that lives as long as the pod.
      gcePersistentDisk      2.3: GCEPersistentDiskVolumeSource?                    -- A disk of Google Cloud.
      awsElasticBlockStore   2.4: AWSElasticBlockStoreVolumeSource?                 -- A disk of AWS.
      gitRepo                2.5: GitRepoVolumeSource? -- A git repository; no longer supported.
      secret                 2.6: SecretVolumeSource?                               -- A Secret's entries as files.
      nfs                    2.7: NFSVolumeSource?                                  -- An NFS share.
      iscsi                  2.8: ISCSIVolumeSource?                                -- An iSCSI disk.
      glusterfs              2.9: GlusterfsVolumeSource?                            -- A Gluster file system.
      persistentVolumeClaim 2.10: PersistentVolumeClaimVolumeSource? -- A PersistentVolumeClaim of the namespace.
      rbd                   2.11: RBDVolumeSource?                                  -- A Ceph block image.
      flexVolume            2.12: FlexVolumeSource? -- A volume of a plug-in on the node.
      cinder                2.13: CinderVolumeSource?                               -- A disk of OpenStack.
      cephfs                2.14: CephFSVolumeSource?                               -- A Ceph file system.
      flocker               2.15: FlockerVolumeSource?                              -- A Flocker volume.
      downwardAPI           2.16: DownwardAPIVolumeSource?                          -- Facts about the pod as files.
      fc                    2.17: FCVolumeSource?                                   -- A Fibre Channel disk.
      azureFile             2.18: AzureFileVolumeSource?                            -- A file share of Azure.
      configMap             2.19: ConfigMapVolumeSource?                            -- A ConfigMap's entries as files.
      vsphereVolume         2.20: VsphereVirtualDiskVolumeSource?                   -- A disk of vSphere.
      quobyte               2.21: QuobyteVolumeSource?                              -- A Quobyte volume.
      azureDisk             2.22: AzureDiskVolumeSource?                            -- A disk of Azure.
      photonPersistentDisk  2.23: PhotonPersistentDiskVolumeSource?                 -- A disk of Photon.
      portworxVolume        2.24: PortworxVolumeSource?                             -- A Portworx volume.
      scaleIO               2.25: ScaleIOVolumeSource?                              -- A ScaleIO volume.
      projected             2.26: ProjectedVolumeSource?                            -- Several sources in one directory.
      storageos             2.27: StorageOSVolumeSource?                            -- A StorageOS volume.
      csi                   2.28: CSIVolumeSource? -- A volume that a CSI driver makes for the pod.
      ephemeral             2.29: EphemeralVolumeSource? -- A claim that lives as long as the pod.
      image                 2.30: ImageVolumeSource? -- An image's files as a read-only volume.

    type AWSElasticBlockStoreVolumeSource  -- A disk of AWS.
      volumeID  1!: string  shown -- The disk's name at its provider.
      fsType     2: string        -- The file system to expect or make.
      partition  3: int32         -- Which partition; the whole disk if nought.
      readOnly   4: boolean       -- Whether nothing may be written.

    type AzureDiskVolumeSource  -- A disk of Azure.
      diskName    1!: string                                 shown -- The disk's name.
      diskURI     2!: string                                 shown -- The disk's address.
      cachingMode  3: AzureDataDiskCachingMode? = "ReadWrite"      -- None, ReadOnly or ReadWrite.
      fsType       4: string? = "ext4"                             -- The file system to expect or make.
      readOnly     5: boolean? = false                             -- Whether nothing may be written.
      kind         6: AzureDataDiskKind? = "Shared"                -- Shared, Dedicated or Managed.

    type AzureFileVolumeSource  -- A file share of Azure.
      secretName 1!: string  shown -- Which Secret.
      shareName  2!: string  shown -- The share's name.
      readOnly    3: boolean       -- Whether nothing may be written.

    type CephFSVolumeSource  -- A Ceph file system.
      monitors   1!: [string]              shown atomic -- Addresses of the Ceph monitors.
      path        2: string                             -- The path.
      user        3: string                             -- The user.
      secretFile  4: string                             -- The file with the key.
      secretRef   5: LocalObjectReference?              -- The Secret with the credentials.
      readOnly    6: boolean                            -- Whether nothing may be written.

    type CinderVolumeSource  -- A disk of OpenStack.
      volumeID  1!: string                shown -- The disk's name at its provider.
      fsType     2: string                      -- The file system to expect or make.
      readOnly   3: boolean                     -- Whether nothing may be written.
      secretRef  4: LocalObjectReference?       -- The Secret with the credentials.

    type ConfigMapVolumeSource  -- A ConfigMap's entries as files.
      name        1.1: string       shown required -- The name.
      items         2: [KeyToPath]  atomic         -- Which keys become which files; all if absent.
      defaultMode   3: int32? = 420                -- Permission bits of the files.
      optional      4: boolean?                    -- Whether it may be missing.

    type KeyToPath  -- Which key becomes which file.
      key  1!: string shown required -- Which key.
      path 2!: string shown required -- The file's path below the mount.
      mode  3: int32?                -- Permission bits of this file.

    type CSIVolumeSource  -- A volume that a CSI driver makes for a pod.
      driver               1!: string                shown -- The driver that mounts the volume.
      readOnly              2: boolean?                    -- Whether nothing may be written.
      fsType                3: string?                     -- The file system to expect or make.
      volumeAttributes      4: {string}                    -- What the driver wants to know.
      nodePublishSecretRef  5: LocalObjectReference?       -- The Secret that the driver gets.

    type DownwardAPIVolumeSource  -- Facts about the pod as files.
      items       1: [DownwardAPIVolumeFile] atomic -- The files.
      defaultMode 2: int32? = 420                   -- Permission bits of the files.

    type DownwardAPIVolumeFile  -- One fact about the pod in a file.
      path             1!: string                 shown -- The file's path below the mount.
      fieldRef          2: ObjectFieldSelector?         -- A field of the pod.
      resourceFieldRef  3: ResourceFieldSelector?       -- An amount of a container's resources.
      mode              4: int32?                       -- Permission bits of this file.

    type EmptyDirVolumeSource  -- A directory that lives as long as its pod.
      medium    1: StorageMedium  -- Memory for a file system in memory.
      sizeLimit 2: Quantity?      -- At most so much space.

    type EphemeralVolumeSource  -- A claim that lives as long as its pod.
      volumeClaimTemplate 1: PersistentVolumeClaimTemplate?  -- What the pod's own claim looks like.

    type PersistentVolumeClaimTemplate  -- What a pod's own claim looks like.
      metadata  1: ObjectMeta                 -- Name, labels and the like.
      spec     2!: PersistentVolumeClaimSpec  -- What should be.

    type PersistentVolumeClaimSpec  -- What storage is asked for.
      accessModes               1: [PersistentVolumeAccessMode]         atomic -- How many may read and write.
      resources                 2: VolumeResourceRequirements                  -- What is requested and at most used.
      volumeName                3: string                                      -- The volume's name.
      selector                  4: LabelSelector?                              -- Which objects, by their labels.
      storageClassName          5: string?                                     -- Which StorageClass.
      volumeMode                6: PersistentVolumeMode? = "Filesystem"        -- Filesystem or Block.
      dataSource                7: TypedLocalObjectReference?                  -- What the volume is filled with.
      dataSourceRef             8: TypedObjectReference? -- What the volume is filled with, of any kind.
      volumeAttributesClassName 9: string?                                     -- Which VolumeAttributesClass.

    type VolumeResourceRequirements  -- How much storage is asked for.
      limits   1: ResourceList  -- At most so much.
      requests 2: ResourceList  -- What the scheduler sets aside.

    type FCVolumeSource  -- A Fibre Channel disk.
      targetWWNs 1: [string] atomic -- World wide names of the targets.
      lun        2: int32?          -- The logical unit's number.
      fsType     3: string          -- The file system to expect or make.
      readOnly   4: boolean         -- Whether nothing may be written.
      wwids      5: [string] atomic -- World wide identifiers of the volume.

    type FlexVolumeSource  -- A volume of a plug-in on the node.
      driver    1!: string                shown -- The driver that mounts the volume.
      fsType     2: string                      -- The file system to expect or make.
      secretRef  3: LocalObjectReference?       -- The Secret with the credentials.
      readOnly   4: boolean                     -- Whether nothing may be written.
      options    5: {string}                    -- Further settings.

    type FlockerVolumeSource  -- A Flocker volume.
      datasetName 1: string  -- The dataset's name.
      datasetUUID 2: string  -- The dataset's number.

    type GCEPersistentDiskVolumeSource  -- A disk of Google Cloud.
      pdName    1!: string  shown -- The disk's name.
      fsType     2: string        -- The file system to expect or make.
      partition  3: int32         -- Which partition; the whole disk if nought.
      readOnly   4: boolean       -- Whether nothing may be written.

    type GitRepoVolumeSource  -- A git repository; no longer supported.
      repository 1!: string shown -- The repository's address.
      revision    2: string       -- The commit to check out.
      directory   3: string       -- The directory to clone into.

    type GlusterfsVolumeSource  -- A Gluster file system.
      endpoints 1!: string  shown -- The Endpoints object with the cluster's addresses.
      path      2!: string  shown -- The path.
      readOnly   3: boolean       -- Whether nothing may be written.

    type HostPathVolumeSource  -- A path of the node itself.
      path 1!: string             shown required -- The path on the node.
      type  2: HostPathType? = ""                -- What sort it is.

    type ImageVolumeSource  -- An image's files as a volume.
      reference  1: string      -- Which image.
      pullPolicy 2: PullPolicy  -- When to pull: Always, IfNotPresent or Never.

    type ISCSIVolumeSource  -- An iSCSI disk.
      targetPortal      1!: string                shown  -- The target's address.
      iqn               2!: string                shown  -- The target's qualified name.
      lun               3!: int32                 shown  -- The logical unit's number.
      iscsiInterface     4: string = "default"           -- The interface in use.
      fsType             5: string                       -- The file system to expect or make.
      readOnly           6: boolean                      -- Whether nothing may be written.
      portals            7: [string]              atomic -- Further addresses of the target.
      chapAuthDiscovery  8: boolean                      -- Whether discovery signs in with CHAP.
      secretRef         10: LocalObjectReference?        -- The Secret with the credentials.
      chapAuthSession   11: boolean                      -- Whether sessions sign in with CHAP.
      initiatorName     12: string?                      -- The initiator's own name.

    type NFSVolumeSource  -- An NFS share.
      server   1!: string  shown -- The server's name or address.
      path     2!: string  shown -- The path.
      readOnly  3: boolean       -- Whether nothing may be written.

    type PersistentVolumeClaimVolumeSource  -- A PersistentVolumeClaim of the namespace.
      claimName 1!: string  shown required -- Which claim.
      readOnly   2: boolean                -- Whether nothing may be written.

    type PhotonPersistentDiskVolumeSource  -- A disk of Photon.
      pdID   1!: string shown -- The disk's number.
      fsType  2: string       -- The file system to expect or make.

    type PortworxVolumeSource  -- A Portworx volume.
      volumeID 1!: string  shown -- The disk's name at its provider.
      fsType    2: string        -- The file system to expect or make.
      readOnly  3: boolean       -- Whether nothing may be written.

    type ProjectedVolumeSource  -- Several sources in one directory.
      sources     1: [VolumeProjection] atomic -- What is put together.
      defaultMode 2: int32? = 420              -- Permission bits of the files.

    type VolumeProjection  -- One of several sources of a directory.
      secret              1: SecretProjection?               -- A Secret's entries as files.
      downwardAPI         2: DownwardAPIProjection?          -- Facts about the pod as files.
      configMap           3: ConfigMapProjection?            -- A ConfigMap's entries as files.
      serviceAccountToken 4: ServiceAccountTokenProjection?  -- A token for the API as a file.
      clusterTrustBundle  5: ClusterTrustBundleProjection?   -- Trusted certificates as a file.
      podCertificate      6: PodCertificateProjection?       -- A key and certificates made for the pod.

    type ClusterTrustBundleProjection  -- Trusted certificates as a file.
      name           1: string?              -- The name.
      signerName     2: string?              -- Who signs.
      labelSelector  3: LabelSelector?       -- Which objects, by their labels.
      path          4!: string         shown -- The path.
      optional       5: boolean?             -- Whether it may be missing.

    type ConfigMapProjection  -- A ConfigMap's entries as files.
      name     1.1: string      shown  -- The name.
      items      2: [KeyToPath] atomic -- Which keys become which files; all if absent.
      optional   4: boolean?           -- Whether it may be missing.

    type DownwardAPIProjection  -- Facts about the pod as files.
      items 1: [DownwardAPIVolumeFile] atomic -- The files.

    type PodCertificateProjection  -- A key and certificates made for a pod.
      signerName           1!: string    -- Who signs.
      keyType              2!: string    -- The sort of key.
      maxExpirationSeconds  3: int32?    -- How long a certificate may be valid.
      credentialBundlePath  4: string    -- Where key and certificates go together.
      keyPath               5: string    -- Where the key goes.
      certificateChainPath  6: string    -- Where the certificates go.
      userAnnotations       7: {string}  -- Notes for the signer.

    type SecretProjection  -- A Secret's entries as files.
      name     1.1: string      shown  -- The name.
      items      2: [KeyToPath] atomic -- Which keys become which files; all if absent.
      optional   4: boolean?           -- Whether it may be missing.

    type ServiceAccountTokenProjection  -- A token for the API as a file.
      audience           1: string              -- For whom the token is meant.
      expirationSeconds  2: int64? = 3600       -- How long a token is valid.
      path              3!: string        shown -- The path.

    type QuobyteVolumeSource  -- A Quobyte volume.
      registry 1!: string  shown -- Addresses of the registries.
      volume   2!: string  shown -- The volume's name.
      readOnly  3: boolean       -- Whether nothing may be written.
      user      4: string        -- The user.
      group     5: string        -- The group that mounts; none if absent.
      tenant    6: string        -- The tenant.

    type RBDVolumeSource  -- A Ceph block image.
      monitors  1!: [string]                     shown atomic -- Addresses of the Ceph monitors.
      image     2!: string                       shown        -- The name of the block image.
      fsType     3: string                                    -- The file system to expect or make.
      pool       4: string = "rbd"                            -- The pool's name.
      user       5: string = "admin"                          -- The user.
      keyring    6: string = "/etc/ceph/keyring"              -- The file with the keys.
      secretRef  7: LocalObjectReference?                     -- The Secret with the credentials.
      readOnly   8: boolean                                   -- Whether nothing may be written.

    type ScaleIOVolumeSource  -- A ScaleIO volume.
      gateway          1!: string                     shown -- The gateway's address.
      system           2!: string                     shown -- The storage system.
      secretRef        3!: LocalObjectReference?            -- The Secret with the credentials.
      sslEnabled        4: boolean                          -- Whether to speak TLS.
      protectionDomain  5: string                           -- The protection domain.
      storagePool       6: string                           -- The storage pool.
      storageMode       7: string = "ThinProvisioned"       -- ThickProvisioned or ThinProvisioned.
      volumeName        8: string                           -- The volume's name.
      fsType            9: string = "xfs"                   -- The file system to expect or make.
      readOnly         10: boolean                          -- Whether nothing may be written.

    type SecretVolumeSource  -- A Secret's entries as files.
      secretName  1: string       required -- Which Secret.
      items       2: [KeyToPath]  atomic   -- Which keys become which files; all if absent.
      defaultMode 3: int32? = 420          -- Permission bits of the files.
      optional    4: boolean?              -- Whether it may be missing.

    type StorageOSVolumeSource  -- A StorageOS volume.
      volumeName      1: string                 -- The volume's name.
      volumeNamespace 2: string                 -- The namespace of the volume.
      fsType          3: string                 -- The file system to expect or make.
      readOnly        4: boolean                -- Whether nothing may be written.
      secretRef       5: LocalObjectReference?  -- The Secret with the credentials.

    type VsphereVirtualDiskVolumeSource  -- A disk of vSphere.
      volumePath        1!: string shown -- The disk's path.
      fsType             2: string       -- The file system to expect or make.
      storagePolicyName  3: string       -- The storage policy's name.
      storagePolicyID    4: string       -- The storage policy's number.
    """#
}
