import Loop

/// What the tasks and tutorials of Kubernetes' documentation run, and what teachers like to run.
extension ImageCatalogue {
  static let examples: [Entry] = [
    Entry(repository: "registry.k8s.io/e2e-test-images/agnhost", tags: nil, behaviour: { _ in agnhost }),
    Entry(repository: "registry.k8s.io/nginx-slim", tags: nil, behaviour: nginxSlim),
    Entry(repository: "registry.k8s.io/hpa-example", tags: nil, behaviour: { _ in phpApache }),
    Entry(
      repository: "registry.k8s.io/echoserver", tags: ["1.4", "1.8", "1.9", "1.10"], behaviour: { _ in echoServer }),
    Entry(repository: "registry.k8s.io/goproxy", tags: ["0.1"], behaviour: { _ in goProxy }),
    Entry(repository: "gcr.io/google-samples/kubernetes-bootcamp", tags: ["v1", "v2"], behaviour: bootcamp),
    Entry(repository: "gcr.io/k8s-minikube/kubernetes-bootcamp", tags: ["v1", "v2"], behaviour: bootcamp),
    Entry(repository: "jocatalin/kubernetes-bootcamp", tags: ["v1", "v2"], behaviour: bootcamp),
    Entry(repository: "gcr.io/google-samples/hello-app", tags: ["1.0", "2.0"], behaviour: helloApp),
    Entry(
      repository: "us-docker.pkg.dev/google-samples/containers/gke/hello-app", tags: ["1.0", "2.0"], behaviour: helloApp
    ),
    Entry(repository: "gcr.io/google-samples/node-hello", tags: ["1.0"], behaviour: { _ in nodeHello }),
    Entry(repository: "gcr.io/google-samples/hello-go-gke", tags: ["1.0"], behaviour: { _ in helloGo }),
    Entry(repository: "gcr.io/google-samples/hello-frontend", tags: ["1.0"], behaviour: { _ in helloFrontend }),
    Entry(
      repository: "us-docker.pkg.dev/google-samples/containers/gke/gb-frontend", tags: nil,
      behaviour: { _ in guestbook }),
    Entry(repository: "gcr.io/google_samples/gb-frontend", tags: nil, behaviour: { _ in guestbook }),
    Entry(
      repository: "us-docker.pkg.dev/google-samples/containers/gke/gb-redis-follower", tags: nil,
      behaviour: { _ in redisFollower }),
    Entry(repository: "registry.k8s.io/redis", tags: nil, behaviour: { _ in redisServer }),
    Entry(repository: "quay.io/fluentd_elasticsearch/fluentd", tags: nil, behaviour: { _ in fluentd }),
    Entry(repository: "fluentd", tags: nil, behaviour: { _ in fluentd }),
    Entry(repository: "fluent/fluentd", tags: nil, behaviour: { _ in fluentd }),
    Entry(repository: "wordpress", tags: nil, behaviour: { _ in wordpress }),
    Entry(repository: "hello-world", tags: ["latest", "linux"], behaviour: { _ in helloWorld }),
    Entry(repository: "polinux/stress", tags: nil, behaviour: { _ in stress }),
    Entry(repository: "vish/stress", tags: nil, behaviour: { _ in stress }),
    Entry(repository: "hashicorp/http-echo", tags: nil, behaviour: { _ in httpEcho }),
    Entry(repository: "traefik/whoami", tags: nil, behaviour: { _ in whoami }),
    Entry(repository: "paulbouwer/hello-kubernetes", tags: nil, behaviour: { _ in helloKubernetes }),
    Entry(repository: "stefanprodan/podinfo", tags: nil, behaviour: { _ in podInfo }),
    Entry(repository: "ghcr.io/stefanprodan/podinfo", tags: nil, behaviour: { _ in podInfo }),
  ]

  /// A server that answers on one port, and has a small system around it.
  static func server(
    size: Int64, _ program: String, port: Int, after: Duration = .milliseconds(200),
    language: ImageBehaviour.Language = .http, _ responses: [ImageBehaviour.Response] = []
  ) -> ImageBehaviour {
    var image = ImageBehaviour()
    image.size = size
    image.entrypoint = [program]
    image.ports = [.init(port: port, language: language, after: after, responses: responses)]
    return image
  }

  private static func answer(_ body: String) -> [ImageBehaviour.Response] { [.init(path: "*", body: body)] }

  private static let agnhost: ImageBehaviour = {
    var image = ImageBehaviour()
    image.size = 53_000_000
    image.entrypoint = ["/agnhost", "pause"]
    image.program = .agnhost
    image.takesArguments = true
    image.memory = 9 << 20
    image.logs = [.init(text: "Paused")]
    return image
  }()

