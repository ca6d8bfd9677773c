extension Tables {
  /// Types of discovery.k8s.io/v1.
  static let discovery = #"""
    package io.k8s.api.discovery.v1 discovery.k8s.io/v1

    words AddressType: FQDN IPv4 IPv6

    kind EndpointSlice list
      metadata     1: ObjectMeta
      endpoints    2: [Endpoint]     shown atomic
      ports        3: [EndpointPort] shown atomic
      addressType 4!: AddressType    shown required immutable

    type Endpoint
      addresses          1!: [string]           shown set
      conditions          2: EndpointConditions
      hostname            3: string?
      targetRef           4: ObjectReference?
      deprecatedTopology  5: {string}
      nodeName            6: string?
      zone                7: string?
      hints               8: EndpointHints?

    type EndpointConditions
      ready       1: boolean?
      serving     2: boolean?
      terminating 3: boolean?

    type EndpointHints
      forZones 1: [ForZone] atomic
      forNodes 2: [ForNode] atomic

    type ForNode
      name 1!: string shown

    type ForZone
      name 1!: string shown

    type EndpointPort atomic
      name        1: string? = ""
      protocol    2: Protocol? = "TCP"
      port        3: int32?
      appProtocol 4: string?
    """#
}
