extension Tables {
  /// Volumes and claims (core/v1).
  static let coreStorage = #"""
    package io.k8s.api.core.v1 v1

    alias PersistentVolumeClaimConditionType: string
    alias PersistentVolumeClaimPhase: string
    alias PersistentVolumePhase: string
    alias PersistentVolumeReclaimPolicy: string

    kind PersistentVolume list  -- A piece of storage in the cluster.
      metadata 1: ObjectMeta              -- Name, labels and the like.
      spec     2: PersistentVolumeSpec    -- What should be.
      status   3: PersistentVolumeStatus  -- What is.

    type PersistentVolumeSpec  -- What a volume is and who may use it.
      capacity                         1: ResourceList                                  -- How large the volume is.
      gcePersistentDisk              2.1: GCEPersistentDiskVolumeSource?                -- A disk of Google Cloud.
      awsElasticBlockStore           2.2: AWSElasticBlockStoreVolumeSource?             -- A disk of AWS.
      hostPath                       2.3: HostPathVolumeSource?                         -- A path of the node itself.
      glusterfs                      2.4: GlusterfsPersistentVolumeSource?              -- A Gluster file system.
      nfs                            2.5: NFSVolumeSource?                              -- An NFS share.
      rbd                            2.6: RBDPersistentVolumeSource?                    -- A Ceph block image.
      iscsi                          2.7: ISCSIPersistentVolumeSource?                  -- An iSCSI disk.
      cinder                         2.8: CinderPersistentVolumeSource?                 -- A disk of OpenStack.
      cephfs                         2.9: CephFSPersistentVolumeSource?                 -- A Ceph file system.
      fc                            2.10: FCVolumeSource?                               -- A Fibre Channel disk.
      flocker                       2.11: FlockerVolumeSource?                          -- A Flocker volume.
      flexVolume                    2.12: FlexPersistentVolumeSource? -- A volume of a plug-in on the node.
      azureFile                     2.13: AzureFilePersistentVolumeSource?              -- A file share of Azure.
      vsphereVolume                 2.14: VsphereVirtualDiskVolumeSource?               -- A disk of vSphere.
      quobyte                       2.15: QuobyteVolumeSource?                          -- A Quobyte volume.
      azureDisk                     2.16: AzureDiskVolumeSource?                        -- A disk of Azure.
      photonPersistentDisk          2.17: PhotonPersistentDiskVolumeSource?             -- A disk of Photon.
      portworxVolume                2.18: PortworxVolumeSource?                         -- A Portworx volume.
      scaleIO                       2.19: ScaleIOPersistentVolumeSource?                -- A ScaleIO volume.
      local                         2.20: LocalVolumeSource? -- A directory or disk of one node.
      storageos                     2.21: StorageOSPersistentVolumeSource?              -- A StorageOS volume.
      csi                           2.22: CSIPersistentVolumeSource?                    -- A volume of a CSI driver.
      accessModes 3: [PersistentVolumeAccessMode] atomic -- How the volume may be mounted.
      claimRef                         4: ObjectReference? -- The claim that has the volume.
      persistentVolumeReclaimPolicy    5: PersistentVolumeReclaimPolicy = "Retain" -- Then: Retain, Delete or Recycle.
      storageClassName                 6: string                                        -- The storage class.
      mountOptions                     7: [string]                               atomic -- Options of the mount.
      volumeMode                       8: PersistentVolumeMode? = "Filesystem"          -- Filesystem or Block.
      nodeAffinity                     9: VolumeNodeAffinity? -- From which nodes it can be reached.
      volumeAttributesClassName       10: string?                                       -- The attributes class.

    type AzureFilePersistentVolumeSource  -- A file share of Azure, as a volume of the cluster.
      secretName      1!: string  shown -- Which Secret.
      shareName       2!: string  shown -- The share's name.
      readOnly         3: boolean       -- Whether nothing may be written.
      secretNamespace  4: string?       -- The namespace of the Secret.