  @Sendable private static func nginxSlim(_ tag: String) -> ImageBehaviour {
    var image = server(size: 20_000_000, "nginx", port: 80)
    image.ports[0].root = "/usr/share/nginx/html"
    image.server = "nginx/1.27.0"
    image.ports[0].forbidden = "<html>\n<head><title>403 Forbidden</title></head>\n</html>\n"
    image.ports[0].notFound = "<html>\n<head><title>404 Not Found</title></head>\n</html>\n"
    image.files = ["/usr/share/nginx/html/index.html": "<html><body><h1>Welcome to nginx!</h1></body></html>\n"]
    image.accessLog = .combined
    image.memory = 4 << 20
    return image
  }

  private static let phpApache: ImageBehaviour = {
    var image = server(size: 138_000_000, "apache2-foreground", port: 80, answer("OK!"))
    image.requestTime = .milliseconds(20)
    image.accessLog = .combined
    image.memory = 10 << 20
    image.server = "Apache/2.4.10 (Debian)"
    return image
  }()

  private static let echoServer: ImageBehaviour = {
    let body = """
      CLIENT VALUES:
      client_address={client}
      command={method}
      real path={path}
      query=nil
      request_version=1.1
      request_uri=http://{host}:8080{path}

      SERVER VALUES:
      server_version=nginx: 1.10.0 - lua: 10001

      HEADERS RECEIVED:
      host={host}
      BODY:
      -no body in request-
      """
    return server(size: 42_000_000, "nginx", port: 8_080, answer(body))
  }()

  private static let goProxy: ImageBehaviour = {
    var image = server(size: 2_000_000, "/goproxy", port: 8_080, language: .raw)
    image.hasShell = false
    return image
  }()

  @Sendable private static func bootcamp(_ tag: String) -> ImageBehaviour {
    let version = tag.dropFirst()
    var image = server(
      size: 83_000_000, "node", port: 8_080,
      answer("Hello Kubernetes bootcamp! | Running on: {hostname} | v=\(version)\n"))
    image.logs = [
      .init(after: .milliseconds(200), text: "Kubernetes Bootcamp App Started At: {micro} | Running On:  {hostname} ")
    ]
    image.requestLine =
      "Running On: {hostname} | Total Requests: {count} | App Uptime: {uptime} seconds | Log Time: {micro}"
    image.memory = 25 << 20
    return image
  }

  @Sendable private static func helloApp(_ tag: String) -> ImageBehaviour {
    var image = server(
      size: 13_000_000, "/hello-app", port: 8_080,
      answer("Hello, world!\nVersion: \(tag).0\nHostname: {hostname}\n"))
    image.hasShell = false
    image.logs = [.init(after: .milliseconds(200), text: "{time} Server listening on port 8080", isError: true)]
    image.requestLine = "{time} Serving request: {path}"
    return image
  }

  private static let nodeHello: ImageBehaviour = server(
    size: 264_000_000, "node", port: 8_080, answer("Hello Kubernetes!"))

  private static let helloGo: ImageBehaviour = {
    var image = server(size: 10_000_000, "/usr/bin/hello", port: 80, answer("{\"message\":\"Hello\"}\n"))
    image.hasShell = false
    return image
  }()

  /// Hands everything on to the Service `hello`; without such a name it does not start.
  private static let helloFrontend: ImageBehaviour = {
    var image = server(size: 44_000_000, "nginx", port: 80, after: .milliseconds(100))
    image.server = "nginx/1.14.2"
    image.accessLog = .combined
    image.ports[0].responses = [
      .init(path: "*", origin: .init(host: "hello", port: 80, isHandedOn: true, failure: 502, body: badGateway))
    ]
    return image
  }()

  private static let badGateway = """
    <html>
    <head><title>502 Bad Gateway</title></head>
    <body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx/1.14.2</center></body>
    </html>

    """

  private static let guestbook: ImageBehaviour = {
    var image = server(size: 160_000_000, "apache2-foreground", port: 80)
    image.server = "Apache/2.4.53 (Debian)"
    image.accessLog = .combined
    image.memory = 20 << 20
    image.ports[0].responses = [
      .init(path: "/", body: guestbookPage, contentType: "text/html"),
      .init(
        path: "/guestbook.php", body: "{\"data\": \"\"}", contentType: "application/json",
        origin: .init(host: "redis-follower", port: 6_379, failure: 500, body: "")),
    ]
    return image
  }()

  private static let guestbookPage = """
    <html ng-app="redis">
      <head><title>Guestbook</title></head>
      <body ng-controller="RedisCtrl"><h2>Guestbook</h2></body>
    </html>

    """

  private static let redisServer: ImageBehaviour = {
    var image = server(size: 40_000_000, "redis-server", port: 6_379, after: .milliseconds(50), language: .redis)
    image.lacks = ["perl", "pg_isready", "curl"]
    image.logs = [.init(after: .milliseconds(40), text: "1:M {redis} * Ready to accept connections tcp")]
    return image
  }()

