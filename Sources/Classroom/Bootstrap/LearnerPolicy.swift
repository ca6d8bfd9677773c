import Kinds
import Tree

/// What a learner may change of their own Learner: the raised hand. A ValidatingAdmissionPolicy says so, because RBAC
/// knows no fields.
enum LearnerPolicy {
  private static let name = "learner.podium.dev"

  static let objects: [Value] = [
    [
      "kind": "ValidatingAdmissionPolicy", "apiVersion": .string(Kind.validatingAdmissionPolicy.apiVersion),
      "metadata": ["name": .string(name)],
      "spec": [
        "failurePolicy": "Fail",
        "matchConstraints": [
          "resourceRules": [
            [
              "apiGroups": ["podium.dev"], "apiVersions": ["*"], "resources": ["learners", "learners/*"],
              "operations": ["CREATE", "UPDATE", "DELETE"],
            ]
          ]
        ],
        "matchConditions": [["name": "learners", "expression": "'podium:learner' in request.userInfo.groups"]],
        "validations": [
          ["expression": "request.operation == 'UPDATE'", "message": "a learner may change, not make or remove"],
          [
            "expression": .string(sameSpec + " && " + sameMetadata), "reason": "Forbidden",
            "message": "a learner may change spec.hand and nothing else",
          ],
        ],
      ],
    ],
    [
      "kind": "ValidatingAdmissionPolicyBinding",
      "apiVersion": .string(Kind.validatingAdmissionPolicyBinding.apiVersion), "metadata": ["name": .string(name)],
      "spec": ["policyName": .string(name), "validationActions": ["Deny"]],
    ],
  ]

  private static let sameSpec =
    "object.spec.nickname == oldObject.spec.nickname && object.spec.?resets == oldObject.spec.?resets"

  private static let sameMetadata = ["labels", "annotations", "finalizers", "ownerReferences"]
    .map { "object.metadata.?\($0) == oldObject.metadata.?\($0)" }.joined(separator: " && ")
}
