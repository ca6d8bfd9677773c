/// What a field may hold: the JSON types, and Kubernetes' own scalars, which have a JSON and a protobuf form.
package indirect enum FieldType: Sendable {
  case boolean
  case int32
  case int64
  case double
  case text(TextType)
  /// Base64 text in JSON.
  case bytes
  /// `500m`; text, or a number when a client writes one.
  case quantity
  /// A number or a text such as `25%`.
  case intOrString
  /// RFC 3339 with whole seconds.
  case time
  /// RFC 3339 with microseconds.
  case microTime
  /// Any JSON at all, under the name that documents have for it.
  case anything(AnyForm = .rawExtension)
  /// The set of fields that a manager owns (FieldsV1), an object of any content.
  case fieldSet
  case object(Shape)
  /// `name` is Go's, where the list has one of its own.
  case list(FieldType, name: String?)
  case map(FieldType, name: String?)
  /// A list that protobuf wraps in a message of its own (`ExtraValue`).
  case wrappedList(FieldType, name: String)
}

/// The names that Kubernetes has for values of any form.
package enum AnyForm: String, Sendable, CaseIterable {
  /// An object of any kind.
  case rawExtension = "io.k8s.apimachinery.pkg.runtime.RawExtension"
  case json = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON"
  case schemaOrBoolean = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool"
  case schemaOrTexts = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray"

  /// `JSON`
  package var name: String { rawValue.split(separator: ".").last.map(String.init) ?? rawValue }

  var goName: String { (self == .rawExtension ? "runtime." : "v1.") + name }
}

/// Text of one sort: plain, or one with a name in Go and perhaps the few words that it may be.
package final class TextType: Sendable {
  /// As Go's errors print it: `string`, `v1.RestartPolicy`.
  package let name: String
  /// The words that are allowed; empty if any text is.
  package let words: [String]

  package init(name: String, words: [String] = []) {
    self.name = name
    self.words = words
  }

  /// Any text, without a name in Go.
  package static let plain = TextType(name: "string")
}

extension FieldType {
  /// The type as Go prints it in a decoding error: `[]v1.Container`, `map[string]string`.
  package var goName: String {
    switch self {
    case .boolean: "bool"
    case .int32: "int32"
    case .int64: "int64"
    case .double: "float64"
    case .text(let text): text.name
    case .bytes: "[]uint8"
    case .quantity: "resource.Quantity"
    case .intOrString: "intstr.IntOrString"
    case .time: "v1.Time"
    case .microTime: "v1.MicroTime"
    case .anything(let form): form.goName
    case .fieldSet: "v1.FieldsV1"
    case .object(let shape): shape.goName
    case .list(let element, let name): name ?? "[]" + element.goName
    case .map(let element, let name): name ?? "map[string]" + element.goName
    case .wrappedList(_, let name): name
    }
  }

  /// The shape of the objects that are in it: itself, or a list's or map's elements.
  package var shape: Shape? {
    switch self {
    case .object(let shape): shape
    case .list(let element, _), .map(let element, _): element.shape
    default: nil
    }
  }
}
