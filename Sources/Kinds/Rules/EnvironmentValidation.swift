import Tree

/// A container's environment: names that can be, one source for a value.
struct EnvironmentValidation {
  let container: Value
  let path: String

  private static let sources = ["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"]

  var errors: [FieldError] {
    var errors: [FieldError] = []
    for (path, variable) in container.elements("env", in: path) {
      let name = variable.text("name")
      errors += FieldError.invalid(path + ".name", .string(name), FieldSyntax.environmentNameErrors(name))
      if let source = variable["valueFrom"] {
        errors += sourceErrors(source, at: path + ".valueFrom", value: variable.text("value"))
      }
    }
    for (path, source) in container.elements("envFrom", in: path) { errors += envFromErrors(source, path) }
    return errors
  }

  private func sourceErrors(_ source: Value, at path: String, value: String) -> [FieldError] {
    let present = Self.sources.filter { source[$0]?.isNull == false }
    var errors = present.flatMap { referenceErrors($0, source[$0] ?? [:], at: path + "." + $0) }
    if present.isEmpty {
      errors.append(
        .invalid(
          path, "",
          "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`"))
    } else if !value.isEmpty {
      errors.append(.invalid(path, "", "may not be specified when `value` is not empty"))
    } else if present.count > 1 {
      errors.append(.invalid(path, "", "may not have more than one field specified at a time"))
    }
    return errors
  }

  private func referenceErrors(_ kind: String, _ reference: Value, at path: String) -> [FieldError] {
    switch kind {
    case "fieldRef": return PodFactValidation.fieldErrors(reference, at: path, isInFile: false)
    case "configMapKeyRef", "secretKeyRef":
      let (name, key) = (reference.text("name"), reference.text("key"))
      let errors = FieldError.invalid(path + ".name", .string(name), NameSyntax.subdomainErrors(name))
      return key.isEmpty
        ? errors : errors + FieldError.invalid(path + ".key", .string(key), FieldSyntax.configKeyErrors(key))
    case "resourceFieldRef": return PodFactValidation.amountErrors(reference, at: path, isInFile: false)
    default: return []
    }
  }

  private func envFromErrors(_ source: Value, _ path: String) -> [FieldError] {
    let prefix = source.text("prefix")
    var errors =
      prefix.isEmpty
      ? [] : FieldError.invalid(path + ".prefix", .string(prefix), FieldSyntax.environmentNameErrors(prefix))
    let present = ["configMapRef", "secretRef"].filter { source[$0]?.isNull == false }
    for field in present {
      let (name, place) = (source[field]?.text("name") ?? "", path + "." + field + ".name")
      errors +=
        name.isEmpty
        ? [.required(place)] : FieldError.invalid(place, .string(name), NameSyntax.errors(inPrefix: name, .subdomain))
    }
    // Kubernetes names the list, not the element.
    let list = self.path + ".envFrom"
    if present.isEmpty { errors.append(.invalid(list, "", "must specify one of: `configMapRef` or `secretRef`")) }
    if present.count > 1 {
      errors.append(.invalid(list, "", "may not have more than one field specified at a time"))
    }
    return errors
  }
}
