import Tree

/// The rules of what a version of a custom kind shows beside its schema: columns, scale, fields to select by
/// (k8s.io/apiextensions-apiserver, validation).
enum DefinitionVersionRules {
  private static let types = ["boolean", "date", "integer", "number", "string"]
  private static let formats = [
    "bsonobjectid", "byte", "creditcard", "date", "date-time", "double", "duration", "email", "float", "hexcolor",
    "hostname", "int32", "int64", "ipv4", "ipv6", "isbn", "isbn10", "isbn13", "mac", "password", "rgbcolor", "ssn",
    "uri", "uuid", "uuid3", "uuid4", "uuid5",
  ]
  private static let selectableLimit = 8

  static func errors(_ version: Value, _ path: String) -> [FieldError] {
    let columns = version.elements("additionalPrinterColumns", in: path).flatMap { columnErrors($0.value, $0.path) }
    return columns + scaleErrors(version["subresources", "scale"], path + ".subresources.scale")
      + selectableErrors(version, path) + deprecationErrors(version, path)
  }

  // MARK: Columns

  private static func columnErrors(_ column: Value, _ path: String) -> [FieldError] {
    var errors: [FieldError] = []
    if column.text("name").isEmpty { errors.append(.required(path + ".name")) }
    let type = column.text("type")
    let known = "must be one of " + types.joined(separator: ",")
    if type.isEmpty {
      errors.append(.required(path + ".type", known))
    } else if !types.contains(type) {
      errors.append(.invalid(path + ".type", .string(type), known))
    }
    let format = column.text("format")
    if !format.isEmpty, !formats.contains(format) {
      errors.append(.invalid(path + ".format", .string(format), "must be one of " + formats.joined(separator: ",")))
    }
    let source = column.text("jsonPath")
    if source.isEmpty {
      errors.append(.required(path + ".JSONPath"))
    } else {
      errors += pathErrors(source, path + ".JSONPath")
    }
    return errors
  }

  private static func pathErrors(_ text: String, _ path: String) -> [FieldError] {
    text.first == "." ? [] : [.invalid(path, .string(text), "must be a simple json path starting with .")]
  }

  // MARK: Scale

  private static func scaleErrors(_ scale: Value?, _ path: String) -> [FieldError] {
    guard let scale else { return [] }
    var errors: [FieldError] = []
    for (field, root) in [("specReplicasPath", "spec"), ("statusReplicasPath", "status")] {
      let text = scale.text(field)
      errors += text.isEmpty ? [.required("\(path).\(field)")] : placeErrors(text, under: root, "\(path).\(field)")
    }
    let selector = scale.text("labelSelectorPath")
    guard !selector.isEmpty else { return errors }
    let isUnderEither = selector.hasPrefix(".spec.") || selector.hasPrefix(".status.")
    if !pathErrors(selector, path).isEmpty {
      errors += pathErrors(selector, path + ".labelSelectorPath")
    } else if !isUnderEither {
      errors.append(
        .invalid(
          path + ".labelSelectorPath", .string(selector), "should be a json path under either .status or .spec"))
    }
    return errors
  }

  private static func placeErrors(_ text: String, under root: String, _ path: String) -> [FieldError] {
    let wrong = pathErrors(text, path)
    if !wrong.isEmpty || text.hasPrefix(".\(root).") { return wrong }
    return [.invalid(path, .string(text), "should be a json path under .\(root)")]
  }

  // MARK: Fields to select by

  private static func selectableErrors(_ version: Value, _ path: String) -> [FieldError] {
    let fields = version.elements("selectableFields", in: path)
    var errors: [FieldError] = []
    if fields.count > selectableLimit {
      errors.append(
        FieldError(
          .tooMany, field: path + ".selectableFields",
          message: "Too many: \(fields.count): must have at most \(selectableLimit) items"))
    }
    var seen: Set<String> = []
    for (place, field) in fields {
      let text = field.text("jsonPath")
      if text.isEmpty {
        errors.append(.required(place + ".jsonPath"))
      } else if let why = selectableProblem(text, version["schema", "openAPIV3Schema"] ?? [:]) {
        errors.append(.invalid(place + ".jsonPath", .string(text), why))
      } else if !seen.insert(text).inserted {
        errors.append(.duplicate(place + ".jsonPath", .string(text)))
      }
    }
    return errors
  }

  private static func selectableProblem(_ text: String, _ schema: Value) -> String? {
    guard text.first == ".", !text.contains("[") else {
      return "is an invalid path: does not begin with '.' or names an array"
    }
    let names = text.split(separator: ".").map(String.init)
    if names.first == "metadata" { return "must not point to fields in metadata" }
    var here = schema
    for name in names {
      guard let next = here["properties", name] else { return "is an invalid path: does not refer to a valid field" }
      here = next
    }
    let type = here.text("type")
    return ["string", "boolean", "integer"].contains(type)
      ? nil
      : "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed."
  }

  private static func deprecationErrors(_ version: Value, _ path: String) -> [FieldError] {
    guard let warning = version["deprecationWarning"]?.string else { return [] }
    let place = path + ".deprecationWarning"
    if version["deprecated"]?.boolean != true {
      return [.invalid(place, .string(warning), "can only be set for deprecated versions")]
    }
    if warning.isEmpty { return [.invalid(place, .string(warning), "must not be empty if specified")] }
    if warning.utf8.count > 256 { return [.invalid(place, .string(warning), "must be <= 256 characters long")] }
    return []
  }
}

extension DefinitionSchemaRules {
  /// A default must be a value that its schema allows.
  static func defaultErrors(_ schema: Value, _ path: String) -> [FieldError] {
    guard let standard = schema["default"] else { return [] }
    let place = path + ".default"
    let structural = StructuralSchema(schema)
    var pruned = standard
    var dropped: [String] = []
    structural.prune(&pruned, at: "", isObject: false, &dropped)
    if !dropped.isEmpty {
      return [.invalid(place, standard, "must not have unknown fields")]
    }
    var validation = StructuralValidation()
    validation.check(standard, structural, "")
    return validation.errors.map { error in
      FieldError(error.kind, field: error.field == "<nil>" ? place : "\(place).\(error.field)", message: error.message)
    }
  }
}
