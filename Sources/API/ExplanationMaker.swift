package import Kinds
package import Tree

/// Knows why things are as they are: the part of a cluster that answers Explanations.
package protocol ExplanationMaker: AnyObject {
  /// The `status` of an Explanation whose `spec` is given, as far as the caller may know it.
  func explanation(of spec: Value, for caller: Caller, authorizer: Authorizer) throws(Status) -> Value
}

extension WriteRequest {
  /// Answers a question. It is put on the cluster's loop, where the scheduler's decisions are, and writes nothing.
  func explain(_ encoder: AnswerEncoder) throws(Status) -> APIResponse {
    guard let maker = writer.explanations else { throw .methodNotAllowed }
    let options = try WriteOptions(request, verb: "create")
    let body = try RequestBody(request, kind, validation: options.fieldValidation)
    var question = body.value
    question["kind"] = .string(kind.name)
    question["apiVersion"] = .string(kind.apiVersion)
    let errors = kind.validate(question)
    if !errors.isEmpty { throw .invalid(kind, "", errors) }
    question["status"] = try maker.explanation(
      of: question["spec"] ?? [:], for: request.caller, authorizer: server.authorizer)
    return warn(body, encoder.value(question, status: 201))
  }
}
