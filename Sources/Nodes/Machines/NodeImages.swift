import Kinds
import Loop
import Tree

/// The images that a node holds, and those that it is pulling. One pull goes on at a time.
struct NodeImages {
  /// Images that a node reports (kubelet's nodeStatusMaxImages).
  static let reportLimit = 50
  /// Bytes a second that a simulated pull gets.
  static let bytesPerSecond: Int64 = 60_000_000

  private(set) var sizes: [String: Int64] = [:] { didSet { edition += 1 } }
  /// Another one after every change of what is held.
  private(set) var edition = 0
  /// What else an image is called, by its content.
  private var identities: [String: String] = [:]
  private var pulls: [String: Time] = [:]
  /// When an image came, and when a container was last made from it.
  private var arrivals: [String: Time] = [:]
  private var uses: [String: Time] = [:]
  private var lineFree = Time(nanoseconds: .min)

  func has(_ reference: ImageReference) -> Bool { sizes[reference.canonical] != nil }

  mutating func add(_ reference: ImageReference, size: Int64, digest: String? = nil, at now: Time) {
    arrivals[reference.canonical] = arrivals[reference.canonical] ?? now
    sizes[reference.canonical] = size
    identities[reference.canonical] = Self.identity(of: reference, digest: digest)
    pulls[reference.canonical] = nil
  }

  /// Bytes of all.
  var size: Int64 { FileTree.blocks(sizes.values.reduce(0, +)) }

  /// Containers are made from these.
  mutating func noteUse(of names: Set<String>, at now: Time) {
    for name in names where sizes[name] != nil { uses[name] = now }
  }

  /// Removes images that are not needed, those first that were used longest ago, until so many bytes are freed. Answers
  /// how many were.
  mutating func remove(upTo bytes: Int64, notAmong used: Set<String>, olderThan age: Duration, at now: Time) -> Int64 {
    let oldest = Time(seconds: 0)
    func order(_ name: String) -> (Time, Time, String) { (uses[name] ?? oldest, arrivals[name] ?? oldest, name) }
    let unused = sizes.keys.filter { name in
      !used.contains(name) && now - (arrivals[name] ?? oldest) >= age
    }
    var freed: Int64 = 0
    for name in unused.sorted(by: { order($0) < order($1) }) where freed < bytes {
      freed += sizes.removeValue(forKey: name) ?? 0
      for list in [\NodeImages.arrivals, \NodeImages.uses] { self[keyPath: list][name] = nil }
      identities[name] = nil
    }
    return freed
  }

  /// Puts a pull into the line. Answers when it begins and when it ends.
  mutating func pull(_ reference: ImageReference, taking time: Duration, at now: Time) -> (begin: Time, end: Time) {
    let begin = max(lineFree, now)
    let isThereByThen = has(reference) || (pulls[reference.canonical].map { $0 <= begin } ?? false)
    let end = begin + (isThereByThen ? .milliseconds(400) : time)
    lineFree = end
    pulls[reference.canonical] = end
    return (begin, end)
  }

  /// `status.images`, the largest first.
  var report: Value {
    let ordered = sizes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.reportLimit)
    return .array(
      ordered.map { name, size in
        let names = [identities[name], name].compactMap { $0 }.filter { $0 != name } + [name]
        return ["names": .array(names.map(Value.string)), "sizeBytes": .integer(size)]
      })
  }

  /// Takes over what the node reported before a restart.
  mutating func restore(_ report: Value?) {
    for image in report?.array ?? [] {
      let names = (image["names"]?.array ?? []).compactMap(\.string)
      guard let name = names.last else { continue }
      sizes[name] = image["sizeBytes"]?.integer ?? 0
      identities[name] = names.first
    }
  }

  /// An image's identity: the same for the same name in every cluster.
  static func identity(of reference: ImageReference, digest: String?) -> String {
    if let digest = reference.digest ?? digest { return reference.repository + "@" + digest }
    return reference.repository + "@sha256:" + hexadecimal(RandomStream(seed: 0, name: reference.canonical))
  }

  /// 64 hexadecimal digits.
  static func hexadecimal(_ random: RandomStream) -> String {
    (0..<4).map { _ in
      let digits = String(random.next(), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
