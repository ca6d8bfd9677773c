extension Tables {
  /// Types of discovery.k8s.io/v1.
  static let discovery = #"""
    package io.k8s.api.discovery.v1 discovery.k8s.io/v1

    words AddressType: FQDN IPv4 IPv6

    kind EndpointSlice list  -- Some of the backends of a service.
      metadata     1: ObjectMeta                              -- Name, labels and the like.
      endpoints    2: [Endpoint]     shown atomic             -- The endpoints.
      ports        3: [EndpointPort] shown atomic             -- The ports of every endpoint in the slice.
      addressType 4!: AddressType    shown required immutable -- IPv4, IPv6 or FQDN; fixed for good.

    type Endpoint  -- One backend of a service.
      addresses          1!: [string]           shown set -- Addresses of the endpoint, all meaning the same.
      conditions          2: EndpointConditions           -- Whether the endpoint can be used.
      hostname            3: string?                      -- The host name.
      targetRef           4: ObjectReference?             -- The object behind it, mostly a pod.
      deprecatedTopology  5: {string}                     -- Where it is, in the old form.
      nodeName            6: string?                      -- The node that it runs on.
      zone                7: string?                      -- The zone that it is in.
      hints               8: EndpointHints?               -- Who should use it.

    type EndpointConditions  -- Whether an endpoint can be used.
      ready       1: boolean?  -- Whether it takes traffic.
      serving     2: boolean?  -- Whether it answers, even while it is ending.
      terminating 3: boolean?  -- Whether it is ending.

    type EndpointHints  -- Who should use an endpoint.
      forZones 1: [ForZone] atomic -- Zones that should use it.
      forNodes 2: [ForNode] atomic -- Nodes that should use it.

    type ForNode  -- A node that should use an endpoint.
      name 1!: string shown -- The name.

    type ForZone  -- A zone that should use an endpoint.
      name 1!: string shown -- The name.

    type EndpointPort atomic  -- A port of all endpoints in a slice.
      name        1: string? = ""       -- The name.
      protocol    2: Protocol? = "TCP"  -- TCP, UDP or SCTP.
      port        3: int32?             -- The port's number.
      appProtocol 4: string?            -- What is spoken on the port: http, kubernetes.io/h2c.
    """#
}
