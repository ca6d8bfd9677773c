import Schema

/// The declarations of all types that the built-in kinds reach, one text an API group.
enum Tables {
  static let all = [
    Declarations(name: "meta", text: meta),
    Declarations(name: "core pods", text: corePods),
    Declarations(name: "core volumes", text: coreVolumes),
    Declarations(name: "core nodes", text: coreNodes),
    Declarations(name: "core services", text: coreServices),
    Declarations(name: "core objects", text: coreObjects),
    Declarations(name: "apps", text: apps),
    Declarations(name: "authentication", text: authentication),
    Declarations(name: "authorization", text: authorization),
    Declarations(name: "autoscaling", text: autoscaling),
    Declarations(name: "coordination", text: coordination),
    Declarations(name: "discovery", text: discovery),
    Declarations(name: "policy", text: policy),
    Declarations(name: "rbac", text: rbac),
    Declarations(name: "podium", text: podium),
  ]
}
