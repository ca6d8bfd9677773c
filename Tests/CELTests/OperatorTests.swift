import CEL
import Testing
import Tree

/// Facts of cel-spec's language definition, each an expression that is true.
@Suite struct OperatorTests {
  @Test(
    "arithmetic, comparison and logic follow the definition",
    arguments: [
      "1 + 2 * 3 == 7", "(1 + 2) * 3 == 9", "7 / 2 == 3", "-7 / 2 == -3", "7 % 3 == 1", "-7 % 3 == -1",
      "1.0 / 4.0 == 0.25", "1u + 2u == 3u", "-(-3) == 3", "--3 == 3", "-9223372036854775808 < 0", "0x1F == 31",
      "0xFFu == 255u", "1e3 == 1000.0", ".5 == 0.5", "1.0 / 0.0 > 1e300",
      "'a' + 'b' == 'ab'", "b'a' + b'b' == b'ab'", "[1] + [2] == [1, 2]",
      "1 == 1.0", "1u == 1", "2.5 != 2", "1 < 2u", "1u < 1.5", "-1 < 0u", "9007199254740993 != 9007199254740992.0",
      "18446744073709551615u > 9223372036854775807", "'a' < 'b'", "'abc' < 'abd'", "false < true", "b'a' < b'b'",
      "1 != '1'", "null == null", "[1, 2] == [1.0, 2u]", "{'a': 1} == {'a': 1.0}", "{'a': 1} != {'b': 1}",
      "[1, 2] != [2, 1]", "{1: 'x', 2: 'y'} == {2: 'y', 1: 'x'}", "!(1 > 2)", "!!true", "true ? 1 == 1 : false",
      "false ? false : true ? true : false", "1 in [1, 2]", "!(3 in [1, 2])", "'k' in {'k': 1}", "1.0 in {1: 'a'}",
      "'\\u00e9' != 'e\\u0301'", "type(1) == int", "type(1u) == uint", "type('') == string", "type([]) == list",
      "type({}) == map", "type(null) == null_type", "type(type(1)) == type", "type(1.0) == double",
    ] as [Fact])
  func holds(_ fact: Fact) throws { #expect(try evaluate(fact.text) == true) }

  @Test(
    "one side that decides makes an error on the other not matter",
    arguments: [
      "true || 1/0 > 1", "1/0 > 1 || true", "!(false && 1/0 > 1)", "!(1/0 > 1 && false)",
      "[1, 0, 2].exists(x, 2/x == 1)", "[0, 2].exists(x, 2/x == 1)", "![0, 1].all(x, 2/x == 1)",
      "true ? true : 1/0 > 1",
    ] as [Fact])
  func absorbs(_ fact: Fact) throws { #expect(try evaluate(fact.text) == true) }

  @Test(
    "what does not work says how",
    arguments: [
      Refusal("1/0 > 1 || false", .divisionByZero), Refusal("1/0 > 1 && true", .divisionByZero),
      Refusal("1 % 0", .divisionByZero), Refusal("9223372036854775807 + 1", .overflow),
      Refusal("-(-9223372036854775808)", .overflow), Refusal("-9223372036854775808 / -1", .overflow),
      Refusal("0u - 1u", .overflow), Refusal("9223372036854775807 * 2", .overflow), Refusal("1 + 1.0", .noOverload),
      Refusal("1 + 1u", .noOverload), Refusal("1 < 'a'", .noOverload), Refusal("!1", .noOverload),
      Refusal("-'a'", .noOverload), Refusal("1 && true", .noOverload), Refusal("'a' ? 1 : 2", .noOverload),
      Refusal("1 in 2", .noOverload), Refusal("5.0 % 2.0", .noOverload), Refusal("[1, 2][2]", .outOfRange),
      Refusal("[1][-1]", .outOfRange), Refusal("[1]['a']", .noOverload), Refusal("{'a': 1}.b", .noSuchKey),
      Refusal("{'a': 1}['b']", .noSuchKey), Refusal("1.a", .noOverload), Refusal("(1).a", .noOverload),
      Refusal("{'a': 1, 'a': 2}", .duplicateKey), Refusal("{1.5: 1}", .noOverload), Refusal("x", .unknownName),
      Refusal("[0, 1].all(x, 1/x == 1)", .divisionByZero), Refusal("[0, 1].exists_one(x, 1/x == 1)", .divisionByZero),
      Refusal("(1).all(x, true)", .noOverload),
    ])
  func refuses(_ refusal: Refusal) { #expect(failure(refusal.text)?.kind == refusal.kind) }
}