    type CephFSPersistentVolumeSource  -- A Ceph file system, as a volume of the cluster.
      monitors   1!: [string]         shown atomic -- Addresses of the Ceph monitors.
      path        2: string                        -- The path.
      user        3: string                        -- The user.
      secretFile  4: string                        -- Where the secret is on the node.
      secretRef   5: SecretReference?              -- The Secret with the credentials.
      readOnly    6: boolean                       -- Whether nothing may be written.

    type SecretReference atomic  -- Names a Secret in a namespace.
      name      1: string  -- The name.
      namespace 2: string  -- The namespace.

    type CinderPersistentVolumeSource  -- A disk of OpenStack, as a volume of the cluster.
      volumeID  1!: string           shown -- The disk's name at its provider.
      fsType     2: string                 -- The file system to expect or make.
      readOnly   3: boolean                -- Whether nothing may be written.
      secretRef  4: SecretReference?       -- The Secret with the credentials.

    type CSIPersistentVolumeSource  -- A volume that a CSI driver provides.
      driver                     1!: string           shown -- The name of the driver.
      volumeHandle               2!: string           shown -- The driver's name for the volume.
      readOnly                    3: boolean                -- Whether nothing may be written.
      fsType                      4: string                 -- The file system to expect or make.
      volumeAttributes            5: {string}               -- Facts for the driver.
      controllerPublishSecretRef  6: SecretReference?       -- The secret for attaching the volume.
      nodeStageSecretRef          7: SecretReference?       -- The secret for preparing the volume.
      nodePublishSecretRef        8: SecretReference?       -- The secret for mounting the volume.
      controllerExpandSecretRef   9: SecretReference?       -- The secret for growing the volume.
      nodeExpandSecretRef        10: SecretReference?       -- The secret for growing the volume on the node.

    type FlexPersistentVolumeSource  -- A volume of a plug-in on the node, as a volume of the cluster.
      driver    1!: string           shown -- The name of the driver.
      fsType     2: string                 -- The file system to expect or make.
      secretRef  3: SecretReference?       -- The Secret with the credentials.
      readOnly   4: boolean                -- Whether nothing may be written.
      options    5: {string}               -- Options for the driver.

    type GlusterfsPersistentVolumeSource  -- A Gluster file system, as a volume of the cluster.
      endpoints          1!: string  shown -- The endpoints.
      path               2!: string  shown -- The path.
      readOnly            3: boolean       -- Whether nothing may be written.
      endpointsNamespace  4: string?       -- The namespace of the Endpoints object.

    type ISCSIPersistentVolumeSource  -- An iSCSI disk, as a volume of the cluster.
      targetPortal      1!: string             shown  -- The target's address.
      iqn               2!: string             shown  -- The target's name.
      lun               3!: int32              shown  -- The number of the disk at its target.
      iscsiInterface     4: string = "default"        -- The interface to use.
      fsType             5: string                    -- The file system to expect or make.
      readOnly           6: boolean                   -- Whether nothing may be written.
      portals            7: [string]           atomic -- Further addresses of the target.
      chapAuthDiscovery  8: boolean                   -- Whether discovery uses CHAP.
      secretRef         10: SecretReference?          -- The Secret with the credentials.
      chapAuthSession   11: boolean                   -- Whether sessions use CHAP.
      initiatorName     12: string?                   -- The name that the node gives itself.

    type LocalVolumeSource  -- A directory or disk of one node.
      path   1!: string  shown -- The path.
      fsType  2: string?       -- The file system to expect or make.

    type VolumeNodeAffinity  -- From which nodes a volume can be reached.
      required 1: NodeSelector?  -- Nodes that fit.

