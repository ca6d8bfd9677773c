/// A collection of objects as the API addresses it: `pods`, or `deployments` of the group `apps`.
///
/// Versions of a kind share one collection, because they show the same objects.
package struct GroupResource: Hashable, Sendable {
  package let group: String
  package let resource: String

  package init(group: String = "", resource: String) {
    self.group = group
    self.resource = resource
  }

  // Names differ mostly in the resource, so that is looked at first; hardly two groups have one of the same name.

  package static func == (left: GroupResource, right: GroupResource) -> Bool {
    left.resource == right.resource && left.group == right.group
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(resource) }

  /// `pods`, `deployments.apps`: what kubectl prints and takes.
  package var name: String { group.isEmpty ? resource : resource + "." + group }
}

/// Where an object is: its collection, its namespace (empty for a cluster-wide kind) and its name.
package struct ObjectKey: Hashable, Sendable {
  package let groupResource: GroupResource
  package let namespace: String
  package let name: String
  /// The place in its collection's order, which is that of Kubernetes' storage: `namespace/name`, byte by byte. Kept,
  /// because every search compares it.
  package let path: String

  package init(_ groupResource: GroupResource, namespace: String = "", name: String) {
    self.groupResource = groupResource
    self.namespace = namespace
    self.name = name
    path = namespace.isEmpty ? name : namespace + "/" + name
  }

  package static func == (left: ObjectKey, right: ObjectKey) -> Bool {
    left.path == right.path && left.namespace == right.namespace && left.groupResource == right.groupResource
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(path)
    hasher.combine(groupResource.resource)
  }

  /// An order that depends on names only.
  func comes(before other: ObjectKey) -> Bool {
    if groupResource.resource != other.groupResource.resource {
      return groupResource.resource < other.groupResource.resource
    }
    if groupResource.group != other.groupResource.group { return groupResource.group < other.groupResource.group }
    return path < other.path
  }
}

extension ObjectKey: CustomStringConvertible {
  package var description: String { groupResource.name + "/" + path }
}
