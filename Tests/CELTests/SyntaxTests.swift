import CEL
import Testing
import Tree

@Suite struct SyntaxTests {
  @Test(
    "literals are read as the definition says",
    arguments: [
      "'it\\'s' == \"it's\"", "'''a'b''' == \"a'b\"", "\"\"\"a\nb\"\"\" == 'a\\nb'", "r'\\d' == '\\\\d'",
      "R\"\\n\" == '\\\\n'", "'\\x41\\101\\u0041\\U00000041' == 'AAAA'",
      "'\\a\\b\\f\\n\\r\\t\\v' == '\\x07\\x08\\x0c\\n\\r\\t\\x0b'",
      "b'\\xff' == b'\\377'", "rb'\\x' == b'\\\\x'", "'한글'.size() == 2",
      "[1, 2,] == [1, 2]", "{'a': 1,} == {'a': 1}", "true // the rest is a comment", "\n  1\n  ==\n  1\n",
    ] as [Fact])
  func literals(_ fact: Fact) throws {
    #expect(try evaluate(fact.text) == true)
  }

  @Test(
    "broken text says where and what",
    arguments: [
      ("1 +", 1, 4, "a value is expected, but here is the end of the expression"),
      ("a = b", 1, 3, "'=' is not part of the language; compare with '=='"),
      ("a & b", 1, 3, "'&' is not part of the language; combine with '&&'"),
      ("(1", 1, 3, "')' is expected, but here is the end of the expression"),
      ("1 2", 1, 3, "a number is not expected here"),
      ("'abc", 1, 1, "the string does not end; close it with '"),
      ("a &&\n  b..c", 2, 5, "a field's name is expected, but here is '.'"),
      ("pods.exist(p, true)", 1, 6, "there is no method 'exist'"),
      ("length(pods)", 1, 1, "there is no function 'length'"),
      ("pods.all(1, true)", 1, 10, "a variable's name is expected, but here is a number"),
      ("has(pods)", 1, 1, "has() asks about a field: has(pod.spec.nodeName)"),
      ("'a'.contains()", 1, 5, "contains() takes 1 arguments, not 0"),
      ("for", 1, 1, "'for' is a reserved word and cannot be a name"),
      ("99999999999999999999", 1, 1, "the number '99999999999999999999' does not fit 64 bits"),
      ("'\\q'", 1, 2, "'\\q' is no escape; write '\\\\' for a backslash, or r'…'"),
    ])
  func broken(_ text: String, line: Int, column: Int, message: String) {
    let error = failure(text)
    #expect(error?.message == message)
    #expect(error?.position == CELError.Position(line: line, column: column))
  }

  @Test("a variable that is not declared is found when compiling, with those that are")
  func undeclared() {
    #expect(throws: (any Error).self) { try CEL.compile("pod.size()", variables: ["pods", "nodes"]) }
    do {
      _ = try CEL.compile("pods.size() > 0 && node", variables: ["pods", "nodes"])
    } catch {
      #expect(error.description == "1:20: there is no variable 'node'; there are: nodes, pods")
    }
  }

  @Test("a program knows which outside variables and fields it reads")
  func references() throws {
    let text = "before.pods.size() < pods.size() && pods.all(p, nodes.exists(n, n.metadata.name == p.spec.nodeName))"
    let program = try CEL.compile(text)
    #expect(program.references == [["before", "pods"], ["pods"], ["pods"], ["nodes"]])
    #expect(try CEL.compile("optional.of(1).value() == 1").references.isEmpty)
  }

  @Test("names of fields may be any text in backticks, and reserved words")
  func fields() throws {
    let pod: Value = ["metadata": ["namespace": "default", "labels": ["app.kubernetes.io/name": "web"]]]
    #expect(try evaluate("pod.metadata.namespace", ["pod": pod]) == "default")
    #expect(try evaluate("pod.metadata.labels.`app.kubernetes.io/name`", ["pod": pod]) == "web")
  }
}
