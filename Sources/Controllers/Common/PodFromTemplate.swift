import API
import Kinds
import Store
import Tree

/// Makes pods from a workload's template, owned by it.
struct PodFromTemplate {
  let owner: StoredObject
  let kind: Kind
  /// The template, where it is not the owner's present one.
  var template: Value?

  /// The pod to be: its name is left to be generated.
  var pod: Value {
    let template = PodTemplate(template ?? owner.value["spec", "template"] ?? [:])
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
  func create(by component: Component) -> Status? { create(pod, by: component) }

  /// The same with a pod that has more than the template says.
  func create(_ pod: Value, by component: Component) -> Status? {
    let subject = AnyObjectView(owner.value)
    do throws(Status) {
      let pod = try component.create(.pod, pod, because: owner)
      component.events.record(.normal, "SuccessfulCreate", "Created pod: \(pod.name)", about: subject, kind: kind)
      return nil
    } catch {
      if !error.isToBeExpected {
        component.events.record(
          .warning, "FailedCreate", "Error creating: \(error.message)", about: subject, kind: kind)
      }
      return error
    }
  }

  /// Deletes a pod that the owner has no use for and tells of it. Answers the refusal, if it was refused.
  func delete(_ object: StoredObject, by component: Component) -> Status? {
    let subject = AnyObjectView(owner.value)
    do throws(Status) {
      try component.delete(.pod, object, because: owner)
      component.events.record(.normal, "SuccessfulDelete", "Deleted pod: \(object.name)", about: subject, kind: kind)
      return nil
    } catch {
      if error.isNotFound { return nil }
      component.events.record(
        .warning, "FailedDelete", "Error deleting: \(error.message)", about: subject, kind: kind)
      return error
    }
  }
}