    type RBDPersistentVolumeSource  -- A Ceph block image, as a volume of the cluster.
      monitors  1!: [string]                     shown atomic -- Addresses of the Ceph monitors.
      image     2!: string                       shown        -- The image.
      fsType     3: string                                    -- The file system to expect or make.
      pool       4: string = "rbd"                            -- The pool.
      user       5: string = "admin"                          -- The user.
      keyring    6: string = "/etc/ceph/keyring"              -- Where the keys are.
      secretRef  7: SecretReference?                          -- The Secret with the credentials.
      readOnly   8: boolean                                   -- Whether nothing may be written.

    type ScaleIOPersistentVolumeSource  -- A ScaleIO volume, as a volume of the cluster.
      gateway          1!: string                     shown -- The address of the gateway.
      system           2!: string                     shown -- The name of the system.
      secretRef        3!: SecretReference?                 -- The Secret with the credentials.
      sslEnabled        4: boolean                          -- Whether the connection is encrypted.
      protectionDomain  5: string                           -- The protection domain.
      storagePool       6: string                           -- The storage pool.
      storageMode       7: string = "ThinProvisioned"       -- ThickProvisioned or ThinProvisioned.
      volumeName        8: string                           -- The volume's name.
      fsType            9: string = "xfs"                   -- The file system to expect or make.
      readOnly         10: boolean                          -- Whether nothing may be written.

    type StorageOSPersistentVolumeSource  -- A StorageOS volume, as a volume of the cluster.
      volumeName      1: string            -- The volume's name.
      volumeNamespace 2: string            -- The volume's namespace.
      fsType          3: string            -- The file system to expect or make.
      readOnly        4: boolean           -- Whether nothing may be written.
      secretRef       5: ObjectReference?  -- The Secret with the credentials.

    type PersistentVolumeStatus  -- How a volume is.
      phase                   1: PersistentVolumePhase = "Pending"  -- Where it is in its life.
      message                 2: string                             -- For people: what is the matter.
      reason                  3: string                             -- For programs: why, in one word.
      lastPhaseTransitionTime 4: Time?                              -- When the phase last changed.

    kind PersistentVolumeClaim list  -- A claim to storage.
      metadata 1: ObjectMeta                   -- Name, labels and the like.
      spec     2: PersistentVolumeClaimSpec    -- What should be.
      status   3: PersistentVolumeClaimStatus  -- What is.

    type PersistentVolumeClaimStatus  -- How a claim is.
      phase                            1: PersistentVolumeClaimPhase = "Pending"           -- Where it is in its life.
      accessModes 2: [PersistentVolumeAccessMode] atomic -- How the volume may be mounted.
      capacity                         3: ResourceList                                     -- How large the volume is.
      conditions 4: [PersistentVolumeClaimCondition] keys type -- Present observations, one a type.
      allocatedResources               5: ResourceList -- What the node has set aside.
      allocatedResourceStatuses        7: {string} -- How far a change of each resource is.
      currentVolumeAttributesClassName 8: string? -- The attributes class in force.
      modifyVolumeStatus               9: ModifyVolumeStatus? -- How far a change of the attributes is.

    type PersistentVolumeClaimCondition  -- One observation of a claim.
      type               1!: PersistentVolumeClaimConditionType shown -- What sort it is.
      status             2!: ConditionStatus                    shown -- True, False or Unknown.
      lastProbeTime       3: Time                                     -- When it was last looked at.
      lastTransitionTime  4: Time                                     -- When the status last changed.
      reason              5: string                                   -- For programs: why, in one word.
      message             6: string                                   -- For people: what is the matter.

    type ModifyVolumeStatus  -- How far a change of a volume's attributes is.
      targetVolumeAttributesClassName  1: string       -- The attributes class to come.
      status                          2!: string shown -- Pending, InProgress or Infeasible.

    type TopologySelectorTerm atomic  -- Where volumes may be made.
      matchLabelExpressions 1: [TopologySelectorLabelRequirement] atomic -- Rules on node labels.

    type TopologySelectorLabelRequirement  -- A node label and the values that are allowed.
      key    1!: string   shown        -- Which key.
      values 2!: [string] shown atomic -- The values.
    """#
}
