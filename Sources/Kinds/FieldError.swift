/// What is wrong with one field. Errors are collected, not thrown, so that a user sees all of them at once.
///
/// The kinds and the words are those of k8s.io/apimachinery, util/validation/field.
package struct FieldError: Error, Sendable, Equatable {
  package enum Kind: String, Sendable {
    case required = "FieldValueRequired"
    case invalid = "FieldValueInvalid"
    case notSupported = "FieldValueNotSupported"
    case duplicate = "FieldValueDuplicate"
    case forbidden = "FieldValueForbidden"
    case notFound = "FieldValueNotFound"
    case tooLong = "FieldValueTooLong"
    case tooMany = "FieldValueTooMany"
    case typeInvalid = "FieldValueTypeInvalid"
  }

  package let kind: Kind
  /// `spec.containers[0].image`
  package let field: String
  /// Without the field: `Invalid value: 0: must be between 1 and 65535, inclusive`.
  package let message: String

  package init(_ kind: Kind, field: String, message: String) {
    self.kind = kind
    self.field = field
    self.message = message
  }
}
