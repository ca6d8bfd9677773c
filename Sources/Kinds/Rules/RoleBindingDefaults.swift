import Tree

/// Users and groups are subjects of RBAC's own group; service accounts are core objects.
struct RoleBindingDefaults: KindRules {
  func defaults(_ value: inout Value) {
    value.changeEach("subjects") { subject in
      guard subject["apiGroup"] == nil, subject["kind"] == "User" || subject["kind"] == "Group" else { return }
      subject["apiGroup"] = "rbac.authorization.k8s.io"
    }
  }
}
