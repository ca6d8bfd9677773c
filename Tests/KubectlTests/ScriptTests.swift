import Kubectl
import Testing

@Suite("A terminal's lines")
struct ScriptTests {
  @Test(
    "Words are taken apart as a shell does",
    arguments: [
      ("echo a  b", "a b\n"), ("echo 'a  b' \"c \\\"d\\\" $x\" e\\ f", "a  b c \"d\" $x e f\n"),
      ("echo a \\\n b", "a b\n"), ("echo a; echo b", "a\nb\n"), ("echo a\n\n# note\necho b", "a\nb\n"),
      ("echo a && echo b || echo c", "a\nb\n"), ("nothing || echo c", "c\n"), ("nothing && echo c", ""),
      ("echo 'x' | cat", "x\n"), ("cat <<EOF\none $x\n  two\nEOF\necho done", "one $x\n  two\ndone\n"),
      ("cat <<-'END'\n\tone\n\tEND\n", "one\n"), ("cat <<EOF | cat\nin\nEOF", "in\n"),
      ("echo a &&\n  echo b", "a\nb\n"),
    ])
  func words(line: String, out: String) {
    #expect(Terminal().run(line).out == out)
  }

  @Test(
    "What a shell could not read either is refused",
    arguments: [
      ("echo 'a", "syntax error: a quote (') is not closed\n"),
      ("echo \"a", "syntax error: a quote (\") is not closed\n"),
      ("&& echo", "syntax error: unexpected token '&&'\n"), ("| cat", "syntax error: unexpected token '|'\n"),
      ("echo a > file", "syntax error: '>' is not supported here\n"),
    ])
  func refused(line: String, message: String) {
    let result = Terminal().run(line)
    #expect(result.error == message)
    #expect(result.status == 2)
  }

  @Test("Files are the terminal's own, and the last command's status counts")
  func files() {
    var terminal = Terminal()
    terminal.files = ["a.txt": "text\n"]
    #expect(terminal.run("cat a.txt ./a.txt").out == "text\ntext\n")
    #expect(terminal.run("cat /etc/passwd").error == "cat: /etc/passwd: No such file or directory\n")
    #expect(terminal.run("cat none; echo x").status == 0)
    #expect(terminal.run("rm -rf /").status == 127)
  }
}
