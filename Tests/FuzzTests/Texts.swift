import Loop

/// Text that readers have trouble with: pieces of a grammar in any order, and good text with a few bytes changed.
struct Texts {
  let random: RandomStream

  /// Pieces one after the other.
  func joined(_ pieces: [String], upTo count: Int) -> String {
    (0..<random.below(count + 1)).map { _ in random.pick(pieces) }.joined()
  }

  /// The bytes with some of them changed, removed, repeated or moved.
  func damaged(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0...random.below(4) {
      guard !bytes.isEmpty else { return bytes }
      let place = random.below(bytes.count)
      switch random.below(6) {
      case 0: bytes[place] = UInt8(random.below(256))
      case 1: bytes.remove(at: place)
      case 2: bytes.insert(UInt8(random.below(256)), at: place)
      case 3: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(12)))
      case 4: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 1 + random.below(40))], at: place)
      default: bytes[place] ^= 1 << UInt8(random.below(8))
      }
    }
    return bytes
  }

  /// Texts for fields: words that mean something, and such as are too long, empty or strange.
  func word() -> String {
    switch random.below(12) {
    case 0:
      String(repeating: random.pick(["a", "ab-", "é", "\u{1F600}", "."]), count: random.pick([1, 64, 254, 5_000]))
    case 1: random.pick(["", " ", "\u{0}", "\n", "..", "/", "%", "\"", "{}", "é", "\u{202E}", "-", "_", "*"])
    default: random.pick(Self.words)
    }
  }

  private static let words = [
    "a", "web", "app", "default", "kube-system", "nginx:1.27", "busybox", "redis:7", "no-such-image:0", "10.0.0.1",
    "::1",
    "10.96.0.0/12", "10.96.0.77", "0.0.0.0", "25%", "100%", "0%", "-5%", "99999999999999999999%", "*/5 * * * *",
    "0 0 31 2 *", "@hourly", "Always", "Never", "OnFailure", "IfNotPresent", "RollingUpdate", "Recreate", "OnDelete",
    "kubernetes.io/hostname", "topology.kubernetes.io/zone", "node-1", "node.kubernetes.io/not-ready", "NoSchedule",
    "NoExecute", "PreferNoSchedule", "Exists", "Equal", "In", "NotIn", "Gt", "DoesNotExist", "TCP", "UDP", "ClusterIP",
    "None", "NodePort", "LoadBalancer", "ExternalName", "example.com", "http", "80", "0", "-1", "1", "true", "null",
    "sh", "-c", "sleep 1", "exit 3", "while true; do echo hi; sleep 1; done", "cat /etc/hosts", "/tmp", "/", "data",
    "Pod",
    "v1", "apps/v1", "Deployment", "pods", "cpu", "memory", "ephemeral-storage", "requests.cpu", "count/pods", "*",
    "system:masters", "admin", "get", "list", "foreground", "orphan", "example.com/finalizer", "Memory", "Retain",
    "ReadWriteOnce", "ReadWriteMany", "WaitForFirstConsumer", "Immediate", "podium.dev/simulated", "Indexed",
    "NonIndexed",
    "0-3", "0,2-4294967295", "self.x > 1", "object.spec.replicas < 5", "has(object.metadata.labels)", "Europe/Berlin",
    "2026-01-01T00:00:00Z", "FallbackToLogsOnError", "RuntimeDefault", "Utilization", "Resource", "AverageValue", "1.5",
  ]
}
