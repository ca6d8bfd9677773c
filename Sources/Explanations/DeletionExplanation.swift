import API
import Kinds
import Store
import Tree

/// Why an object that is to go is still there.
enum DeletionExplanation {
  static func findings(_ object: StoredObject, past: Past) -> [Finding] {
    guard let since = object.value["metadata", "deletionTimestamp"]?.string else { return [] }
    var findings: [Finding] = []
    if let request = past.changes(of: object.key).last(where: \.isDeletionRequest) {
      findings.append(Finding("DeletionRequested", Phrases.deletionRequested(CauseChain(from: request, in: past))))
    }
    let finalizers = object.value["metadata", "finalizers"]?.array?.compactMap(\.string) ?? []
    if !finalizers.isEmpty { findings.append(Finding("FinalizersRemain", Phrases.finalizers(finalizers))) }
    if object.key.groupResource == Kind.pod.groupResource, finalizers.isEmpty {
      let grace = object.value["metadata", "deletionGracePeriodSeconds"]?.integer ?? 0
      findings.append(Finding("GracePeriod", Phrases.gracePeriod(grace, until: since)))
    }
    return findings
  }
}
