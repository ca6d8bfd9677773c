import Kinds
import Store
import Tree

/// Telling pod templates apart: the hash in a ReplicaSet's name and labels, and the comparison without it.
enum TemplateHash {
  static let label = "pod-template-hash"

  /// The template's hash in ten characters at most: FNV-1a of its canonical text and the count of collisions so far,
  /// its decimal digits in an alphabet that cannot spell words.
  static func text(of template: Value, collisionCount: Int?) -> String {
    var hash: UInt32 = 0x811c_9dc5
    func add(_ bytes: some Sequence<UInt8>) {
      for byte in bytes { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    }
    add(JSON.encode(template, indentation: 0, sorted: true).utf8)
    if let collisionCount {
      add((0..<8).map { UInt8(truncatingIfNeeded: UInt64(collisionCount) >> ($0 * 8)) })
    }
    return safe(String(hash))
  }

  /// A text in the alphabet of generated names (k8s.io/apimachinery, util/rand).
  static func safe(_ text: String) -> String {
    let alphabet = Array("bcdfghjklmnpqrstvwxz2456789".utf8)
    return String(decoding: text.utf8.map { alphabet[Int($0) % alphabet.count] }, as: UTF8.self)
  }

  /// Whether two templates make the same pods, whatever hash they are labelled with.
  static func areSame(_ left: Value, _ right: Value) -> Bool { withoutHash(left) == withoutHash(right) }

  private static func withoutHash(_ template: Value) -> Value {
    var template = template
    template.set(nil, at: ["metadata", "labels", label])
    if template["metadata", "labels"]?.object?.isEmpty == true { template.set(nil, at: ["metadata", "labels"]) }
    if template["metadata"]?.object?.isEmpty == true { template["metadata"] = nil }
    return template
  }
}

extension Rollout {
  static func hasTemplate(of deployment: StoredObject, _ replicaSet: StoredObject) -> Bool {
    TemplateHash.areSame(
      deployment.value["spec", "template"] ?? [:], replicaSet.value["spec", "template"] ?? [:])
  }
}
