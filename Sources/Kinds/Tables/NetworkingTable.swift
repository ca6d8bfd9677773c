extension Tables {
  /// Types of networking.k8s.io/v1.
  static let networking = #"""
    package io.k8s.api.networking.v1 networking.k8s.io/v1

    words PathType: Exact ImplementationSpecific Prefix
    alias PolicyType: string

    kind IPAddress list  -- An address of the service range that is taken.
      metadata  1: ObjectMeta     -- Name, labels and the like.
      spec     2!: IPAddressSpec  -- What should be.

    type IPAddressSpec  -- Who has an address.
      parentRef 1!: ParentReference?  -- The object that has the address.

    type ParentReference  -- Names the object that an address belongs to.
      group      1: string  -- The API group.
      resource  2!: string  -- The resource of the object that is named.
      namespace  3: string  -- The namespace.
      name      4!: string  -- The name.

    kind Ingress list  -- Leads requests from outside to services, by host and path.
      metadata 1: ObjectMeta     -- Name, labels and the like.
      spec     2: IngressSpec    -- What should be.
      status   3: IngressStatus  -- What is.

    type IngressSpec  -- What an ingress should be.
      defaultBackend   1: IngressBackend?        -- Where requests go that no rule takes.
      tls              2: [IngressTLS]    atomic -- Certificates of hosts.
      rules            3: [IngressRule]   atomic -- The rules.
      ingressClassName 4: string?                -- The class that looks after it.

    type IngressBackend  -- Where requests are led.
      resource 3: TypedLocalObjectReference?  -- An object that answers.
      service  4: IngressServiceBackend?      -- A service of the cluster.

    type IngressServiceBackend  -- A service and its port.
      name 1!: string             shown -- The name.
      port  2: ServiceBackendPort       -- The port.

    type ServiceBackendPort atomic  -- A port of a service, by name or number.
      name   1: string  -- The name.
      number 2: int32   -- The port's number.

    type IngressRule  -- What happens to requests for a host.
      host   1: string                 -- The host name; empty for all.
      http 2.1: HTTPIngressRuleValue?  -- The paths of the host.

    type HTTPIngressRuleValue  -- The paths of a host.
      paths 1!: [HTTPIngressPath] shown atomic -- The paths.

    type HTTPIngressPath  -- A path and where it leads.
      path      1: string          -- The path.
      backend  2!: IngressBackend  -- Where requests are led.
      pathType 3!: PathType?       -- How paths are compared: Exact, Prefix or ImplementationSpecific.

    type IngressTLS  -- Hosts that share a certificate.
      hosts      1: [string] atomic -- The host names.
      secretName 2: string          -- Which Secret.

    type IngressStatus  -- How an ingress is.
      loadBalancer 1: IngressLoadBalancerStatus  -- Where it can be reached.

    type IngressLoadBalancerStatus  -- Where the ingress can be reached.
      ingress 1: [IngressLoadBalancerIngress] atomic -- The addresses of the load balancer.

    type IngressLoadBalancerIngress  -- An address of the load balancer.
      ip       1: string                     -- The address.
      hostname 2: string                     -- The DNS name.
      ports    4: [IngressPortStatus] atomic -- The ports.

    type IngressPortStatus  -- A port of the load balancer.
      port     1!: int32    shown -- The port.
      protocol 2!: Protocol shown -- TCP, UDP or SCTP.
      error     3: string?        -- What went wrong.

    kind IngressClass list  -- A sort of ingress and who looks after it.
      metadata 1: ObjectMeta        -- Name, labels and the like.
      spec     2: IngressClassSpec  -- What should be.

    type IngressClassSpec  -- Who looks after a class, with which parameters.
      controller 1: string                            -- Who looks after the class.
      parameters 2: IngressClassParametersReference?  -- Settings of its own.

    type IngressClassParametersReference  -- Names the parameters of an ingress class.
      apiGroup   1: string?       -- The group of the object that is named.
      kind      2!: string  shown -- The kind of the object that is named.
      name      3!: string  shown -- The name.
      scope      4: string?       -- Cluster or Namespace.
      namespace  5: string?       -- The namespace.

    kind NetworkPolicy list  -- Says which traffic pods may have.
      metadata 1: ObjectMeta         -- Name, labels and the like.
      spec     2: NetworkPolicySpec  -- What should be.

    type NetworkPolicySpec  -- Which pods, and which traffic.
      podSelector 1: LabelSelector                     -- Which pods, by their labels.
      ingress     2: [NetworkPolicyIngressRule] atomic -- Traffic that may come in.
      egress      3: [NetworkPolicyEgressRule]  atomic -- Traffic that may go out.
      policyTypes 4: [PolicyType]               atomic -- Whether it is about Ingress, Egress or both.

    type NetworkPolicyEgressRule  -- Traffic that may go out.
      ports 1: [NetworkPolicyPort] atomic -- The ports.
      to    2: [NetworkPolicyPeer] atomic -- Who may receive.

    type NetworkPolicyPort  -- Which port.
      protocol 1: Protocol? = "TCP"  -- TCP, UDP or SCTP.
      port     2: IntOrString?       -- The port.
      endPort  3: int32?             -- The last port of a range.

    type NetworkPolicyPeer  -- Who is at the other end.
      podSelector       1: LabelSelector?  -- Which pods, by their labels.
      namespaceSelector 2: LabelSelector?  -- Which namespaces, by their labels.
      ipBlock           3: IPBlock?        -- A range of addresses.

    type IPBlock  -- A range of addresses with holes.
      cidr   1!: string   shown  -- The range of addresses.
      except  2: [string] atomic -- Ranges within that are left out.

    type NetworkPolicyIngressRule  -- Traffic that may come in.
      ports 1: [NetworkPolicyPort] atomic -- The ports.
      from  2: [NetworkPolicyPeer] atomic -- Who may send.

    kind ServiceCIDR list  -- A range of addresses for services.
      metadata 1: ObjectMeta         -- Name, labels and the like.
      spec     2: ServiceCIDRSpec    -- What should be.
      status   3: ServiceCIDRStatus  -- What is.

    type ServiceCIDRSpec  -- The ranges.
      cidrs 1: [string] atomic -- The ranges of addresses, one a family.

    type ServiceCIDRStatus  -- How a range is.
      conditions 1: [Condition] keys type -- Present observations, one a type.
    """#
}
