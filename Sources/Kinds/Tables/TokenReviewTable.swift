extension Tables {
  /// Token reviews (authentication.k8s.io/v1).
  static let tokenReview = #"""
    package io.k8s.api.authentication.v1 authentication.k8s.io/v1

    kind TokenReview  -- Asks whom a token belongs to.
      metadata  1: ObjectMeta         -- Name, labels and the like.
      spec     2!: TokenReviewSpec    -- What should be.
      status    3: TokenReviewStatus  -- What is.

    type TokenReviewSpec  -- The token that is asked about.
      token     1!: string          -- The token.
      audiences  2: [string] atomic -- Who the token is for.

    type TokenReviewStatus  -- What is known of the token.
      authenticated 1: boolean         -- Whether the token is good.
      user          2: UserInfo        -- The user.
      error         3: string          -- What went wrong.
      audiences     4: [string] atomic -- Who the token is for.
    """#
}
