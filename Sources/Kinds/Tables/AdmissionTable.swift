extension Tables {
  /// Types of admissionregistration.k8s.io/v1.
  static let admission = #"""
    package io.k8s.api.admissionregistration.v1 admissionregistration.k8s.io/v1

    alias FailurePolicyType: string
    alias MatchPolicyType: string
    alias OperationType: string
    alias ParameterNotFoundActionType: string
    alias PatchType: string
    alias ReinvocationPolicyType: string
    alias ScopeType: string
    alias SideEffectClass: string
    alias ValidationAction: string

    kind MutatingAdmissionPolicy list  -- Changes objects on their way in, by expressions.
      metadata 1: ObjectMeta                   -- Name, labels and the like.
      spec     2: MutatingAdmissionPolicySpec  -- What should be.

    type MutatingAdmissionPolicySpec  -- What a mutating policy does.
      paramKind          1: ParamKind?                            -- The kind of the parameters.
      matchConstraints   2: MatchResources?                       -- Which requests it is about.
      variables          3: [Variable]                  atomic    -- Expressions with names.
      mutations          4: [Mutation]                  atomic    -- The changes, in order.
      failurePolicy      5: FailurePolicyType? = "Fail"           -- What an error means: Fail or Ignore.
      matchConditions    6: [MatchCondition]            keys name -- Conditions that a request must meet.
      reinvocationPolicy 7: ReinvocationPolicyType                -- Whether changes call it again: Never, IfNeeded.

    type MatchCondition  -- A condition that a request must meet.
      name       1!: string shown -- The name.
      expression 2!: string shown -- The expression (CEL).

    type MatchResources atomic  -- Which requests something is about.
      namespaceSelector    1: LabelSelector? = {}                    -- Which namespaces, by their labels.
      objectSelector       2: LabelSelector? = {}                    -- Which objects, by their labels.
      resourceRules        3: [NamedRuleWithOperations]       atomic -- Requests for resources.
      excludeResourceRules 4: [NamedRuleWithOperations]       atomic -- Requests that are left out.
      matchPolicy          7: MatchPolicyType? = "Equivalent" -- Whether other versions match too: Exact or Equivalent.

    type NamedRuleWithOperations atomic  -- A rule that can also name single objects.
      resourceNames     1: [string]         atomic -- Which objects, by name; all if empty.
      operations      2.1: [OperationType]  atomic -- CREATE, UPDATE, DELETE, CONNECT; `*` for all.
      apiGroups     2.2.1: [string]         atomic -- API groups; `*` for all.
      apiVersions   2.2.2: [string]         atomic -- API versions; `*` for all.
      resources     2.2.3: [string]         atomic -- Resources; `*` for all.
      scope         2.2.4: ScopeType? = "*"        -- Cluster, Namespaced or `*`.

    type Mutation  -- One change that a policy makes.
      patchType          2!: PatchType           shown -- ApplyConfiguration or JSONPatch.
      applyConfiguration  3: ApplyConfiguration?       -- The fields to apply.
      jsonPatch           4: JSONPatch?                -- The steps of a JSON Patch.

    type ApplyConfiguration  -- A change written as an expression that gives the fields to apply.
      expression 1: string  -- The expression (CEL).

    type JSONPatch  -- A change written as an expression that gives JSON Patch steps.
      expression 1: string  -- The expression (CEL).

    type ParamKind atomic  -- The kind of a policy's parameters.
      apiVersion 1: string  -- Group and version of the object that is named.
      kind       2: string  -- The kind of the object that is named.

    type Variable atomic  -- A named expression that others can use.
      name       1!: string shown -- The name.
      expression 2!: string shown -- The expression (CEL).

    kind MutatingAdmissionPolicyBinding list  -- Puts a mutating policy in force.
      metadata 1: ObjectMeta                          -- Name, labels and the like.
      spec     2: MutatingAdmissionPolicyBindingSpec  -- What should be.

    type MutatingAdmissionPolicyBindingSpec  -- Which policy is in force where.
      policyName     1: string           -- Which policy.
      paramRef       2: ParamRef?        -- Where the parameters are found.
      matchResources 3: MatchResources?  -- Which requests it is about.

    type ParamRef atomic  -- Where a policy's parameters are found.
      name                    1: string                        -- The name.
      namespace               2: string                        -- The namespace.
      selector                3: LabelSelector?                -- Which objects, by their labels.
      parameterNotFoundAction 4: ParameterNotFoundActionType?  -- What missing parameters mean: Allow or Deny.

    kind MutatingWebhookConfiguration list  -- Web services that change objects on their way in.
      metadata 1: ObjectMeta                  -- Name, labels and the like.
      webhooks 2: [MutatingWebhook] keys name -- The web services.

    type MutatingWebhook  -- A web service that changes objects on their way in.
      name                    1!: string                            shown        -- The name.
      clientConfig            2!: WebhookClientConfig                            -- How the service is reached.
      rules                    3: [RuleWithOperations]              atomic       -- The rules.
      failurePolicy            4: FailurePolicyType? = "Fail"                    -- What an error means: Fail or Ignore.
      namespaceSelector        5: LabelSelector? = {}                            -- Which namespaces, by their labels.
      sideEffects             6!: SideEffectClass? -- Whether a call changes anything else: None or NoneOnDryRun.
      timeoutSeconds           7: int32? = 10                                    -- How long the service has to answer.
      admissionReviewVersions 8!: [string] shown atomic -- The versions of AdmissionReview that the service understands.
      matchPolicy 9: MatchPolicyType? = "Equivalent" -- Whether other versions match too: Exact or Equivalent.
      reinvocationPolicy      10: ReinvocationPolicyType? = "Never" -- Whether changes call it again: Never, IfNeeded.
      objectSelector          11: LabelSelector? = {}                            -- Which objects, by their labels.
      matchConditions         12: [MatchCondition]                  keys name    -- Conditions that a request must meet.

    type WebhookClientConfig  -- How a web service is reached.
      service  1: ServiceReference?  -- A service of the cluster.
      caBundle 2: bytes              -- The certificates by which the service is trusted.
      url      3: string?            -- The address of the service outside of the cluster.

    type ServiceReference  -- A service of the cluster.
      namespace 1!: string       shown -- The namespace.
      name      2!: string       shown -- The name.
      path       3: string?            -- The path.
      port       4: int32? = 443       -- The port.

    type RuleWithOperations  -- Which operations on which resources.
      operations    1: [OperationType]  atomic -- CREATE, UPDATE, DELETE, CONNECT; `*` for all.
      apiGroups   2.1: [string]         atomic -- API groups; `*` for all.
      apiVersions 2.2: [string]         atomic -- API versions; `*` for all.
      resources   2.3: [string]         atomic -- Resources; `*` for all.
      scope       2.4: ScopeType? = "*"        -- Cluster, Namespaced or `*`.

    kind ValidatingAdmissionPolicy list  -- Refuses objects that break its rules, by expressions.
      metadata 1: ObjectMeta                       -- Name, labels and the like.
      spec     2: ValidatingAdmissionPolicySpec    -- What should be.
      status   3: ValidatingAdmissionPolicyStatus  -- What is.

    type ValidatingAdmissionPolicySpec  -- What a validating policy demands.
      paramKind        1: ParamKind?                            -- The kind of the parameters.
      matchConstraints 2: MatchResources?                       -- Which requests it is about.
      validations      3: [Validation]                atomic    -- The rules.
      failurePolicy    4: FailurePolicyType? = "Fail"           -- What an error means: Fail or Ignore.
      auditAnnotations 5: [AuditAnnotation]           atomic    -- Notes for the audit log.
      matchConditions  6: [MatchCondition]            keys name -- Conditions that a request must meet.
      variables        7: [Variable]                  keys name -- Expressions with names.

    type AuditAnnotation  -- A note that a policy adds to the audit log.
      key             1!: string shown -- Which key.
      valueExpression 2!: string shown -- What is noted, as an expression.

    type Validation  -- One rule of a policy.
      expression        1!: string  shown -- The expression (CEL).
      message            2: string        -- For people: what is the matter.
      reason             3: string?       -- For programs: why, in one word.
      messageExpression  4: string        -- What is said, as an expression.

    type ValidatingAdmissionPolicyStatus  -- How a validating policy is.
      observedGeneration 1: int64                            -- Which generation of the spec this status speaks of.
      typeChecking       2: TypeChecking?                    -- What checking the expressions' types found.
      conditions         3: [Condition]   keys type unmerged -- Present observations, one a type.

    type TypeChecking  -- What checking the expressions' types found.
      expressionWarnings 1: [ExpressionWarning] atomic -- Doubts about expressions.

    type ExpressionWarning  -- A doubt about one expression.
      fieldRef 2!: string shown -- Which field.
      warning  3!: string shown -- The doubt.

    kind ValidatingAdmissionPolicyBinding list  -- Puts a validating policy in force.
      metadata  1: ObjectMeta                            -- Name, labels and the like.
      spec     2!: ValidatingAdmissionPolicyBindingSpec  -- What should be.

    type ValidatingAdmissionPolicyBindingSpec  -- Which policy is in force where, and what happens.
      policyName        1!: string                 -- Which policy.
      paramRef           2: ParamRef?              -- Where the parameters are found.
      matchResources     3: MatchResources?        -- Which requests it is about.
      validationActions 4!: [ValidationAction] set -- What a broken rule does: Deny, Warn, Audit.

    kind ValidatingWebhookConfiguration list  -- Web services that may refuse objects.
      metadata 1: ObjectMeta                    -- Name, labels and the like.
      webhooks 2: [ValidatingWebhook] keys name -- The web services.

    type ValidatingWebhook  -- A web service that may refuse objects.
      name                    1!: string                          shown        -- The name.
      clientConfig            2!: WebhookClientConfig                          -- How the service is reached.
      rules                    3: [RuleWithOperations]            atomic       -- The rules.
      failurePolicy            4: FailurePolicyType? = "Fail"                  -- What an error means: Fail or Ignore.
      namespaceSelector        5: LabelSelector? = {}                          -- Which namespaces, by their labels.
      sideEffects             6!: SideEffectClass? -- Whether a call changes anything else: None or NoneOnDryRun.
      timeoutSeconds           7: int32? = 10                                  -- How long the service has to answer.
      admissionReviewVersions 8!: [string] shown atomic -- The versions of AdmissionReview that the service understands.
      matchPolicy 9: MatchPolicyType? = "Equivalent" -- Whether other versions match too: Exact or Equivalent.
      objectSelector          10: LabelSelector? = {}                          -- Which objects, by their labels.
      matchConditions         11: [MatchCondition]                keys name    -- Conditions that a request must meet.
    """#
}
