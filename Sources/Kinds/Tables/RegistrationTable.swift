extension Tables {
  /// Types of apiregistration.k8s.io/v1.
  static let registration = #"""
    package io.k8s.kube-aggregator.pkg.apis.apiregistration.v1 apiregistration.k8s.io/v1

    alias APIServiceConditionType: string
    alias ConditionStatus: string

    kind APIService list  -- Says which server answers a group's version.
      metadata 1: ObjectMeta        -- Name, labels and the like; the name is VERSION.GROUP.
      spec     2: APIServiceSpec    -- Which version it is, and who answers.
      status   3: APIServiceStatus  -- Whether it is answered.

    type APIServiceSpec  -- Which version of which group, and who answers.
      service               1: ServiceReference?       -- The Service that answers; without one this server does.
      group                 2: string                  -- The API group.
      version               3: string                  -- The version.
      insecureSkipTLSVerify 4: boolean                 -- Whether the Service's certificate is left unchecked.
      caBundle              5: bytes            atomic -- Whose certificates are trusted, as base64 of PEM.
      groupPriorityMinimum 7!: int32            shown  -- Where the group stands among the groups; the higher the earlier.
      versionPriority      8!: int32            shown  -- Where the version stands in its group; the higher the earlier.

    type ServiceReference  -- Names a Service.
      namespace 1: string        -- Its namespace.
      name      2: string        -- Its name.
      port      3: int32? = 443  -- Its port.

    type APIServiceStatus  -- Whether a version is answered.
      conditions 1: [APIServiceCondition] keys type -- Present observations, one a type.

    type APIServiceCondition  -- One observation of an APIService.
      type               1!: APIServiceConditionType shown -- What sort it is.
      status             2!: ConditionStatus         shown -- True, False or Unknown.
      lastTransitionTime  3: Time                          -- When the status last changed.
      reason              4: string                        -- For programs: why, in one word.
      message             5: string                        -- For people: what is the matter.
    """#
}
