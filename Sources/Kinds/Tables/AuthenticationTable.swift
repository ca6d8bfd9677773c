extension Tables {
  /// Types of authentication.k8s.io/v1.
  static let authentication = #"""
    package io.k8s.api.authentication.v1 authentication.k8s.io/v1

    alias ExtraValue: [string] wrapped

    kind SelfSubjectReview  -- Asks who you are.
      metadata 1: ObjectMeta               -- Name, labels and the like.
      status   2: SelfSubjectReviewStatus  -- What is.

    type SelfSubjectReviewStatus  -- Who you are.
      userInfo 1: UserInfo  -- Who is asking.

    type UserInfo  -- Who a user is.
      username 1: string              -- The user's name.
      uid      2: string              -- The user's number, never used twice.
      groups   3: [string]     atomic -- Groups that the user is in.
      extra    4: {ExtraValue}        -- Further facts about the user.

    kind TokenRequest  -- Asks for a token of a service account.
      metadata 1: ObjectMeta          -- Name, labels and the like.
      spec     2: TokenRequestSpec    -- What should be.
      status   3: TokenRequestStatus  -- What is.

    type TokenRequestSpec  -- What token is wanted.
      audiences         1: [string]              shown atomic -- For whom the token is meant.
      boundObjectRef    3: BoundObjectReference?              -- The object that the token ends with.
      expirationSeconds 4: int64?                             -- How long a token is valid.

    type BoundObjectReference  -- The object that a token ends with.
      kind       1: string  -- The kind of the object that is named.
      apiVersion 2: string  -- Group and version of the object that is named.
      name       3: string  -- The name.
      uid        4: UID     -- The object's number, never used twice.

    type TokenRequestStatus  -- The token.
      token               1: string shown -- The token.
      expirationTimestamp 2: Time         -- When the token ends.
    """#
}
