import API

/// What a request for a kubelet's certificate has to look like (k8s.io/kubernetes, pkg/apis/certificates helpers).
enum KubeletRequests {
  private static let namePrefix = "system:node:"

  /// What is wrong with a request for the certificate by which a kubelet shows who it is; nil for nothing.
  static func clientProblem(_ request: CertificateRequest, usages: [String]) -> String? {
    if let problem = subjectProblem(request) { return problem }
    if !request.dnsNames.isEmpty { return "DNS subjectAltNames are not allowed" }
    if !request.emails.isEmpty { return "Email subjectAltNames are not allowed" }
    if !request.addresses.isEmpty { return "IP subjectAltNames are not allowed" }
    if !request.links.isEmpty { return "URI subjectAltNames are not allowed" }
    return usageProblem(usages, "client auth")
  }

  /// What is wrong with a request for the certificate with which a kubelet serves; nil for nothing.
  static func servingProblem(_ request: CertificateRequest, usages: [String]) -> String? {
    if let problem = subjectProblem(request) { return problem }
    if request.dnsNames.isEmpty, request.addresses.isEmpty { return "DNS or IP subjectAltName is required" }
    if !request.emails.isEmpty { return "Email subjectAltNames are not allowed" }
    if !request.links.isEmpty { return "URI subjectAltNames are not allowed" }
    return usageProblem(usages, "server auth")
  }

  private static func subjectProblem(_ request: CertificateRequest) -> String? {
    if request.organizations != ["system:nodes"] { return "subject organization is not system:nodes" }
    if !request.commonName.hasPrefix(namePrefix) { return "subject common name does not begin with system:node: " }
    return nil
  }

  /// Keys that cannot encipher leave `key encipherment` out.
  private static func usageProblem(_ usages: [String], _ purpose: String) -> String? {
    let needed: Set = ["digital signature", "key encipherment", purpose]
    let given = Set(usages)
    guard given != needed, given != needed.subtracting(["key encipherment"]) else { return nil }
    return "usages did not match [\(needed.sorted().joined(separator: " "))]"
  }
}

/// What a request for a certificate of a client of the API has to look like.
enum ClientRequests {
  /// nil for nothing wrong.
  static func problem(usages: [String]) -> String? {
    let allowed = ["digital signature", "key encipherment", "client auth"]
    if let other = usages.first(where: { !allowed.contains($0) }) {
      return "invalid usage for client certificate: \(other)"
    }
    return usages.contains("client auth") ? nil : "missing required usage for client certificate: client auth"
  }
}
