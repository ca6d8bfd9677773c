extension Tables {
  /// Types of authentication.k8s.io/v1.
  static let authentication = #"""
    package io.k8s.api.authentication.v1 authentication.k8s.io/v1

    alias ExtraValue: [string] wrapped

    kind SelfSubjectReview
      metadata 1: ObjectMeta
      status   2: SelfSubjectReviewStatus

    type SelfSubjectReviewStatus
      userInfo 1: UserInfo

    type UserInfo
      username 1: string
      uid      2: string
      groups   3: [string]     atomic
      extra    4: {ExtraValue}

    kind TokenRequest
      metadata 1: ObjectMeta
      spec     2: TokenRequestSpec
      status   3: TokenRequestStatus

    type TokenRequestSpec
      audiences         1: [string]              shown atomic
      boundObjectRef    3: BoundObjectReference?
      expirationSeconds 4: int64?

    type BoundObjectReference
      kind       1: string
      apiVersion 2: string
      name       3: string
      uid        4: UID

    type TokenRequestStatus
      token               1: string shown
      expirationTimestamp 2: Time
    """#
}
