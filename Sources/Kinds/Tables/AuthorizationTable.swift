extension Tables {
  /// Types of authorization.k8s.io/v1.
  static let authorization = #"""
    package io.k8s.api.authorization.v1 authorization.k8s.io/v1

    alias ExtraValue: [string] wrapped

    kind SubjectAccessReview
      metadata  1: ObjectMeta
      spec     2!: SubjectAccessReviewSpec
      status    3: SubjectAccessReviewStatus

    type SubjectAccessReviewSpec
      resourceAttributes    1: ResourceAttributes?
      nonResourceAttributes 2: NonResourceAttributes?
      user                  3: string
      groups                4: [string]               atomic
      extra                 5: {ExtraValue}
      uid                   6: string

    type NonResourceAttributes
      path 1: string
      verb 2: string

    type ResourceAttributes
      namespace     1: string
      verb          2: string
      group         3: string
      version       4: string
      resource      5: string
      subresource   6: string
      name          7: string
      fieldSelector 8: FieldSelectorAttributes?
      labelSelector 9: LabelSelectorAttributes?

    type FieldSelectorAttributes
      rawSelector  1: string
      requirements 2: [FieldSelectorRequirement] atomic

    type LabelSelectorAttributes
      rawSelector  1: string
      requirements 2: [LabelSelectorRequirement] atomic

    type SubjectAccessReviewStatus
      allowed         1!: boolean shown
      reason           2: string
      evaluationError  3: string
      denied           4: boolean

    kind SelfSubjectAccessReview
      metadata  1: ObjectMeta
      spec     2!: SelfSubjectAccessReviewSpec
      status    3: SubjectAccessReviewStatus

    type SelfSubjectAccessReviewSpec
      resourceAttributes    1: ResourceAttributes?
      nonResourceAttributes 2: NonResourceAttributes?

    kind LocalSubjectAccessReview
      metadata  1: ObjectMeta
      spec     2!: SubjectAccessReviewSpec
      status    3: SubjectAccessReviewStatus

    kind SelfSubjectRulesReview
      metadata  1: ObjectMeta
      spec     2!: SelfSubjectRulesReviewSpec
      status    3: SubjectRulesReviewStatus

    type SelfSubjectRulesReviewSpec
      namespace 1: string

    type SubjectRulesReviewStatus
      resourceRules    1!: [ResourceRule]    shown atomic
      nonResourceRules 2!: [NonResourceRule] shown atomic
      incomplete       3!: boolean           shown
      evaluationError   4: string

    type NonResourceRule
      verbs           1!: [string] shown atomic
      nonResourceURLs  2: [string] atomic

    type ResourceRule
      verbs         1!: [string] shown atomic
      apiGroups      2: [string] atomic
      resources      3: [string] atomic
      resourceNames  4: [string] atomic
    """#
}
