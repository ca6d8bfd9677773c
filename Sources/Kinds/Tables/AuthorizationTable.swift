extension Tables {
  /// Types of authorization.k8s.io/v1.
  static let authorization = #"""
    package io.k8s.api.authorization.v1 authorization.k8s.io/v1

    alias ExtraValue: [string] wrapped

    kind SubjectAccessReview  -- Asks whether a user may do something.
      metadata  1: ObjectMeta                 -- Name, labels and the like.
      spec     2!: SubjectAccessReviewSpec    -- What should be.
      status    3: SubjectAccessReviewStatus  -- What is.

    type SubjectAccessReviewSpec  -- Who wants to do what.
      resourceAttributes    1: ResourceAttributes?           -- A request for objects.
      nonResourceAttributes 2: NonResourceAttributes?        -- A request for a path that is no object.
      user                  3: string                        -- The user.
      groups                4: [string]               atomic -- Groups that the user is in.
      extra                 5: {ExtraValue}                  -- Further facts about the user.
      uid                   6: string                        -- The user's number.

    type NonResourceAttributes  -- A request for a path that is no object.
      path 1: string  -- The path.
      verb 2: string  -- What is to be done: get, list, create.

    type ResourceAttributes  -- A request for objects.
      namespace     1: string                    -- The namespace.
      verb          2: string                    -- What is to be done: get, list, create.
      group         3: string                    -- The API group.
      version       4: string                    -- The API version.
      resource      5: string                    -- The resource, in the plural: pods.
      subresource   6: string                    -- The part of the object: status, log.
      name          7: string                    -- Which object; empty for all.
      fieldSelector 8: FieldSelectorAttributes?  -- Which objects, by their fields.
      labelSelector 9: LabelSelectorAttributes?  -- Which objects, by their labels.

    type FieldSelectorAttributes  -- A selection by fields.
      rawSelector  1: string                            -- The selector as it was written.
      requirements 2: [FieldSelectorRequirement] atomic -- The selector, taken apart.

    type LabelSelectorAttributes  -- A selection by labels.
      rawSelector  1: string                            -- The selector as it was written.
      requirements 2: [LabelSelectorRequirement] atomic -- The selector, taken apart.

    type SubjectAccessReviewStatus  -- Whether it is allowed.
      allowed         1!: boolean shown -- Whether it is allowed.
      reason           2: string        -- For programs: why, in one word.
      evaluationError  3: string        -- What went wrong while looking; the answer may still hold.
      denied           4: boolean       -- Whether it is forbidden, whatever others say.

    kind SelfSubjectAccessReview  -- Asks whether you may do something.
      metadata  1: ObjectMeta                   -- Name, labels and the like.
      spec     2!: SelfSubjectAccessReviewSpec  -- What should be.
      status    3: SubjectAccessReviewStatus    -- What is.

    type SelfSubjectAccessReviewSpec  -- What you want to do.
      resourceAttributes    1: ResourceAttributes?     -- A request for objects.
      nonResourceAttributes 2: NonResourceAttributes?  -- A request for a path that is no object.

    kind LocalSubjectAccessReview  -- Asks whether a user may do something in one namespace.
      metadata  1: ObjectMeta                 -- Name, labels and the like.
      spec     2!: SubjectAccessReviewSpec    -- What should be.
      status    3: SubjectAccessReviewStatus  -- What is.

    kind SelfSubjectRulesReview  -- Asks what you may do in a namespace.
      metadata  1: ObjectMeta                  -- Name, labels and the like.
      spec     2!: SelfSubjectRulesReviewSpec  -- What should be.
      status    3: SubjectRulesReviewStatus    -- What is.

    type SelfSubjectRulesReviewSpec  -- In which namespace.
      namespace 1: string  -- The namespace.

    type SubjectRulesReviewStatus  -- What is allowed.
      resourceRules    1!: [ResourceRule]    shown atomic -- What is allowed on objects.
      nonResourceRules 2!: [NonResourceRule] shown atomic -- What is allowed on paths.
      incomplete       3!: boolean           shown        -- Whether there may be more rules.
      evaluationError   4: string                         -- What went wrong while looking; the answer may still hold.

    type NonResourceRule  -- What is allowed on paths.
      verbs           1!: [string] shown atomic -- What may be done: get, list, watch, create; `*` for all.
      nonResourceURLs  2: [string] atomic       -- Paths that are no objects; may end in `*`.

    type ResourceRule  -- What is allowed on objects.
      verbs         1!: [string] shown atomic -- What may be done: get, list, watch, create; `*` for all.
      apiGroups      2: [string] atomic       -- API groups; `*` for all, empty text for core.
      resources      3: [string] atomic       -- Resources; `*` for all.
      resourceNames  4: [string] atomic       -- Names of single objects; all if empty.
    """#
}
