import CEL
import Testing
import Tree

@Suite struct MacroTests {
  @Test(
    "macros over lists and maps",
    arguments: [
      "[1, 2, 3].all(x, x > 0)", "[].all(x, false)", "![].exists(x, true)", "[1, 2, 3].exists(x, x == 2)",
      "[1, 2, 2].exists_one(x, x == 1)", "![1, 2, 2].existsOne(x, x == 2)", "[1, 2].map(x, x * 2) == [2, 4]",
      "[1, 2, 3].map(x, x > 1, x * 2) == [4, 6]", "[1, 2, 3].filter(x, x > 1) == [2, 3]",
      "{'a': 1, 'b': 2}.all(k, k < 'c')", "{'a': 1}.exists(k, k == 'a')", "{'a': 1, 'b': 2}.map(k, k) == ['a', 'b']",
      "{'a': 1, 'b': 2}.filter(k, k == 'a') == ['a']", "[1, 2].all(x, [3, 4].all(y, x < y))",
      "[[1, 2], [3]].map(x, x.map(x, x + 1)) == [[2, 3], [4]]",
      "[1, 2].all(i, v, v == i + 1)", "{'a': 1}.all(k, v, k == 'a' && v == 1)", "{'a': 1}.exists(k, v, v == 1)",
      "{'a': 1, 'b': 1}.existsOne(k, v, k == 'a')", "[1, 2].transformList(i, v, v * i) == [0, 2]",
      "[1, 2].transformList(i, v, i > 0, v) == [2]", "{'a': 1}.transformMap(k, v, v + 1) == {'a': 2}",
      "{'a': 1}.transformMapEntry(k, v, {v: k}) == {1: 'a'}",
    ] as [Fact])
  func overLists(_ fact: Fact) throws { #expect(try evaluate(fact.text) == true) }

  private let pod: Value = ["metadata": ["name": "web"], "spec": ["containers": []], "status": [:]]

  @Test(
    "has() and optional fields ask without reading",
    arguments: [
      "has(pod.spec)", "!has(pod.spec.nodeName)", "pod.?spec.?nodeName.orValue('none') == 'none'",
      "pod.?metadata.name.orValue('none') == 'web'", "pod.?metadata.?labels.app.orValue('none') == 'none'",
      "!pod.?extra.deep.deeper.hasValue()", "pod[?'metadata'].hasValue()", "![1][?5].hasValue()",
      "optional.of(1).optMap(x, x + 1).value() == 2", "!optional.none().optMap(x, x + 1).hasValue()",
      "optional.of(1).optFlatMap(x, optional.none()).orValue(7) == 7",
      "optional.none().or(optional.of(3)).value() == 3", "!optional.ofNonZeroValue('').hasValue()",
      "[?pod.?spec.?nodeName, 'x'] == ['x']", "{?'a': optional.of(1), ?'b': optional.none()} == {'a': 1}",
      "optional.of(1) == optional.of(1)", "optional.none() != optional.of(1)",
    ] as [Fact])
  func optionals(_ fact: Fact) throws { #expect(try evaluate(fact.text, ["pod": pod]) == true) }

  @Test("has() does not hide an error before the last field")
  func hasReadsTheWay() {
    #expect(failure("has(pod.extra.deep)", ["pod": pod])?.kind == .noSuchKey)
    #expect(failure("optional.none().value()")?.kind == .noValue)
  }

  @Test("results become trees")
  func results() throws {
    #expect(
      try evaluate("{'n': 1, 'at': timestamp(0), 'for': duration('90s'), 'b': b'ab'}") == [
        "n": 1, "at": "1970-01-01T00:00:00Z", "for": "90s", "b": "YWI=",
      ])
    #expect(try evaluate("[optional.none(), optional.of(1.5), type(1)]") == [.null, 1.5, "int"])
  }
}
