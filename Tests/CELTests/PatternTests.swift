import CEL
import Testing
import Tree

@Suite struct PatternTests {
  @Test(
    "patterns match as in RE2",
    arguments: [
      "'hello'.matches('ell')", "'hello'.matches('^h.*o$')", "!'hello'.matches('^ell')", "matches('abc', 'b')",
      "'abc'.matches('')", "'aaa'.matches('^a{3}$')", "!'aaaa'.matches('^a{2,3}$')", "'aaaa'.matches('^a{2,}$')",
      "'ab12'.matches('^[a-z]+[0-9]+$')", "'x-y'.matches('^[a-z-]+$')", "'x]'.matches('^[]x]+$')",
      "'é'.matches('^.$')", "'한글'.matches(r'^\\p{L}+$')", "!'1'.matches(r'\\pL')", "'a\\nb'.matches('a(?s).b')",
      "!'a\\nb'.matches('a.b')", "'ABC'.matches('(?i)^abc$')", "'a\\nb'.matches('(?m)^b$')", "!'a\\nb'.matches('^b$')",
      "'web-7d4f'.matches(r'^web-[[:xdigit:]]+$')", "'a b'.matches(r'\\bb\\b')", "'foo.bar'.matches(r'^\\w+\\.\\w+$')",
      "'nginx:1.25'.matches(r'^nginx:(1\\.25|1\\.26)$')", "'ab'.matches('^(?:a|b)*$')", "'a{'.matches('a{')",
      "'abab'.matches('^(?P<x>ab)+$')", "'\\t'.matches(r'\\s')", "'x'.matches('[^a-w]')", "'-'.matches(r'[\\D]')",
      "''.matches('^(a*)*$')", "'aaab'.matches('^(a|aa)+b$')", "'A'.matches(r'\\x41')", "'A'.matches(r'\\x{41}')",
      "'abc123def'.find('[0-9]+') == '123'", "'abc'.find('[0-9]+') == ''", "'a1b22'.findAll('[0-9]+') == ['1', '22']",
      "'a1b22'.findAll('[0-9]+', 1) == ['1']", "'aXbX'.find('a.*?X') == 'aX'", "'aXbX'.find('a.*X') == 'aXbX'",
      "'abcd'.find('b|bc') == 'b'",
    ] as [Fact])
  func matches(_ fact: Fact) throws { #expect(try evaluate(fact.text) == true) }

  @Test(
    "wrong patterns are refused",
    arguments: ["(", ")", "[a", "a**", "*", "[z-a]", "a{2,1}", "a{1001}", "(?<x", "(?=a)", "\\1", "\\", "[[:foo:]]"])
  func refuses(_ pattern: String) { #expect(failure("'a'.matches(r'\(pattern)')")?.kind == .conversion) }

  @Test("a pattern that makes backtracking engines slow takes few steps")
  func linear() throws {
    let text = String(repeating: "a", count: 5_000)
    #expect(try evaluate("text.matches('^(a+)+$b')", ["text": .string(text)]) == false)
    #expect(failure("'a'.matches('((a{100}){100}){100}')")?.kind == .limit)
  }
}
