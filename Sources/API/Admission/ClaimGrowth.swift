import Kinds
import Store
import Tree

/// Only a bound claim of a class whose volumes may grow can ask for more (admission plugin PersistentVolumeClaimResize).
enum ClaimGrowth: AdmissionPlugin {
  static func validate(_ value: Value, _ request: AdmissionRequest) throws(Status) {
    guard request.kind == .persistentVolumeClaim, let previous = request.previous,
      let before = size(previous), let after = size(value), after > before
    else { return }
    guard previous["status", "phase"] == "Bound" else {
      throw request.forbidden("Only bound persistent volume claims can be expanded")
    }
    let name = previous["spec", "storageClassName"]?.string ?? ""
    let storageClass = request.store[Kind.storageClass.key(namespace: "", name: name)]?.value
    guard storageClass?["allowVolumeExpansion"] == true else {
      throw request.forbidden(
        "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support "
          + "resize")
    }
  }

  private static func size(_ claim: Value) -> Quantity? {
    claim["spec", "resources", "requests", "storage"]?.string.flatMap { Quantity($0) }
  }
}
