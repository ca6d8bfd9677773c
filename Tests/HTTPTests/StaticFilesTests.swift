import Glibc
import HTTP
import Testing

@Suite("Static files stay inside their folder")
struct StaticFilesTests {
  /// A folder with a page, hidden files, and a secret beside it, removed afterwards.
  private final class Folder {
    let base: String
    var root: String { base + "/public" }
    private var made = ["/public", "/public/js", "/public/.git", "/public-other"]

    init() throws {
      var template = Array("/tmp/http-static-XXXXXX".utf8CString)
      base = String(cString: try #require(mkdtemp(&template)))
      for folder in made { mkdir(base + folder, 0o755) }
      write("/public/index.html", "<p>start")
      write("/public/js/app.mjs", "export {}")
      write("/public/a b.css", "p{}")
      write("/public/.env", "secret")
      write("/public/.git/config", "secret")
      write("/secret.txt", "secret")
      write("/public-other/secret.txt", "secret")
      symlink(base + "/secret.txt", root + "/link.txt")
      symlink(base, root + "/up")
      symlink("js/app.mjs", root + "/inside.mjs")
      mkfifo(root + "/pipe", 0o644)
      made += ["/public/link.txt", "/public/up", "/public/inside.mjs", "/public/pipe"]
    }

    deinit {
      for path in made.reversed() { remove(base + path) }
      remove(base)
    }

    func write(_ path: String, _ text: String) {
      let descriptor = open(base + path, O_CREAT | O_WRONLY | O_TRUNC, 0o644)
      _ = Glibc.write(descriptor, text, text.utf8.count)
      close(descriptor)
      made.append(path)
    }
  }

  private func text(_ file: StaticFile?) -> String? {
    file.map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  @Test func filesAreFoundByTheirPath() throws {
    let folder = try Folder()
    let files = try StaticFiles(root: folder.root)
    #expect(text(files.file(atPath: "/")) == "<p>start")
    #expect(text(files.file(atPath: "/index.html")) == "<p>start")
    #expect(text(files.file(atPath: "/js/app.mjs")) == "export {}")
    #expect(text(files.file(atPath: "/a%20b.css")) == "p{}")
    #expect(text(files.file(atPath: "/inside.mjs")) == "export {}", "a link that stays inside is followed")
  }

  @Test(arguments: [
    "/../secret.txt", "/js/../../secret.txt", "/%2e%2e/secret.txt", "/%2e%2e%2fsecret.txt", "/..%2fsecret.txt",
    "/js/..%2f..%2fsecret.txt", "//secret.txt", "/./index.html", "/.env", "/%2eenv", "/.git/config", "/link.txt",
    "/up/secret.txt", "/up/public/index.html/", "/../public-other/secret.txt", "/..\\secret.txt",
    "/index.html%00.png", "/pipe", "/js", "/js/", "", "index.html", "/%ff", "/%", "/index.html/", "/missing",
  ])
  func everythingElseIsNotThere(_ path: String) throws {
    let folder = try Folder()
    #expect(try StaticFiles(root: folder.root).file(atPath: path) == nil)
  }

  @Test func aChangedFileIsReadAgain() throws {
    let folder = try Folder()
    let files = try StaticFiles(root: folder.root)
    let first = files.file(atPath: "/")
    #expect(first === files.file(atPath: "/"), "kept in memory")
    folder.write("/public/index.html", "<p>changed")
    let second = files.file(atPath: "/")
    #expect(text(second) == "<p>changed")
    #expect(first?.tag != second?.tag)
    remove(folder.root + "/index.html")
    #expect(files.file(atPath: "/") == nil)
  }

  @Test func aFolderThatIsNotThereIsAnError() {
    #expect(throws: StaticFiles.Unreadable.self) { try StaticFiles(root: "/no/such/folder") }
  }

  @Test(arguments: [
    ("a.js", "text/javascript; charset=utf-8"), ("a.mjs", "text/javascript; charset=utf-8"),
    ("a.css", "text/css; charset=utf-8"), ("a.SVG", "image/svg+xml"), ("a.woff2", "font/woff2"),
    ("a.json", "application/json"), ("a.md", "text/markdown; charset=utf-8"), ("a.html", "text/html; charset=utf-8"),
    ("a", "application/octet-stream"), ("a.b/c", "application/octet-stream"),
  ])
  func theTypeFollowsTheEnding(_ path: String, _ type: String) {
    #expect(StaticFile(path: path, bytes: []).contentType == type)
  }

  @Test func overTheWireWithValidatorsAndCompression() throws {
    let script = Array(String(repeating: "let x = 1;\n", count: 500).utf8)
    let files = StaticFiles(["index.html": Array("hi".utf8), "app.js": script])
    try withServer(answer: { .answer(files.response(to: $0) ?? .text("none", status: 404)) }) { server in
      let client = try RawClient(port: server.port)
      client.send(get("/app.js"))
      let plain = try client.response()
      #expect(plain.body == script)
      #expect(plain["Cache-Control"] == "no-cache")
      let tag = try #require(plain["ETag"])
      client.send(get("/app.js", "Accept-Encoding: gzip"))
      let compressed = try client.response()
      #expect(compressed["Content-Encoding"] == "gzip")
      #expect(compressed["Vary"] == "Accept-Encoding")
      #expect(compressed["ETag"] != tag)
      #expect(gunzip(compressed.body) == script)
      client.send(get("/app.js", "If-None-Match: \(tag)") + get("/app.js", "If-None-Match: \"other\""))
      #expect(try client.response().status == 304)
      #expect(try client.response().status == 200)
      client.send(
        "HEAD /app.js HTTP/1.1\r\nHost: test\r\n\r\n" + get("/../app.js") + "POST / HTTP/1.1\r\nHost: t\r\n\r\n")
      #expect(try client.response(toHead: true)["Content-Length"] == String(script.count))
      #expect(try client.response().status == 404)
      #expect(try client.response().status == 404)
    }
  }
}
