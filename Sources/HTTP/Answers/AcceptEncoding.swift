/// Whether a client takes gzip (RFC 9110 section 12.5.3).
enum AcceptEncoding {
  static func allowsGzip(_ fields: [String]) -> Bool {
    var any = false
    for entry in fields.flatMap({ $0.split(separator: ",") }) {
      let parts = entry.split(separator: ";").map { ASCII.trimmed($0) }
      guard let coding = parts.first else { continue }
      let isWanted = parts.dropFirst().allSatisfy { !isZeroWeight($0) }
      if ASCII.equalIgnoringCase(coding, "gzip") { return isWanted }
      if coding == "*" { any = isWanted }
    }
    return any
  }

  private static func isZeroWeight(_ parameter: String) -> Bool {
    let parts = parameter.split(separator: "=").map { ASCII.trimmed($0) }
    guard parts.count == 2, ASCII.equalIgnoringCase(parts[0], "q") else { return false }
    return parts[1].allSatisfy { $0 == "0" || $0 == "." }
  }
}
