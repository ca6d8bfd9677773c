import Testing

@testable import Lessons

@Suite struct MarkdownTests {
  private func render(_ markdown: String, glossary: String? = Sample().glossary) -> (html: String, problems: [String]) {
    let problems = ProblemList(lesson: "x")
    let terms = glossary.map { Glossary($0, file: "glossary.yaml", problems: problems) } ?? .empty
    let text = LessonText(
      "# T\n\n" + markdown, language: .korean, glossary: terms, file: "ko.md", problems: problems)
    return (text.intro.html, problems.problems.map(\.description))
  }

  @Test("commands become buttons, one a line, with everything escaped")
  func commands() {
    let html = render("```command\nkubectl get pods\necho '<b>\"'\n```\n").html
    #expect(
      html == """
        <div class="commands">
        <button class="command" type="button" data-command="kubectl get pods">kubectl get pods</button>
        <button class="command" type="button" data-command="echo '&lt;b&gt;&quot;'">echo '&lt;b&gt;&quot;'</button>
        </div>

        """)
  }

  @Test("other code stays code, tables are tables")
  func codeAndTables() {
    #expect(render("```yaml\na: 1\n```\n").html == "<pre><code class=\"language-yaml\">a: 1\n</code></pre>\n")
    #expect(render("| a | b |\n|---|---|\n| 1 | 2 |\n").html.contains("<td>1</td>"))
  }

  @Test("call-outs are titled in the text's language")
  func callOuts() {
    let html = render("> [!MYTH]\n> 파드는 **이동**한다.\n").html
    #expect(html.contains("<aside class=\"callout callout-myth\">\n<p class=\"callout-title\">흔한 오해</p>"))
    #expect(html.contains("<p>파드는 <strong>이동</strong>한다.</p>"))
    #expect(html.contains("</aside>"))
    #expect(!html.contains("[!MYTH]"))
    #expect(render("> 인용\n").html == "<blockquote>\n<p>인용</p>\n</blockquote>\n")
    let unknown = render("> [!HELLO]\n> x\n").problems
    #expect(unknown == ["x/ko.md:3: there is no call-out '[!HELLO]': use one of IMPORTANT, MYTH, NOTE, TIP, WARNING"])
  }

  @Test("terms carry their definition")
  func terms() {
    #expect(
      render("[스케줄러](term:scheduler)가").html
        == "<p><dfn class=\"term\" tabindex=\"0\" title=\"노드를 고르는 컴포넌트\">스케줄러</dfn>가</p>\n")
    #expect(
      render("a\n[x](term:nothing)").problems == [
        "x/ko.md:4: the term 'nothing' is not in the glossary: add it to glossary.yaml"
      ])
  }

  @Test(
    "nothing that runs reaches the page",
    arguments: [
      "<script>alert(1)</script>", "a <b onclick=\"x()\">c</b>", "[x](javascript:alert(1))",
      "![x](javascript:alert(1))", "[x](data:text/html,hi)", "[x](vbscript:x)", "<img src=x onerror=alert(1)>",
      "```command\n\"><script>alert(1)</script>\n```", "[<script>x</script>](term:scheduler)",
      "> [!NOTE]\n> <script>x</script>", "```\"><script>\nx\n```",
    ])
  func sanitised(_ markdown: String) {
    let html = render(markdown).html
    for bad in ["<script", "onclick=\"", "onerror=alert(1)>", "javascript:", "data:text", "vbscript:"] {
      #expect(!html.contains(bad), "\(html)")
    }
  }

  @Test("raw HTML and bold marks that do not work are told with their line")
  func complaints() {
    #expect(
      render("a\n\n<div>x</div>\n").problems == [
        "x/ko.md:5: raw HTML is never shown: write Markdown, or '&lt;' for '<'"
      ])
    #expect(render("**스케줄러(scheduler)**는 고릅니다.").problems.first?.hasPrefix("x/ko.md:3: '**' stays") == true)
  }
}
