extension Tables {
  /// Types of flowcontrol.apiserver.k8s.io/v1.
  static let flowControl = #"""
    package io.k8s.api.flowcontrol.v1 flowcontrol.apiserver.k8s.io/v1

    alias FlowDistinguisherMethodType: string
    alias LimitResponseType: string
    alias PriorityLevelEnablement: string
    alias SubjectKind: string

    kind FlowSchema list  -- Sorts requests into priority levels.
      metadata 1: ObjectMeta        -- Name, labels and the like.
      spec     2: FlowSchemaSpec    -- What should be.
      status   3: FlowSchemaStatus  -- What is.

    type FlowSchemaSpec  -- Which requests, and which priority level.
      priorityLevelConfiguration 1!: PriorityLevelConfigurationReference        -- Which priority level.
      matchingPrecedence 2: int32 = 1000 shown -- Which schema goes first; the least number wins.
      distinguisherMethod         3: FlowDistinguisherMethod? -- How requests are told apart: ByUser or ByNamespace.
      rules                       4: [PolicyRulesWithSubjects]           atomic -- The rules.

    type FlowDistinguisherMethod  -- How requests of one schema are told apart.
      type 1!: FlowDistinguisherMethodType shown -- What sort it is.

    type PriorityLevelConfigurationReference  -- Names a priority level.
      name 1!: string shown -- The name.

    type PolicyRulesWithSubjects  -- Which requests by whom.
      subjects         1!: [Subject]               shown atomic -- Who makes the requests.
      resourceRules     2: [ResourcePolicyRule]    atomic       -- Requests for resources.
      nonResourceRules  3: [NonResourcePolicyRule] atomic       -- Requests for addresses that are no resources.

    type NonResourcePolicyRule  -- Requests for addresses that are no resources.
      verbs           1!: [string] shown set -- What is done: get, list; `*` for all.
      nonResourceURLs 6!: [string] shown set -- Addresses; `*` at the end for all below.

    type ResourcePolicyRule  -- Requests for resources.
      verbs        1!: [string] shown set -- What is done: get, list; `*` for all.
      apiGroups    2!: [string] shown set -- API groups; `*` for all.
      resources    3!: [string] shown set -- Resources; `*` for all.
      clusterScope  4: boolean            -- Whether objects without namespace match.
      namespaces    5: [string] set       -- Which namespaces; `*` for all.

    type Subject  -- Who makes a request.
      kind           1!: SubjectKind            shown -- The kind of the object that is named.
      user            2: UserSubject?                 -- The user.
      group           3: GroupSubject?                -- A group of users.
      serviceAccount  4: ServiceAccountSubject?       -- A service account.

    type GroupSubject  -- A group of users.
      name 1!: string shown -- The name.

    type ServiceAccountSubject  -- A service account.
      namespace 1!: string shown -- The namespace.
      name      2!: string shown -- The name.

    type UserSubject  -- A user.
      name 1!: string shown -- The name.

    type FlowSchemaStatus  -- How a flow schema is.
      conditions 1: [FlowSchemaCondition] keys type -- Present observations, one a type.

    type FlowSchemaCondition  -- One observation of a flow schema.
      type               1: string           -- What sort it is.
      status             2: ConditionStatus  -- True, False or Unknown.
      lastTransitionTime 3: Time             -- When the status last changed.
      reason             4: string           -- For programs: why, in one word.
      message            5: string           -- For people: what is the matter.

    kind PriorityLevelConfiguration list  -- A share of the server's capacity.
      metadata 1: ObjectMeta                        -- Name, labels and the like.
      spec     2: PriorityLevelConfigurationSpec    -- What should be.
      status   3: PriorityLevelConfigurationStatus  -- What is.

    type PriorityLevelConfigurationSpec  -- How a priority level shares and queues.
      type    1!: PriorityLevelEnablement            shown -- What sort it is.
      limited  2: LimitedPriorityLevelConfiguration?       -- Settings of a level with a limit.
      exempt   3: ExemptPriorityLevelConfiguration?        -- Settings of a level whose requests never wait.

    type ExemptPriorityLevelConfiguration  -- A priority level whose requests never wait.
      nominalConcurrencyShares 1: int32? = 0  -- The share of the server's capacity.
      lendablePercent          2: int32? = 0  -- How much may be lent to other levels.

    type LimitedPriorityLevelConfiguration  -- A priority level with a limit.
      nominalConcurrencyShares 1: int32? = 30    -- The share of the server's capacity.
      limitResponse            2: LimitResponse  -- What happens to requests over the limit.
      lendablePercent          3: int32? = 0     -- How much may be lent to other levels.
      borrowingLimitPercent    4: int32?         -- How much may be borrowed from other levels.

    type LimitResponse  -- What happens to requests that cannot run at once.
      type    1!: LimitResponseType     shown -- What sort it is.
      queuing  2: QueuingConfiguration?       -- How waiting requests are queued.

    type QueuingConfiguration  -- How waiting requests are queued.
      queues           1: int32 shown -- How many queues there are.
      handSize         2: int32 shown -- How many queues a flow is dealt.
      queueLengthLimit 3: int32 shown -- How many requests fit into a queue.

    type PriorityLevelConfigurationStatus  -- How a priority level is.
      conditions 1: [PriorityLevelConfigurationCondition] keys type -- Present observations, one a type.

    type PriorityLevelConfigurationCondition  -- One observation of a priority level.
      type               1: string           -- What sort it is.
      status             2: ConditionStatus  -- True, False or Unknown.
      lastTransitionTime 3: Time             -- When the status last changed.
      reason             4: string           -- For programs: why, in one word.
      message            5: string           -- For people: what is the matter.
    """#
}