  private static let redisFollower: ImageBehaviour = {
    var image = redisServer
    image.logs += [
      .init(after: .milliseconds(60), text: "1:S {redis} * Connecting to MASTER redis-leader:6379"),
      .init(after: .milliseconds(80), text: "1:S {redis} * MASTER <-> REPLICA sync started"),
    ]
    return image
  }()

  private static let fluentd: ImageBehaviour = {
    var image = server(size: 45_000_000, "fluentd", port: 24_231)
    image.memory = 60 << 20
    image.stopTime = .milliseconds(600)
    image.logs = [
      .init(text: "{note} [info]: parsing config file is succeeded path=\"/fluentd/etc/fluent.conf\""),
      .init(after: .seconds(1), text: "{note} [info]: #0 fluentd worker is now running worker=0"),
    ]
    return image
  }()

  /// Its pages want the database of `WORDPRESS_DB_HOST`.
  private static let wordpress: ImageBehaviour = {
    var image = server(size: 240_000_000, "apache2-foreground", port: 80, after: .seconds(4))
    image.server = "Apache/2.4.57 (Debian)"
    image.accessLog = .combined
    image.memory = 45 << 20
    image.lacks += ["wget", "nslookup", "nc", "ps"]
    image.directory = "/var/www/html"
    let page =
      "<!DOCTYPE html>\n<html lang=\"en-US\"><head><title>WordPress &rsaquo; Installation</title></head></html>\n"
    let database = ImageBehaviour.Origin(
      host: "{env.WORDPRESS_DB_HOST}", port: 3_306, failure: 500,
      body: "<html><body><h1>Error establishing a database connection</h1></body></html>\n")
    image.ports[0].responses = [
      .init(path: "/", status: 302, body: "", contentType: "text/html", origin: database),
      .init(path: "/wp-admin/install.php", body: page, contentType: "text/html", origin: database),
      .init(path: "/wp-login.php", body: page, contentType: "text/html", origin: database),
    ]
    image.logs = [
      .init(text: "WordPress not found in /var/www/html - copying now...", isError: true),
      .init(
        after: .seconds(3), text: "Complete! WordPress has been successfully copied to /var/www/html", isError: true),
      .init(
        after: .seconds(4),
        text: "[{apache}] [mpm_prefork:notice] [pid 1] AH00163: Apache/2.4.57 (Debian) PHP/8.2 configured -- resuming "
          + "normal operations", isError: true),
    ]
    return image
  }()

  private static let helloWorld: ImageBehaviour = {
    var image = ImageBehaviour()
    image.size = 5_000
    image.entrypoint = ["/hello"]
    image.hasShell = false
    image.memory = 1 << 20
    image.logs = [
      "", "Hello from Docker!", "This message shows that your installation appears to be working correctly.", "",
    ]
    .map { .init(text: $0) }
    image.exit = .init(after: .milliseconds(20), code: 0)
    return image
  }()

  private static let stress: ImageBehaviour = {
    var image = ImageBehaviour()
    image.size = 4_000_000
    image.entrypoint = ["stress"]
    image.program = .stress
    image.takesArguments = true
    image.memory = 1 << 20
    return image
  }()

  private static let httpEcho: ImageBehaviour = {
    var image = server(size: 3_000_000, "/http-echo", port: 5_678, answer("hello-world\n"))
    image.hasShell = false
    image.program = .httpEcho
    image.takesArguments = true
    return image
  }()

  private static let whoami: ImageBehaviour = {
    let body =
      "Hostname: {hostname}\nIP: 127.0.0.1\nIP: {ip}\nRemoteAddr: {client}:40000\n{method} {path} HTTP/1.1\nHost: {host}\n\n"
    var image = server(size: 3_000_000, "/whoami", port: 80, answer(body))
    image.hasShell = false
    return image
  }()

  private static let helloKubernetes: ImageBehaviour = {
    let body =
      "<!DOCTYPE html>\n<html><head><title>Hello Kubernetes!</title></head><body>Hello world! pod: {hostname}</body></html>\n"
    var image = server(size: 45_000_000, "node", port: 8_080, after: .milliseconds(600), answer(body))
    image.logs = [.init(after: .milliseconds(600), text: "Listening on: http://{hostname}:8080")]
    return image
  }()

  private static let podInfo: ImageBehaviour = {
    var image = server(size: 17_000_000, "./podinfo", port: 9_898, after: .milliseconds(300))
    let json = "application/json; charset=utf-8"
    image.ports[0].responses = [
      .init(
        path: "/",
        body:
          "{\n  \"hostname\": \"{hostname}\",\n  \"version\": \"6.9.0\",\n  \"message\": \"greetings from podinfo v6.9.0\"\n}",
        contentType: json),
      .init(path: "/healthz", body: "{\n  \"status\": \"OK\"\n}", contentType: json),
      .init(path: "/readyz", body: "{\n  \"status\": \"OK\"\n}", contentType: json),
    ]
    image.takesArguments = true
    return image
  }()
}
