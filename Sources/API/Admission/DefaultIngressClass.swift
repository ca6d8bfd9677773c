import Kinds
import Store
import Tree

/// Gives an Ingress that names no class the one that is marked as the default (Kubernetes documentation, "Default
/// IngressClass").
enum DefaultIngressClass: AdmissionPlugin {
  private static let mark = "ingressclass.kubernetes.io/is-default-class"
  private static let oldName = "kubernetes.io/ingress.class"

  static func admit(_ value: inout Value, _ request: AdmissionRequest) {
    guard request.kind == .ingress, request.isCreation else { return }
    guard value["spec", "ingressClassName"] == nil, value["metadata", "annotations", oldName] == nil else { return }
    let classes = request.store.list(Kind.ingressClass.groupResource)
    guard let choice = DefaultClass.choice(among: classes, marks: [mark]) else { return }
    value["spec", "ingressClassName"] = .string(choice.name)
  }
}
