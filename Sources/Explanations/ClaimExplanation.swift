import API
import Kinds
import Store
import Tree

/// Why a claim has no volume.
enum ClaimExplanation {
  static func findings(_ claim: StoredObject, store: Store) -> [Finding] {
    guard claim.value["status", "phase"]?.string != "Bound" else {
      return [Finding("Bound", Phrases.claimBound(claim.value["spec", "volumeName"]?.string ?? ""))]
    }
    let name = claim.value["spec", "storageClassName"]?.string ?? ""
    guard !name.isEmpty else { return [Finding("NoStorageClass", Phrases.noStorageClass)] }
    guard let storageClass = store[Kind.storageClass.key(namespace: "", name: name)] else {
      return [Finding("StorageClassMissing", Phrases.storageClassMissing(name))]
    }
    if storageClass.value["volumeBindingMode"]?.string == "WaitForFirstConsumer" {
      return [Finding("WaitForFirstConsumer", Phrases.waitsForConsumer)]
    }
    return [Finding("NotBound", Phrases.noVolumeFits(name))]
  }
}
