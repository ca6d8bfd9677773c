import CEL
import Testing
import Tree

@Suite struct FunctionTests {
  @Test(
    "conversions",
    arguments: [
      "int('42') == 42", "int(2.9) == 2", "int(-2.9) == -2", "int(7u) == 7", "uint(7) == 7u", "uint('7') == 7u",
      "double('1.5') == 1.5", "double(2) == 2.0", "string(1) == '1'", "string(1.5) == '1.5'", "string(2.0) == '2'",
      "string(1000000.0) == '1e+06'", "string(0.00001) == '1e-05'", "string(123456.5) == '123456.5'",
      "string(0.001) == '0.001'", "string(true) == 'true'", "string(b'ab') == 'ab'", "bytes('é') == b'\\xc3\\xa9'",
      "bool('true')", "!bool('0')", "string(timestamp(0)) == '1970-01-01T00:00:00Z'", "int(timestamp(5)) == 5",
      "string(duration('1h30m')) == '5400s'", "dyn(1) == 1", "size('é') == 1", "size(b'\\xc3\\xa9') == 2",
      "size([1, 2]) == 2", "size({'a': 1}) == 1",
    ] as [Fact])
  func conversions(_ fact: Fact) throws { #expect(try evaluate(fact.text) == true) }

  @Test(
    "strings",
    arguments: [
      "'hello'.contains('ell')", "'hello'.contains('')", "!'hello'.contains('z')", "'hello'.startsWith('he')",
      "'hello'.endsWith('lo')", "'Hello'.lowerAscii() == 'hello'", "'hello'.upperAscii() == 'HELLO'",
      "'ÉA'.lowerAscii() == 'Éa'", "'a,b,c'.split(',') == ['a', 'b', 'c']", "'a,b,c'.split(',', 2) == ['a', 'b,c']",
      "'abc'.split('') == ['a', 'b', 'c']", "'a,b'.split(',', 0) == []", "'a,b'.split(',', -1) == ['a', 'b']",
      "['a', 'b'].join('-') == 'a-b'", "['a', 'b'].join() == 'ab'", "'hello'.replace('l', 'L') == 'heLLo'",
      "'hello'.replace('l', 'L', 1) == 'heLlo'", "'hello'.replace('l', 'L', 0) == 'hello'",
      "'hello'.replace('l', 'L', 9223372036854775807) == 'heLLo'",
      "'ab'.replace('', '-') == '-a-b-'", "'ab'.replace('', '-', 2) == '-a-b'", "'  a b '.trim() == 'a b'",
      "'tacocat'.substring(4) == 'cat'", "'tacocat'.substring(0, 4) == 'taco'", "'한국어'.substring(1, 2) == '국'",
      "'hello'.charAt(1) == 'e'", "'hello'.charAt(5) == ''", "'hello'.indexOf('l') == 2",
      "'hello'.indexOf('l', 3) == 3", "'hello'.lastIndexOf('l') == 3", "'hello'.lastIndexOf('l', 2) == 2",
      "'hello'.indexOf('z') == -1", "'abc'.reverse() == 'cba'", "'%d of %s'.format([1, 'two']) == '1 of two'",
      "'%s %.1f%%'.format([[1, 'a'], 2.25]) == '[1, a] 2.2%'",
      "'%x %X %b %o'.format([255, 255, 5, 8]) == 'ff FF 101 10'",
    ] as [Fact])
  func strings(_ fact: Fact) throws { #expect(try evaluate(fact.text) == true) }

  @Test(
    "lists and sets",
    arguments: [
      "[1, 2, 3].sum() == 6", "[].sum() == 0", "[1.5, 2.5].sum() == 4.0", "[3, 1, 2].min() == 1",
      "[3, 1, 2].max() == 3", "['a', 'b'].max() == 'b'", "[1, 2, 2].isSorted()", "![2, 1].isSorted()",
      "[1, 2, 2].indexOf(2) == 1", "[1, 2, 2].lastIndexOf(2) == 2", "[1].indexOf(9) == -1",
      "[duration('1s'), duration('2s')].sum() == duration('3s')", "sets.contains([1, 2], [2])",
      "!sets.contains([1], [2])", "sets.equivalent([1, 2, 2], [2, 1])", "sets.intersects([1, 2], [2, 3])",
      "!sets.intersects([1], [])",
    ] as [Fact])
  func lists(_ fact: Fact) throws { #expect(try evaluate(fact.text) == true) }

  @Test(
    "times",
    arguments: [
      "timestamp('2024-02-29T12:30:45.5Z').getFullYear() == 2024", "timestamp('2024-02-29T12:30:45Z').getMonth() == 1",
      "timestamp('2024-02-29T12:30:45Z').getDate() == 29", "timestamp('2024-02-29T12:30:45Z').getDayOfMonth() == 28",
      "timestamp('2024-12-31T00:00:00Z').getDayOfYear() == 365",
      "timestamp('2024-02-29T12:30:45Z').getDayOfWeek() == 4",
      "timestamp('2024-02-29T12:30:45Z').getHours() == 12", "timestamp('2024-02-29T20:30:45Z').getHours('+09:00') == 5",
      "timestamp('2024-02-29T20:30:45Z').getDate('+09:00') == 1",
      "timestamp('2024-02-29T00:00:00.25Z').getMilliseconds() == 250",
      "timestamp('2024-02-29T09:00:00+09:00') == timestamp('2024-02-29T00:00:00Z')",
      "timestamp('2024-01-01T00:00:00Z') + duration('24h') == timestamp('2024-01-02T00:00:00Z')",
      "timestamp('2024-01-02T00:00:00Z') - timestamp('2024-01-01T00:00:00Z') == duration('24h')",
      "timestamp('1969-12-31T23:59:59.5Z') < timestamp(0)",
      "string(timestamp('1969-12-31T23:59:59.5Z')) == '1969-12-31T23:59:59.5Z'",
      "duration('1h30m').getMinutes() == 90", "duration('-1.5s') + duration('2s') == duration('500ms')",
      "-duration('1s') == duration('-1s')", "duration('1h') > duration('59m')", "type(duration('1s')) != type(1)",
      "duration('0') == duration('0s')", "string(timestamp('0001-01-01T00:00:00Z')) == '0001-01-01T00:00:00Z'",
    ] as [Fact])
  func times(_ fact: Fact) throws { #expect(try evaluate(fact.text) == true) }

  @Test(
    "what cannot be done says so",
    arguments: [
      Refusal("int('x')", .conversion), Refusal("int(1e19)", .conversion), Refusal("uint(-1)", .conversion),
      Refusal("uint(-1.0)", .conversion), Refusal("double('x')", .conversion), Refusal("bool('yes')", .conversion),
      Refusal("string(b'\\xff')", .conversion), Refusal("timestamp('2023-02-29T00:00:00Z')", .conversion),
      Refusal("timestamp('2023-02-28')", .conversion), Refusal("timestamp('2023-02-28T25:00:00Z')", .conversion),
      Refusal("duration('1')", .conversion), Refusal("duration('300000h1x')", .conversion),
      Refusal("duration('9999999h')", .conversion), Refusal("string([])", .noOverload), Refusal("size(1)", .noOverload),
      Refusal("[].min()", .outOfRange), Refusal("['a'].sum() == 'a' && ['a', 'b'].sum() == 'ab'", .noOverload),
      Refusal("'abc'.substring(2, 1)", .outOfRange), Refusal("'abc'.substring(0, 9)", .outOfRange),
      Refusal("'abc'.charAt(9)", .outOfRange), Refusal("[1].join()", .noOverload),
      Refusal("'%d'.format([])", .conversion),
      Refusal("'%d'.format(['a'])", .conversion),
      Refusal("timestamp('9999-12-31T23:59:59Z') + duration('1s')", .overflow),
      Refusal("timestamp(0).getHours('Asia/Seoul')", .conversion),
    ])
  func refuses(_ refusal: Refusal) { #expect(failure(refusal.text)?.kind == refusal.kind) }
}
