/// The images that come in the box: how nginx, redis and the others behave, in the fields of the Image kind.
package struct ImageCatalogue: Sendable {
  struct Entry: Sendable {
    /// As a container writes it, without tag: `nginx`.
    let repository: String
    /// Nil: every tag exists.
    let tags: [String]?
    /// The behaviour of a tag.
    let behaviour: @Sendable (_ tag: String) -> ImageBehaviour
  }

  let entries: [Entry]

  /// What a registry says of an image: how it behaves, or that it has no such repository or tag.
  enum Lookup: Equatable {
    case found(ImageBehaviour)
    case unknownTag
    case unknownRepository
  }

  func lookup(_ reference: ImageReference) -> Lookup {
    let name = Self.presentName(reference.familiarRepository)
    guard let entry = entries.first(where: { $0.repository == name }) else {
      return .unknownRepository
    }
    guard reference.digest != nil || entry.tags?.contains(reference.tag) ?? true else { return .unknownTag }
    return .found(entry.behaviour(reference.tag))
  }

  /// Kubernetes' former registry hands over to its present one.
  private static func presentName(_ repository: String) -> String {
    repository.hasPrefix("k8s.gcr.io/") ? "registry.k8s.io/" + repository.dropFirst("k8s.gcr.io/".count) : repository
  }

  /// What lessons and Kubernetes' documentation use, and what many know from elsewhere.
  package static let builtIn = ImageCatalogue(entries: basics + tools + databases + examples)

  private static let basics = [
    Entry(repository: "nginx", tags: nginxTags, behaviour: nginx),
    Entry(repository: "httpd", tags: ["2", "2.4", "2.4-alpine", "alpine", "latest"], behaviour: httpd),
    Entry(repository: "busybox", tags: busyboxTags, behaviour: busybox),
    Entry(repository: "alpine", tags: alpineTags, behaviour: { _ in system(size: 3_800_000) }),
    Entry(repository: "ubuntu", tags: ["22.04", "24.04", "latest"], behaviour: { _ in system(size: 29_700_000) }),
    Entry(
      repository: "debian", tags: ["11", "12", "13", "bookworm", "bookworm-slim", "latest"],
      behaviour: { _ in system(size: 48_500_000) }),
    Entry(repository: "perl", tags: perlTags, behaviour: perl),
    Entry(repository: "redis", tags: redisTags, behaviour: redis),
    Entry(repository: "postgres", tags: postgresTags, behaviour: postgres),
    Entry(repository: "registry.k8s.io/pause", tags: nil, behaviour: { _ in pause }),
    Entry(repository: "hello", tags: ["1.0", "2.0", "broken", "slow", "latest"], behaviour: hello),
    Entry(
      repository: "registry.example.com/private/hello", tags: ["1.0", "2.0", "latest"], behaviour: privateHello),
    Entry(repository: "memory-hog", tags: ["1.0", "latest"], behaviour: memoryHog),
  ]

  private static let nginxTags: [String] = {
    var tags = ["1.7.9", "1.14.2", "1.16.1", "latest", "alpine", "stable", "stable-alpine", "mainline", "1"]
    for minor in 19...29 { tags += ["1.\(minor)", "1.\(minor)-alpine", "1.\(minor).0"] }
    return tags
  }()
  private static let busyboxTags = [
    "1.28", "1.34", "1.35", "1.36", "1.36.1", "1.37", "latest", "stable", "musl", "glibc",
  ]
  private static let alpineTags = ["3", "3.18", "3.19", "3.20", "3.21", "3.22", "latest"]
  private static let perlTags = ["5", "5.34", "5.34.0", "5.36", "5.38", "5.40", "5.42", "latest", "slim"]
  private static let redisTags = ["6", "6.2", "7", "7.0", "7.2", "7.4", "8", "8.0", "7-alpine", "alpine", "latest"]
  private static let postgresTags = ["13", "14", "15", "16", "17", "18", "16-alpine", "17-alpine", "alpine", "latest"]

  /// An image that holds a small system and a shell, and ends at once when it is given nothing to do.
  private static func system(size: Int64) -> ImageBehaviour {
    var image = ImageBehaviour()
    image.size = size
    image.entrypoint = ["sh"]
    image.lacks += size < 10_000_000 ? ["bash", "dash", "curl"] : ["ash", "curl", "wget", "ps"]
    image.exit = .init(after: .milliseconds(20), code: 0)
    image.memory = 1 << 20
    image.files = [
      "/etc/os-release": "NAME=\"Simulated Linux\"\n", "/etc/passwd": "root:x:0:0:root:/root:/bin/sh\n",
    ]
    return image
  }

  @Sendable private static func busybox(_ tag: String) -> ImageBehaviour {
    var image = system(size: 2_200_000)
    image.looksUpInFull = tag.hasPrefix("1.28")
    return image
  }

  private static let pause: ImageBehaviour = {
    var image = ImageBehaviour()
    image.size = 320_000
    image.entrypoint = ["/pause"]
    image.hasShell = false
    image.memory = 200 << 10
    return image
  }()

  @Sendable private static func perl(_ tag: String) -> ImageBehaviour {
    var image = system(size: tag == "slim" ? 60_000_000 : 336_000_000)
    image.entrypoint = ["perl"]
    image.lacks.removeAll { $0 == "perl" }
    return image
  }

  @Sendable static func nginx(_ tag: String) -> ImageBehaviour {
    let number = tag.split(separator: "-").first.map(String.init) ?? tag
    let version = ["latest": "1.29.0", "alpine": "1.29.0", "mainline": "1.29.0", "stable": "1.28.0", "1": "1.29.0"][
      number]
    let full = version ?? (number.split(separator: ".").count == 2 ? number + ".0" : number)
    var image = ImageBehaviour()
    image.size = tag.hasSuffix("alpine") ? 20_500_000 : 72_100_000
    image.entrypoint = ["nginx", "-g", "daemon off;"]
    image.memory = 6 << 20
    image.server = "nginx/" + full
    image.accessLog = .combined
    image.ports = [
      .init(
        port: 80, root: "/usr/share/nginx/html", notFound: nginxError("404 Not Found", full),
        forbidden: nginxError("403 Forbidden", full))
    ]
    image.lacks += tag.hasSuffix("alpine") ? ["bash"] : ["wget", "nslookup", "nc", "ps"]
    image.environment = ["NGINX_VERSION": full]
    image.files = [
      "/usr/share/nginx/html/index.html": nginxPage, "/etc/nginx/nginx.conf": "user  nginx;\nworker_processes  auto;\n",
    ]
    let isOld = (Int(full.split(separator: ".").dropFirst().first ?? "") ?? 99) < 19
    image.logs = isOld ? [] : nginxEntrypointLines + nginxNotices(full)
    return image
  }

  private static let nginxPage = """
    <!DOCTYPE html>
    <html>
    <head><title>Welcome to nginx!</title></head>
    <body><h1>Welcome to nginx!</h1></body>
    </html>

    """

  private static func nginxError(_ title: String, _ version: String) -> String {
    """
    <html>
    <head><title>\(title)</title></head>
    <body>
    <center><h1>\(title)</h1></center>
    <hr><center>nginx/\(version)</center>
    </body>
    </html>

    """
  }

  private static let nginxEntrypointLines: [ImageBehaviour.Line] = [
    "/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration",
    "/docker-entrypoint.sh: Looking for shell scripts in /docker-entrypoint.d/",
    "/docker-entrypoint.sh: Launching /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh",
    "10-listen-on-ipv6-by-default.sh: info: Getting the checksum of /etc/nginx/conf.d/default.conf",
    "10-listen-on-ipv6-by-default.sh: info: Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf",
    "/docker-entrypoint.sh: Sourcing /docker-entrypoint.d/15-local-resolvers.envsh",
    "/docker-entrypoint.sh: Launching /docker-entrypoint.d/20-envsubst-on-templates.sh",
    "/docker-entrypoint.sh: Launching /docker-entrypoint.d/30-tune-worker-processes.sh",
    "/docker-entrypoint.sh: Configuration complete; ready for start up",
  ].map { ImageBehaviour.Line(text: $0) }

  private static func nginxNotices(_ version: String) -> [ImageBehaviour.Line] {
    [
      "using the \"epoll\" event method", "nginx/\(version)", "built by gcc 12.2.0 (Debian 12.2.0-14+deb12u1) ",
      "OS: Linux 6.8.0", "getrlimit(RLIMIT_NOFILE): 1048576:1048576", "start worker processes",
      "start worker process 29", "start worker process 30",
    ].map { .init(after: .milliseconds(20), text: "{time} [notice] 1#1: " + $0, isError: true) }
  }

  @Sendable private static func httpd(_ tag: String) -> ImageBehaviour {
    var image = ImageBehaviour()
    image.size = tag.hasSuffix("alpine") ? 21_000_000 : 57_000_000
    image.entrypoint = ["httpd-foreground"]
    image.memory = 8 << 20
    let page = "<html><body><h1>It works!</h1></body></html>\n"
    image.server = "Apache/2.4.65 (Unix)"
    image.accessLog = .common
    image.directory = "/usr/local/apache2"
    image.ports = [.init(port: 80, root: "/usr/local/apache2/htdocs", notFound: httpdNotFound)]
    image.lacks += ["curl", "wget", "nslookup", "nc", "ps"]
    image.files = ["/usr/local/apache2/htdocs/index.html": page]
    image.logs = [
      .init(
        text: "AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using {ip}. "
          + "Set the 'ServerName' directive globally to suppress this message", isError: true),
      .init(
        after: .milliseconds(30),
        text: "[{apache}] [mpm_event:notice] [pid 1:tid 1] AH00489: Apache/2.4.65 (Unix) configured -- resuming normal "
          + "operations", isError: true),
      .init(
        after: .milliseconds(30),
        text: "[{apache}] [core:notice] [pid 1:tid 1] AH00094: Command line: 'httpd -D FOREGROUND'",
        isError: true),
    ]
    return image
  }

  private static let httpdNotFound = """
    <!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">
    <html><head>
    <title>404 Not Found</title>
    </head><body>
    <h1>Not Found</h1>
    <p>The requested URL was not found on this server.</p>
    </body></html>

    """

  @Sendable private static func redis(_ tag: String) -> ImageBehaviour {
    var image = ImageBehaviour()
    image.size = tag.hasSuffix("alpine") ? 17_000_000 : 45_000_000
    image.entrypoint = ["redis-server"]
    image.lacks = ["perl", "pg_isready", "curl"]
    image.memory = 5 << 20
    image.ports = [.init(port: 6379, language: .redis, after: .milliseconds(50))]
    let number = tag.split(separator: "-").first.map(String.init) ?? tag
    let version =
      ["latest": "8.0.3", "alpine": "8.0.3", "6": "6.2.19", "7": "7.4.5", "8": "8.0.3"][number] ?? number + ".5"
    image.logs = [
      "oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo",
      "Redis version=\(version), bits=64, commit=00000000, modified=0, pid=1, just started",
      "monotonic clock: POSIX clock_gettime", "Running mode=standalone, port=6379.", "Server initialized",
      "Ready to accept connections tcp",
    ].map { .init(after: .milliseconds(40), text: "1:M {redis} * " + $0) }
    return image
  }

  @Sendable private static func postgres(_ tag: String) -> ImageBehaviour {
    var image = ImageBehaviour()
    image.size = tag.hasSuffix("alpine") ? 105_000_000 : 155_000_000
    image.entrypoint = ["postgres"]
    image.lacks = ["redis-cli", "curl"]
    image.memory = 40 << 20
    image.ports = [.init(port: 5432, language: .postgres, after: .seconds(2))]
    image.requirement = .init(
      variables: ["POSTGRES_PASSWORD", "POSTGRES_HOST_AUTH_METHOD", "POSTGRES_PASSWORD_FILE"],
      lines: [
        "Error: Database is uninitialized and superuser password is not specified.",
        "       You must specify POSTGRES_PASSWORD to a non-empty value for the superuser.",
      ])
    let number = tag.split(separator: "-").first.map(String.init) ?? tag
    let version = Int(number).map { "\($0).5" } ?? "18.0"
    image.logs = [
      .init(text: "PostgreSQL init process complete; ready for start up."),
      .init(
        after: .seconds(2), text: "{iso} [1] LOG:  starting PostgreSQL \(version) on x86_64-pc-linux-gnu, 64-bit",
        isError: true),
      .init(
        after: .seconds(2), text: "{iso} [1] LOG:  listening on IPv4 address \"0.0.0.0\", port 5432", isError: true),
      .init(
        after: .seconds(2), text: "{iso} [1] LOG:  database system is ready to accept connections", isError: true),
    ]
    return image
  }

  /// A small web application on port 8080: 1.0 and 2.0 are good, `broken` ends two seconds after its start, `slow` is
  /// ready after twenty.
  @Sendable private static func hello(_ tag: String) -> ImageBehaviour {
    var image = ImageBehaviour()
    image.size = 12_000_000
    image.entrypoint = ["/hello"]
    image.memory = 10 << 20
    let version = tag == "latest" ? "2.0" : tag
    image.environment = ["HELLO_VERSION": version]
    image.logs = [.init(text: "hello \(version) starting")]
    switch tag {
    case "broken":
      image.logs += [
        .init(after: .milliseconds(500), text: "reading configuration /etc/hello/config.yaml"),
        .init(after: .seconds(2), text: "panic: cannot open /etc/hello/config.yaml: no such file", isError: true),
      ]
      image.exit = .init(after: .seconds(2), code: 1)
    case "slow":
      image.ports = [helloPort(version, after: .seconds(20))]
      image.logs += (1...4).map { .init(after: .seconds(5 * $0 - 3), text: "warming up the cache (\($0) of 4)") }
      image.logs.append(.init(after: .seconds(20), text: "listening on :8080"))
    default:
      image.ports = [helloPort(version, after: .milliseconds(300))]
      image.logs.append(.init(after: .milliseconds(300), text: "listening on :8080"))
    }
    return image
  }

  private static func helloPort(_ version: String, after: Duration) -> ImageBehaviour.Port {
    .init(
      port: 8080, after: after,
      responses: [
        .init(path: "/", body: "Hello from version \(version)\n"), .init(path: "/healthz", body: "ok\n"),
        .init(path: "/ready", body: "ok\n"),
      ])
  }

  /// An image that only those get who know the login `learner`, `podium`.
  @Sendable private static func privateHello(_ tag: String) -> ImageBehaviour {
    var image = hello(tag)
    image.login = RegistryLogin(user: "learner", password: "podium")
    return image
  }

  /// Takes 10 MiB more each second, until its memory limit ends it.
  @Sendable private static func memoryHog(_ tag: String) -> ImageBehaviour {
    var image = ImageBehaviour()
    image.size = 8_000_000
    image.entrypoint = ["/memory-hog"]
    image.memory = 20 << 20
    image.memoryGrowth = 10 << 20
    image.logs = (0..<60).map { .init(after: .seconds($0), text: "using \(20 + 10 * $0) MiB") }
    return image
  }
}
