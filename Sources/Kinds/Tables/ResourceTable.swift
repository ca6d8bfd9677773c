extension Tables {
  /// Types of resource.k8s.io/v1.
  static let resource = #"""
    package io.k8s.api.resource.v1 resource.k8s.io/v1

    alias DeviceAllocationMode: string
    alias DeviceTaintEffect: string
    alias DeviceTolerationOperator: string

    kind DeviceClass list  -- A sort of device, with settings.
      metadata  1: ObjectMeta       -- Name, labels and the like.
      spec     2!: DeviceClassSpec  -- What should be.

    type DeviceClassSpec  -- What belongs to a class.
      selectors            1: [DeviceSelector]           atomic -- Conditions that must all hold.
      config               2: [DeviceClassConfiguration] atomic -- Settings for the driver.
      extendedResourceName 4: string?                           -- The extended resource by which pods can ask for it.

    type DeviceClassConfiguration  -- Settings of a class.
      opaque 1.1: OpaqueDeviceConfiguration?  -- Settings that only the driver understands.

    type OpaqueDeviceConfiguration  -- Settings that only the driver understands.
      driver     1!: string        shown -- The name of the driver.
      parameters 2!: RawExtension? shown -- Settings of its own.

    type DeviceSelector  -- A condition on devices.
      cel 1: CELDeviceSelector?  -- Chooses by an expression.

    type CELDeviceSelector  -- Chooses devices by an expression.
      expression 1!: string shown -- The expression (CEL).

    kind ResourceClaim list  -- A claim to devices.
      metadata  1: ObjectMeta           -- Name, labels and the like.
      spec     2!: ResourceClaimSpec    -- What should be.
      status    3: ResourceClaimStatus  -- What is.

    type ResourceClaimSpec  -- Which devices are wanted.
      devices 1: DeviceClaim  -- The devices.

    type DeviceClaim  -- Which devices are wanted.
      requests    1: [DeviceRequest]            atomic -- The requests.
      constraints 2: [DeviceConstraint]         atomic -- What the devices must have in common.
      config      3: [DeviceClaimConfiguration] atomic -- Settings for the driver.

    type DeviceClaimConfiguration  -- Settings of a claim.
      requests   1: [string]                   atomic -- The requests.
      opaque   2.1: OpaqueDeviceConfiguration?        -- Settings that only the driver understands.

    type DeviceConstraint  -- What chosen devices must have in common.
      requests          1: [string] atomic -- The requests.
      matchAttribute    2: string?         -- An attribute that the devices must share.
      distinctAttribute 3: string?         -- An attribute in which the devices must differ.

    type DeviceRequest  -- One request for devices.
      name           1!: string              shown  -- The name.
      exactly         2: ExactDeviceRequest?        -- What is wanted, in one way only.
      firstAvailable  3: [DeviceSubRequest]  atomic -- Ways of serving the request, best first.

    type ExactDeviceRequest  -- A request for devices of one class.
      deviceClassName 1!: string                              shown  -- The class of the device.
      selectors        2: [DeviceSelector]                    atomic -- Conditions that must all hold.
      allocationMode   3: DeviceAllocationMode = "ExactCount"        -- ExactCount or All.
      count            4: int64                                      -- How many.
      adminAccess      5: boolean? -- Whether it is for looking after the device, whoever else uses it.
      tolerations      6: [DeviceToleration]                  atomic -- Taints that are tolerated.
      capacity         7: CapacityRequirements?                      -- How much capacity is needed.

    type CapacityRequirements  -- How much capacity is needed.
      requests 1: ResourceList  -- The requests.

    type DeviceToleration  -- A device taint that is tolerated.
      key               1: string                              -- Which key.
      operator          2: DeviceTolerationOperator = "Equal"  -- How they are compared.
      value             3: string                              -- The value.
      effect            4: DeviceTaintEffect                   -- What happens to pods that do not tolerate the taint.
      tolerationSeconds 5: int64?                              -- How long the taint is tolerated; for ever if absent.

    type DeviceSubRequest  -- One way of serving a request.
      name            1!: string                              shown  -- The name.
      deviceClassName 2!: string                              shown  -- The class of the device.
      selectors        3: [DeviceSelector]                    atomic -- Conditions that must all hold.
      allocationMode   4: DeviceAllocationMode = "ExactCount"        -- ExactCount or All.
      count            5: int64                                      -- How many.
      tolerations      6: [DeviceToleration]                  atomic -- Taints that are tolerated.
      capacity         7: CapacityRequirements?                      -- How much capacity is needed.

    type ResourceClaimStatus  -- What the claim got and who uses it.
      allocation  1: AllocationResult?                                         -- What the claim got.
      reservedFor 2: [ResourceClaimConsumerReference] keys uid                 -- Who uses the claim.
      devices     4: [AllocatedDeviceStatus]          keys driver,device,pool,shareID unmerged -- The devices.

    type AllocationResult  -- The devices that a claim got.
      devices             1: DeviceAllocationResult  -- The devices.
      nodeSelector        3: NodeSelector?           -- Which nodes can use it.
      allocationTimestamp 5: Time?                   -- When it was given.

    type DeviceAllocationResult  -- Which devices were chosen.
      results 1: [DeviceRequestAllocationResult] atomic -- The devices that were chosen.
      config  2: [DeviceAllocationConfiguration] atomic -- Settings for the driver.

    type DeviceAllocationConfiguration  -- Settings for an allocated device.
      source    1!: string                     shown  -- Where it comes from.
      requests   2: [string]                   atomic -- The requests.
      opaque   3.1: OpaqueDeviceConfiguration?        -- Settings that only the driver understands.

    type DeviceRequestAllocationResult  -- The device that a request got.
      request                  1!: string             shown  -- Which request.
      driver                   2!: string             shown  -- The name of the driver.
      pool                     3!: string             shown  -- The pool.
      device                   4!: string             shown  -- Which device.
      adminAccess               5: boolean? -- Whether it is for looking after the device, whoever else uses it.
      tolerations               6: [DeviceToleration] atomic -- Taints that are tolerated.
      bindingConditions         7: [string]           atomic -- What must be true before pods are bound.
      bindingFailureConditions  8: [string]           atomic -- What makes binding fail.
      shareID                   9: UID?                      -- Which share of the device.
      consumedCapacity         10: ResourceList              -- How much capacity is used.

    type AllocatedDeviceStatus  -- How a device of a claim is.
      driver      1!: string             shown              -- The name of the driver.
      pool        2!: string             shown              -- The pool.
      device      3!: string             shown              -- Which device.
      conditions   4: [Condition]        keys type unmerged -- Present observations, one a type.
      data         5: RawExtension?                         -- What the driver says of the device.
      networkData  6: NetworkDeviceData?                    -- How a network device is set up.
      shareID      7: UID?                                  -- Which share of the device.

    type NetworkDeviceData  -- How a network device is set up.
      interfaceName   1: string          -- The network interface.
      ips             2: [string] atomic -- The addresses.
      hardwareAddress 3: string          -- The hardware address.

    type ResourceClaimConsumerReference  -- Who uses a claim.
      apiGroup  1: string       -- The group of the object that is named.
      resource 3!: string shown -- The resource of the object that is named.
      name     4!: string shown -- The name.
      uid      5!: UID    shown -- The object's number, never used twice.

    kind ResourceClaimTemplate list  -- A template of which each pod gets a claim.
      metadata  1: ObjectMeta                 -- Name, labels and the like.
      spec     2!: ResourceClaimTemplateSpec  -- What should be.

    type ResourceClaimTemplateSpec  -- What a new claim looks like.
      metadata  1: ObjectMeta         -- Name, labels and the like.
      spec     2!: ResourceClaimSpec  -- What should be.

    kind ResourceSlice list  -- Devices that a driver offers.
      metadata  1: ObjectMeta         -- Name, labels and the like.
      spec     2!: ResourceSliceSpec  -- What should be.

    type ResourceSliceSpec  -- Where the devices are and what they are.
      driver                 1!: string        shown  -- The name of the driver.
      pool                   2!: ResourcePool         -- The pool.
      nodeName                3: string?              -- The node that it runs on.
      nodeSelector            4: NodeSelector?        -- Which nodes can use it.
      allNodes                5: boolean?             -- Whether all nodes can use it.
      devices                 6: [Device]      atomic -- The devices.
      perDeviceNodeSelection  7: boolean?             -- Whether each device says which nodes can use it.
      sharedCounters          8: [CounterSet]  atomic -- Amounts that the devices share.

    type Device  -- One device of a node or a pool.
      name                            1!: string                           shown  -- The name.
      attributes                       2: {DeviceAttribute}                       -- Facts about the device, by name.
      capacity                         3: {DeviceCapacity}                        -- How much of what the device has.
      consumesCounters 4: [DeviceCounterConsumption] atomic -- What the device uses of shared counters.
      nodeName                         5: string?                                 -- The node that it runs on.
      nodeSelector                     6: NodeSelector?                           -- Which nodes can use it.
      allNodes                         7: boolean?                                -- Whether all nodes can use it.
      taints                           8: [DeviceTaint]                    atomic -- What keeps claims off.
      bindsToNode                      9: boolean? -- Whether the claim is bound to the node of the device.
      bindingConditions 10: [string] atomic -- What must be true before pods are bound.
      bindingFailureConditions        11: [string]                         atomic -- What makes binding fail.
      allowMultipleAllocations        12: boolean? -- Whether several claims can share the device.
      nodeAllocatableResourceMappings 13: {NodeAllocatableResourceMapping}        -- What it takes of the node's own.

    type DeviceAttribute  -- A fact about a device; one field is set.
      int      2: int64?           -- A whole number.
      bool     3: boolean?         -- A truth.
      string   4: string?          -- A text.
      version  5: string?          -- A version number.
      ints     6: [int64]   atomic -- Several whole numbers.
      bools    7: [boolean] atomic -- Several truths.
      strings  8: [string]  atomic -- Several texts.
      versions 9: [string]  atomic -- Several version numbers.

    type DeviceCapacity  -- One capacity of a device.
      value         1!: Quantity                -- The value.
      requestPolicy  2: CapacityRequestPolicy?  -- How parts of it may be requested.

    type CapacityRequestPolicy  -- How parts of a device's capacity may be requested.
      default     1: Quantity?                          -- The amount if none is said.
      validValues 3: [Quantity]                  atomic -- The amounts that may be requested.
      validRange  4: CapacityRequestPolicyRange?        -- Which amounts may be requested.

    type CapacityRequestPolicyRange  -- Which amounts may be requested.
      min  1!: Quantity?  -- The least.
      max   2: Quantity?  -- The most.
      step  3: Quantity?  -- The step between amounts.

    type DeviceCounterConsumption  -- What a device uses of a counter set.
      counterSet 1!: string    shown -- Which counter set.
      counters   2!: {Counter} shown -- The amounts, by name.

    type Counter  -- An amount that devices use up.
      value 1!: Quantity  -- The value.

    type NodeAllocatableResourceMapping  -- How a device's use counts against the node's resources.
      capacityKey          1: string?    -- Which capacity of the device is counted.
      allocationMultiplier 2: Quantity?  -- By what the amount is multiplied.

    type DeviceTaint  -- Keeps claims off a device that do not tolerate it.
      key       1!: string            shown -- Which key.
      value      2: string                  -- The value.
      effect    3!: DeviceTaintEffect shown -- What happens to pods that do not tolerate the taint.
      timeAdded  4: Time?                   -- When it was added.

    type ResourcePool  -- The pool that a slice is a part of.
      name               1!: string shown -- The name.
      generation         2!: int64  shown -- Goes up with every change of the pool.
      resourceSliceCount 3!: int64  shown -- How many slices the pool has.

    type CounterSet  -- Amounts that devices share.
      name     1!: string    shown -- The name.
      counters 2!: {Counter} shown -- The amounts, by name.
    """#
}
