extension Tables {
  /// Types of storage.k8s.io/v1.
  static let storage = #"""
    package io.k8s.api.storage.v1 storage.k8s.io/v1

    words FSGroupPolicy: File None ReadWriteOnceWithFSType
    words VolumeBindingMode: Immediate WaitForFirstConsumer
    words VolumeLifecycleMode: Ephemeral Persistent

    kind CSIDriver list  -- What a storage driver can do.
      metadata  1: ObjectMeta     -- Name, labels and the like.
      spec     2!: CSIDriverSpec  -- What should be.

    type CSIDriverSpec  -- How Kubernetes treats the driver.
      attachRequired                      1: boolean? = true -- Whether volumes are attached to nodes first.
      podInfoOnMount                      2: boolean? = false -- Whether the driver learns of the pod.
      volumeLifecycleModes 3: [VolumeLifecycleMode] = ["Persistent"] set -- How volumes can live: Persistent, Ephemeral.
      storageCapacity                     4: boolean? = false -- Whether free capacity is looked at.
      fsGroupPolicy 5: FSGroupPolicy? = "ReadWriteOnceWithFSType" -- Whether the driver's volumes can change owner.
      tokenRequests 6: [TokenRequest] atomic -- Tokens that the driver is given.
      requiresRepublish                   7: boolean? = false -- Whether volumes are mounted again and again.
      seLinuxMount                        8: boolean? = false -- Whether volumes can be mounted with SELinux labels.
      nodeAllocatableUpdatePeriodSeconds  9: int64? -- How often the driver's limits are read again.
      serviceAccountTokenInSecrets       10: boolean? -- Whether tokens are sent as secrets.
      preventPodSchedulingIfMissing      11: boolean? -- Whether pods wait for a node that has the driver.

    kind TokenRequest  -- A token that a driver is given.
      audience          1!: string shown -- Who the token is for.
      expirationSeconds  2: int64?       -- How long it is good for.

    kind CSINode list  -- The storage drivers of a node.
      metadata  1: ObjectMeta   -- Name, labels and the like.
      spec     2!: CSINodeSpec  -- What should be.

    type CSINodeSpec  -- The drivers.
      drivers 1!: [CSINodeDriver] shown keys name -- The drivers of the node.

    type CSINodeDriver  -- One driver on a node.
      name         1!: string               shown        -- The name.
      nodeID       2!: string               shown        -- The driver's name for the node.
      topologyKeys  3: [string]             shown atomic -- Node labels that say where the node is.
      allocatable   4: VolumeNodeResources?              -- How much there is to give.

    type VolumeNodeResources  -- How much a driver can take on a node.
      count 1: int32?  -- How many volumes at most.

    kind CSIStorageCapacity list  -- How much storage of a class is left somewhere.
      metadata           1: ObjectMeta           -- Name, labels and the like.
      nodeTopology       2: LabelSelector?       -- From which nodes the storage can be reached.
      storageClassName  3!: string         shown -- The storage class.
      capacity           4: Quantity?            -- How much is left.
      maximumVolumeSize  5: Quantity?            -- The largest volume that fits.

    kind StorageClass list  -- A sort of storage, and who makes it.
      metadata              1: ObjectMeta                                    -- Name, labels and the like.
      provisioner          2!: string                                 shown  -- Who makes volumes of the class.
      parameters            3: {string}                                      -- Settings of its own.
      reclaimPolicy 4: PersistentVolumeReclaimPolicy? = "Delete" -- What becomes of released volumes: Retain or Delete.
      mountOptions          5: [string]                               atomic -- Options of the mount.
      allowVolumeExpansion  6: boolean?                                      -- Whether volumes may grow.
      volumeBindingMode 7: VolumeBindingMode? = "Immediate" -- When volumes are made: Immediate or WaitForFirstConsumer.
      allowedTopologies     8: [TopologySelectorTerm]                 atomic -- Where volumes may be made.

    kind VolumeAttachment list  -- Asks a driver to attach a volume to a node.
      metadata  1: ObjectMeta              -- Name, labels and the like.
      spec     2!: VolumeAttachmentSpec    -- What should be.
      status    3: VolumeAttachmentStatus  -- What is.

    type VolumeAttachmentSpec  -- What is attached where, and by whom.
      attacher 1!: string                 shown -- The driver that attaches.
      source   2!: VolumeAttachmentSource       -- Where it comes from.
      nodeName 3!: string                 shown -- The node that it runs on.

    type VolumeAttachmentSource  -- What is attached.
      persistentVolumeName 1: string?                -- Which PersistentVolume.
      inlineVolumeSpec     2: PersistentVolumeSpec?  -- A volume written down here.

    type VolumeAttachmentStatus  -- Whether it is attached.
      attached           1!: boolean      shown -- Whether the volume is attached.
      attachmentMetadata  2: {string}           -- What the driver wants back at the mount.
      attachError         3: VolumeError?       -- What went wrong when attaching.
      detachError         4: VolumeError?       -- What went wrong when detaching.

    type VolumeError  -- What went wrong last.
      time      1: Time    -- When it happened.
      message   2: string  -- For people: what is the matter.
      errorCode 3: int32?  -- The number of the error.

    kind VolumeAttributesClass list  -- Changeable properties of volumes.
      metadata    1: ObjectMeta       -- Name, labels and the like.
      driverName 2!: string     shown -- The name of the driver.
      parameters  3: {string}         -- Settings of its own.
    """#
}
