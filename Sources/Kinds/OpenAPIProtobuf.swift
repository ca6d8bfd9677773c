import Schema
import Tree

/// An OpenAPI document of version 2 as gnostic's protobuf message (google/gnostic, openapiv2/OpenAPIv2.proto), in which
/// kubectl reads it: `application/com.github.proto-openapi.spec.v2@v1.0+protobuf`.
enum OpenAPIProtobuf {
  static func encode(_ document: Value) -> [UInt8] {
    var writer = ProtobufWriter()
    writer.texts(document, ["swagger": 1])
    writer.message(2) { $0.texts(document["info"], ["title": 1, "version": 2]) }
    writer.message(8) { paths in
      for path in document["paths"]?.object ?? Members() {
        paths.message(2) { named in
          named.text(1, path.key)
          named.message(2) { $0.pathItem(path.value) }
        }
      }
    }
    writer.message(9) { definitions in
      for definition in document["definitions"]?.object ?? Members() {
        definitions.message(1) { $0.namedSchema(definition) }
      }
    }
    return writer.bytes
  }
}

extension ProtobufWriter {
  fileprivate mutating func texts(_ value: Value?, _ numbers: KeyValuePairs<String, Int>) {
    for (key, number) in numbers {
      if let text = value?[key]?.string { self.text(number, text) }
    }
  }

  fileprivate mutating func lists(_ value: Value, _ numbers: KeyValuePairs<String, Int>) {
    for (key, number) in numbers {
      for element in value[key]?.array ?? [] { text(number, element.string ?? "") }
    }
  }

  /// The members whose names begin with `x-`, each with its value as YAML, which JSON is.
  fileprivate mutating func extensions(_ value: Value, _ number: Int) {
    for member in value.object ?? Members() where member.key.hasPrefix("x-") {
      message(number) { named in
        named.text(1, member.key)
        named.message(2) { $0.text(2, member.value.jsonText + "\n") }
      }
    }
  }

  fileprivate mutating func pathItem(_ item: Value) {
    let verbs: KeyValuePairs = ["get": 2, "put": 3, "post": 4, "delete": 5, "patch": 8]
    for (verb, number) in verbs {
      if let operation = item[verb] { message(number) { $0.operation(operation) } }
    }
    for parameter in item["parameters"]?.array ?? [] { message(9) { $0.parametersItem(parameter) } }
  }

  private mutating func operation(_ operation: Value) {
    lists(operation, ["tags": 1])
    texts(operation, ["description": 3, "operationId": 5])
    lists(operation, ["produces": 6, "consumes": 7])
    for parameter in operation["parameters"]?.array ?? [] { message(8) { $0.parametersItem(parameter) } }
    message(9) { responses in
      for response in operation["responses"]?.object ?? Members() {
        responses.message(1) { $0.namedResponse(response) }
      }
    }
    lists(operation, ["schemes": 10])
    extensions(operation, 13)
  }

  private mutating func namedResponse(_ response: Members.Member) {
    text(1, response.key)
    message(2) { value in
      value.message(1) { inner in
        inner.texts(response.value, ["description": 1])
        guard let schema = response.value["schema"] else { return }
        inner.message(2) { item in item.message(1) { $0.schema(schema) } }
      }
    }
  }

  /// A parameter in its two wrappings: body, or one of query and path, whose numbers differ by the one field that only
  /// query parameters have.
  fileprivate mutating func parametersItem(_ parameter: Value) {
    message(1) { wrapper in
      switch parameter["in"] {
      case "body":
        wrapper.message(1) { body in
          body.texts(parameter, ["description": 1, "name": 2, "in": 3])
          if parameter["required"] == true { body.integer(4, 1) }
          if let schema = parameter["schema"] { body.message(5) { $0.schema(schema) } }
        }
      case "path":
        wrapper.message(2) { $0.message(4) { $0.plainParameter(parameter, typeNumber: 5, uniqueNumber: 19) } }
      default: wrapper.message(2) { $0.message(3) { $0.plainParameter(parameter, typeNumber: 6, uniqueNumber: 20) } }
      }
    }
  }

  private mutating func plainParameter(_ parameter: Value, typeNumber: Int, uniqueNumber: Int) {
    if parameter["required"] == true { integer(1, 1) }
    texts(parameter, ["in": 2, "description": 3, "name": 4])
    if let type = parameter["type"]?.string { text(typeNumber, type) }
    if parameter["uniqueItems"] == true { integer(uniqueNumber, 1) }
  }

  fileprivate mutating func namedSchema(_ member: Members.Member) {
    text(1, member.key)
    message(2) { $0.schema(member.value) }
  }

  private mutating func schema(_ schema: Value) {
    texts(schema, ["$ref": 1, "format": 2, "description": 4])
    if let value = schema["default"] { message(5) { $0.text(2, value.jsonText + "\n") } }
    if let number = schema["maximum"]?.number { double(7, number) }
    if let number = schema["minimum"]?.number { double(9, number) }
    if let length = schema["maxLength"]?.integer { integer(11, length) }
    texts(schema, ["pattern": 13])
    if let length = schema["maxItems"]?.integer { integer(14, length) }
    lists(schema, ["required": 19])
    for word in schema["enum"]?.array ?? [] { message(20) { $0.text(2, word.jsonText + "\n") } }
    if let element = schema["additionalProperties"] {
      message(21) { item in item.message(1) { $0.schema(element) } }
    }
    if let type = schema["type"]?.string { message(22) { $0.text(1, type) } }
    if let element = schema["items"] { message(23) { item in item.message(1) { $0.schema(element) } } }
    if let properties = schema["properties"]?.object {
      message(25) { list in
        for property in properties { list.message(1) { $0.namedSchema(property) } }
      }
    }
    extensions(schema, 31)
  }
}
