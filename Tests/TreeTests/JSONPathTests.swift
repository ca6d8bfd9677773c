import Testing
import Tree

@Suite("JSONPath templates")
struct JSONPathTests {
  static let list: Value = [
    "kind": "List",
    "items": [
      [
        "kind": "Node", "metadata": ["name": "n1", "labels": ["kubernetes.io/os": "linux", "n": "1"]],
        "status": [
          "ready": true, "load": .number(0.5), "count": 3,
          "addresses": [["type": "InternalIP", "address": "10.0.0.1"], ["type": "Hostname", "address": "n1"]],
        ],
      ],
      [
        "kind": "Node", "metadata": ["name": "n2", "labels": ["kubernetes.io/os": "windows"]],
        "status": ["ready": false, "count": 7, "addresses": [["type": "InternalIP", "address": "10.0.0.2"]]],
      ],
    ],
    "empty": .null,
  ]

  @Test(
    "Templates give the text that kubectl gives",
    arguments: [
      ("plain text", "plain text"), ("{.kind}", "List"), ("{$.kind}", "List"), ("{@.kind}", "List"), ("{.none}", ""),
      ("{.items[*].metadata.name}", "n1 n2"), ("{.items[0].metadata.name}", "n1"),
      ("{.items[-1].metadata.name}", "n2"), ("{.items[0:1].metadata.name}", "n1"),
      ("{.items[:].metadata.name}", "n1 n2"),
      ("{.items[-1:].metadata.name}", "n2"), ("{.items[0:2:2].metadata.name}", "n1"), ("{.items[5:].kind}", ""),
      ("{.items[0,1].metadata.name}", "n1 n2"), ("{.items[*]['kind','metadata'].name}", "n1 n2"),
      ("{.items[*]['metadata.name']}", ""), ("{.items[0].metadata.labels['kubernetes.io/os']}", "linux"),
      ("{.items[0].metadata.labels.kubernetes\\.io/os}", "linux"),
      ("{range .items[*]}{.metadata.name}{\"\\t\"}{.status.count}{\"\\n\"}{end}", "n1\t3\nn2\t7\n"),
      ("{range .items[*]}[{range .status.addresses[*]}{.type},{end}]{end}", "[InternalIP,Hostname,][InternalIP,]"),
      ("{range .items[*]}{.metadata.name}={$.kind} {end}", "n1=List n2=List "),
      ("{.items[?(@.metadata.name==\"n2\")].status.count}", "7"),
      ("{.items[?(@.metadata.name!='n2')].status.count}", "3"), ("{.items[?(@.status.count>3)].metadata.name}", "n2"),
      ("{.items[?(@.status.count>=3)].metadata.name}", "n1 n2"),
      ("{.items[?(@.status.count<3.5)].metadata.name}", "n1"),
      ("{.items[?(@.status.ready==true)].metadata.name}", "n1"), ("{.items[?(@.status.load)].metadata.name}", "n1"),
      ("{.items[*].status.addresses[?(@.type=='InternalIP')].address}", "10.0.0.1 10.0.0.2"),
      ("{..name}", "n1 n2"), ("{..address}", "10.0.0.1 n1 10.0.0.2"), ("{.items[0].status.load}", "0.5"),
      ("{.items[0].status.ready}", "true"), ("{.items[*].*.count}", "3 7"), ("{.empty}", "null"),
      ("{.items[1].metadata}", #"{"labels":{"kubernetes.io/os":"windows"},"name":"n2"}"#),
      ("{.items[1].status.addresses}", #"[{"address":"10.0.0.2","type":"InternalIP"}]"#),
      ("a{.kind}b{\"c\"}{'d'}", "aListbcd"), ("{.items[?(@.metadata.name==\"n]\")].kind}x", "x"),
    ])
  func templates(template: String, expected: String) throws {
    #expect(try JSONPath(template).text(of: Self.list) == expected)
  }

  @Test(
    "Templates that cannot be read are refused",
    arguments: [
      ("{.kind", "unclosed action"), ("{.items[0}", "unterminated array"), ("{\"a}", "unterminated quoted string"),
      ("{end}", "not in range, nothing to end"), ("{range .items[*]}{.kind}", "unclosed range: {end} is missing"),
      ("{kind}", "unrecognized identifier kind"), ("{.items[a]}", "invalid array index a"),
      ("{.items[?(@.a=1)]}", "unrecognized operator ="), ("{.items[?(@.a==1]}", "unterminated filter"),
      ("{(}", "unrecognized character in action: U+0028 '('"), ("{.items[1:2:3:4]}", "invalid array index 1:2:3:4"),
    ])
  func malformed(template: String, message: String) {
    let error = #expect(throws: JSONPath.TemplateError.self) { try JSONPath(template) }
    #expect(error?.message == message)
  }

  @Test(
    "What is not there is an error where it must be there",
    arguments: [
      ("{.none}", "none is not found"), ("{.items[9]}", "array index out of bounds: index 9, length 2"),
      ("{.kind[0]}", "List is not array or slice"), ("{.items[0:1:0]}", "step must be > 0"),
      ("{.items[?(@.metadata.name>1)]}", "incompatible types for comparison"),
    ])
  func failures(template: String, message: String) throws {
    let path = try JSONPath(template)
    let error = #expect(throws: JSONPath.TemplateError.self) { try path.text(of: Self.list, allowsMissing: false) }
    #expect(error?.message == message)
  }

  @Test("A column's expression needs no braces", arguments: ["kind", ".kind", "{.kind}", "{kind}", "$.kind"])
  func relaxed(expression: String) throws {
    #expect(try JSONPath(relaxed: expression).results(in: Self.list) == ["List"])
  }

  @Test("Hostile templates are bound")
  func nesting() {
    let ranges = String(repeating: "{range .a}", count: 100)
    #expect(throws: JSONPath.TemplateError.self) { try JSONPath(ranges) }
  }
}
