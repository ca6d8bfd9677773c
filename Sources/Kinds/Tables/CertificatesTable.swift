extension Tables {
  /// Types of certificates.k8s.io/v1.
  static let certificates = #"""
    package io.k8s.api.certificates.v1 certificates.k8s.io/v1

    alias ExtraValue: [string] wrapped
    alias KeyUsage: string
    alias RequestConditionType: string

    kind CertificateSigningRequest list  -- Asks a signer for a certificate.
      metadata  1: ObjectMeta                       -- Name, labels and the like.
      spec     2!: CertificateSigningRequestSpec    -- What should be.
      status    3: CertificateSigningRequestStatus  -- What is.

    type CertificateSigningRequestSpec  -- What is asked for, and by whom.
      request           1!: bytes        shown  -- The signing request (PKCS 10), as base64 of PEM.
      username           2: string              -- The user's name.
      uid                3: string              -- The object's number, never used twice.
      groups             4: [string]     atomic -- The user's groups.
      usages             5: [KeyUsage]   atomic -- What the certificate may be used for.
      extra              6: {ExtraValue}        -- Further facts about the user.
      signerName        7!: string       shown  -- Who is asked to sign.
      expirationSeconds  8: int32?              -- How long it is good for.

    type CertificateSigningRequestStatus  -- The decision and the certificate.
      conditions  1: [CertificateSigningRequestCondition] keys type unmerged -- Present observations, one a type.
      certificate 2: bytes                                                   -- The certificate, once it is issued.

    type CertificateSigningRequestCondition  -- What was decided about the request.
      type               1!: RequestConditionType shown -- What sort it is.
      reason              2: string                     -- For programs: why, in one word.
      message             3: string                     -- For people: what is the matter.
      lastUpdateTime      4: Time                       -- When it was last looked at.
      lastTransitionTime  5: Time                       -- When the status last changed.
      status             6!: ConditionStatus      shown -- True, False or Unknown.
    """#
}
