import API
import Kinds
import Store
import Tree

/// Makes pods from a workload's template, owned by it.
struct PodFromTemplate {
  let owner: StoredObject
  let kind: Kind

  private var pod: Value {
    let template = PodTemplate(owner.value["spec", "template"] ?? [:])
    var pod = Pod(["apiVersion": "v1", "kind": "Pod"])
    // A prefix that makes no valid name is left for the API to refuse.
    pod.metadata.generateName = owner.name + "-"
    pod.metadata.namespace = owner.namespace
    for key in ["labels", "annotations", "finalizers"] {
      pod.value["metadata", key] = template.value["metadata", key]
    }
    pod.metadata.ownerReferences = [OwnerReference(controller: AnyObjectView(owner.value), kind: kind)]
    pod.value["spec"] = template.value["spec"]
    return pod.value
  }

  /// Creates one pod and tells of it in an event. Answers the refusal, if it was refused.
  func create(by component: Component) -> Status? {
    let subject = AnyObjectView(owner.value)
    do throws(Status) {
      let pod = try component.create(.pod, pod, because: owner)
      component.events.record(.normal, "SuccessfulCreate", "Created pod: \(pod.name)", about: subject, kind: kind)
      return nil
    } catch {
      if !error.isNamespaceTerminating {
        component.events.record(
          .warning, "FailedCreate", "Error creating: \(error.message)", about: subject, kind: kind)
      }
      return error
    }
  }
}
