import API
import Loop
import Synchronization
import Tree

/// What a cluster's keys and its authority answered, for a record: a replay has no keys.
struct NotingTokens: TokenSigner {
  let signer: any TokenSigner
  let log: any SessionLog

  var algorithm: String { signer.algorithm }
  var keyID: String { signer.keyID }
  var publicKey: Value { signer.publicKey }

  func signature(of bytes: [UInt8]) -> [UInt8] {
    let signature = signer.signature(of: bytes)
    log.write(["signature": .string(Base64.encode(signature))])
    return signature
  }

  func isSignature(_ signature: [UInt8], of bytes: [UInt8]) -> Bool { signer.isSignature(signature, of: bytes) }
}

struct NotingCertificates: CertificateSigner {
  let signer: any CertificateSigner
  let log: any SessionLog

  var authorityCertificate: String { signer.authorityCertificate }

  func read(_ request: [UInt8]) throws(CertificateProblem) -> CertificateRequest {
    try note { () throws(CertificateProblem) in
      try signer.read(request)
    } as: { read in
      .array(
        [[read.commonName], read.organizations, read.dnsNames, read.addresses, read.emails, read.links].map {
          .array($0.map(Value.string))
        })
    }
  }

  func certificate(for request: [UInt8], on terms: CertificateTerms) throws(CertificateProblem) -> [UInt8] {
    try note { () throws(CertificateProblem) in
      try signer.certificate(for: request, on: terms)
    } as: {
      .string(Base64.encode($0))
    }
  }

  func expiries(of certificates: [UInt8]) throws(CertificateProblem) -> [Time] {
    try note { () throws(CertificateProblem) in
      try signer.expiries(of: certificates)
    } as: { moments in
      .array(moments.map { .integer($0.nanoseconds) })
    }
  }

  private func note<Answer>(
    _ ask: () throws(CertificateProblem) -> Answer, as value: (Answer) -> Value
  ) throws(CertificateProblem) -> Answer {
    do throws(CertificateProblem) {
      let answer = try ask()
      log.write(["authority": value(answer)])
      return answer
    } catch {
      log.write(["authority": ["problem": .string(error.description)]])
      throw error
    }
  }
}

/// Gives the answers of a record again, in their order.
final class RecordedKeys: TokenSigner, CertificateSigner {
  let algorithm: String
  let keyID: String
  let publicKey: Value
  let authorityCertificate: String
  private let signatures: Mutex<ArraySlice<[UInt8]>>
  private let answers: Mutex<ArraySlice<Value>>
  /// All that the record holds.
  private let known: Set<[UInt8]>

  init(_ identity: Value, lines: [Value]) {
    algorithm = identity["algorithm"]?.string ?? ""
    keyID = identity["keyID"]?.string ?? ""
    publicKey = identity["publicKey"] ?? [:]
    authorityCertificate = identity["authority"]?.string ?? ""
    let all = lines.compactMap { $0["signature"]?.string.flatMap { Base64.decode($0) } }
    signatures = Mutex(all[...])
    known = Set(all)
    answers = Mutex(lines.compactMap { $0["authority"] }[...])
  }

  static func record(_ identity: ClusterIdentity) -> Value {
    var record: Value = [
      "algorithm": .string(identity.tokens.algorithm), "keyID": .string(identity.tokens.keyID),
      "publicKey": identity.tokens.publicKey, "authority": .string(identity.certificates.authorityCertificate),
    ]
    record["cluster"] = identity.cluster.map(Value.string)
    return record
  }

  func signature(of bytes: [UInt8]) -> [UInt8] { signatures.withLock { $0.popFirst() } ?? [] }

  /// Only containers sign in to a replay, with tokens that the record saw issued.
  func isSignature(_ signature: [UInt8], of bytes: [UInt8]) -> Bool { known.contains(signature) }

  func read(_ request: [UInt8]) throws(CertificateProblem) -> CertificateRequest {
    let lists = try answer().array?.map { ($0.array ?? []).compactMap(\.string) } ?? []
    guard lists.count == 6, let name = lists[0].first else { throw Self.missing }
    return CertificateRequest(
      commonName: name, organizations: lists[1], dnsNames: lists[2], addresses: lists[3], emails: lists[4],
      links: lists[5])
  }

  func certificate(for request: [UInt8], on terms: CertificateTerms) throws(CertificateProblem) -> [UInt8] {
    guard let bytes = try answer().string.flatMap({ Base64.decode($0) }) else { throw Self.missing }
    return bytes
  }

  func expiries(of certificates: [UInt8]) throws(CertificateProblem) -> [Time] {
    (try answer().array ?? []).compactMap { $0.integer.map { Time(nanoseconds: $0) } }
  }

  private func answer() throws(CertificateProblem) -> Value {
    guard let answer = answers.withLock({ $0.popFirst() }) else { throw Self.missing }
    if let problem = answer["problem"]?.string { throw CertificateProblem(problem) }
    return answer
  }

  private static let missing = CertificateProblem("the record holds no answer of the authority for this")
}

extension ClusterIdentity {
  /// The same identity, whose answers go into the record.
  func noting(_ log: any SessionLog) -> ClusterIdentity {
    signing(
      with: NotingTokens(signer: tokens, log: log), NotingCertificates(signer: certificates, log: log))
  }
}
