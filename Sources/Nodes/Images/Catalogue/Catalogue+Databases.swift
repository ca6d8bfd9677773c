import Loop

/// Databases and brokers, as their own images behave.
extension ImageCatalogue {
  static let databases: [Entry] = [
    Entry(repository: "mysql", tags: ["5.6", "5.7", "8", "8.0", "8.4", "9", "9.4", "latest"], behaviour: mysql),
    Entry(repository: "mariadb", tags: ["10.6", "10.11", "11", "11.4", "12", "latest", "lts"], behaviour: mariadb),
    Entry(
      repository: "mongo", tags: ["4.4", "5", "5.0", "6", "6.0", "7", "7.0", "8", "8.0", "latest"], behaviour: mongo),
    Entry(
      repository: "rabbitmq", tags: ["3", "3-management", "3.13", "4", "4.1", "4-management", "latest", "management"],
      behaviour: rabbitmq),
    Entry(
      repository: "memcached", tags: ["1", "1.6", "1.6-alpine", "alpine", "latest"], behaviour: { _ in memcached }),
    Entry(repository: "gcr.io/google-samples/cassandra", tags: ["v13", "v14"], behaviour: { _ in cassandra }),
    Entry(
      repository: "registry.k8s.io/kubernetes-zookeeper", tags: ["1.0-3.4.10"], behaviour: { _ in zookeeper }),
    Entry(repository: "registry.k8s.io/etcd", tags: nil, behaviour: { _ in etcd }),
    Entry(repository: "quay.io/coreos/etcd", tags: nil, behaviour: { _ in etcd }),
  ]

  @Sendable private static func mysql(_ tag: String) -> ImageBehaviour {
    let version = ["5.6": "5.6.51", "5.7": "5.7.44", "8": "8.4.6", "8.0": "8.0.43", "8.4": "8.4.6"][tag] ?? "9.4.0"
    var image = sqlServer(
      "mysqld", "MySQL", version: version,
      variables: ["MYSQL_ROOT_PASSWORD", "MYSQL_ALLOW_EMPTY_PASSWORD", "MYSQL_RANDOM_ROOT_PASSWORD"])
    image.size = 230_000_000
    image.memory = 350 << 20
    return image
  }

  @Sendable private static func mariadb(_ tag: String) -> ImageBehaviour {
    let version = ["10.6": "10.6.23", "10.11": "10.11.14", "11.4": "11.4.8", "lts": "11.8.3"][tag] ?? "12.0.2"
    var image = sqlServer(
      "mariadbd", "MariaDB", version: version + "-MariaDB",
      variables: [
        "MARIADB_ROOT_PASSWORD", "MARIADB_ROOT_PASSWORD_HASH", "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD",
        "MARIADB_RANDOM_ROOT_PASSWORD", "MYSQL_ROOT_PASSWORD", "MYSQL_ALLOW_EMPTY_PASSWORD",
      ])
    image.size = 110_000_000
    image.memory = 100 << 20
    return image
  }

  /// A server that makes its database at the first start, and wants to be told a password for that.
  private static func sqlServer(_ program: String, _ name: String, version: String, variables: [String])
    -> ImageBehaviour
  {
    var image = ImageBehaviour()
    image.entrypoint = [program]
    image.lacks = ["perl", "redis-cli", "pg_isready", "curl", "wget", "nslookup", "nc", "ps"]
    image.stopTime = .milliseconds(900)
    image.ports = [.init(port: 3306, language: .mysql, after: .seconds(8))]
    let intro = "{note} [Note] [Entrypoint]: Entrypoint script for \(name) Server \(version) started."
    image.requirement = .init(
      variables: variables,
      lines: [intro, "{note} [ERROR] [Entrypoint]: Database is uninitialized and password option is not specified"]
        + ["    You need to specify one of the following as an environment variable:"]
        + variables.prefix(3).map { "    - " + $0 })
    image.logs = [
      .init(text: intro),
      .init(after: .milliseconds(300), text: "{note} [Note] [Entrypoint]: Initializing database files"),
      .init(after: .seconds(5), text: "{note} [Note] [Entrypoint]: Database files initialized"),
      .init(after: .seconds(7), text: "{note} [Note] [Entrypoint]: \(name) init process done. Ready for start up."),
      .init(
        after: .seconds(8),
        text: "{micro} 0 [System] [Server] /usr/sbin/\(program): ready for connections. Version: '\(version)'  socket: "
          + "'/var/run/mysqld/mysqld.sock'  port: 3306", isError: true),
    ]
    return image
  }

  @Sendable private static func mongo(_ tag: String) -> ImageBehaviour {
    var image = server(size: 280_000_000, "mongod", port: 27_017, after: .milliseconds(1_200), language: .raw)
    image.memory = 120 << 20
    image.lacks += ["curl", "wget", "nslookup", "nc", "ps"]
    image.logs = [
      .init(
        after: .milliseconds(200),
        text: "{\"t\":{\"$date\":\"{micro}\"},\"s\":\"I\",\"c\":\"CONTROL\",\"id\":4615611,\"ctx\":\"initandlisten\","
          + "\"msg\":\"MongoDB starting\",\"attr\":{\"pid\":1,\"port\":27017,\"dbPath\":\"/data/db\"}}"),
      .init(
        after: .milliseconds(1_200),
        text: "{\"t\":{\"$date\":\"{micro}\"},\"s\":\"I\",\"c\":\"NETWORK\",\"id\":23016,\"ctx\":\"listener\","
          + "\"msg\":\"Waiting for connections\",\"attr\":{\"port\":27017,\"ssl\":\"off\"}}"),
    ]
    return image
  }

  @Sendable private static func rabbitmq(_ tag: String) -> ImageBehaviour {
    var image = server(size: 100_000_000, "rabbitmq-server", port: 5_672, after: .seconds(6), language: .raw)
    image.memory = 130 << 20
    if tag.contains("management") {
      image.ports.append(.init(port: 15_672, after: .seconds(7), responses: [.init(path: "/", body: managementPage)]))
    }
    image.logs = [
      .init(after: .seconds(2), text: "  Starting broker..."),
      .init(after: .seconds(6), text: "{note} [info] <0.590.0> started TCP listener on [::]:5672"),
      .init(after: .seconds(6), text: " completed with 3 plugins."),
    ]
    return image
  }

  private static let managementPage = "<!DOCTYPE html>\n<html><head><title>RabbitMQ Management</title></head></html>\n"

  private static let memcached = server(
    size: 32_000_000, "memcached", port: 11_211, after: .milliseconds(20), language: .raw)

  private static let cassandra: ImageBehaviour = {
    var image = server(size: 160_000_000, "/run.sh", port: 9_042, after: .seconds(35), language: .raw)
    image.ports.append(.init(port: 7_000, language: .raw, after: .seconds(5)))
    image.memory = 400 << 20
    image.cpu = 60
    image.logs = [
      .init(after: .seconds(2), text: "Starting Cassandra on {ip}"),
      .init(after: .seconds(5), text: "INFO  {clock} Starting Messaging Service on /{ip}:7000 (eth0)"),
      .init(after: .seconds(35), text: "INFO  {clock} Node /{ip} state jump to NORMAL"),
    ]
    // The example's probe runs it, and looks for its own address.
    image.files = ["/ready-probe.sh": "test $(hostname -i) != \"\"\n"]
    return image
  }()

  private static let zookeeper: ImageBehaviour = {
    var image = server(size: 83_000_000, "start-zookeeper", port: 2_181, after: .seconds(3), language: .raw)
    for port in [2_888, 3_888] { image.ports.append(.init(port: port, language: .raw, after: .seconds(3))) }
    image.memory = 110 << 20
    image.logs = [
      .init(
        after: .seconds(1),
        text:
          "{clock} [myid:] - INFO  [main:QuorumPeerConfig@134] - Reading configuration from: /opt/zookeeper/conf/zoo.cfg"
      ),
      .init(
        after: .seconds(3),
        text: "{clock} [myid:] - INFO  [main:NIOServerCnxnFactory@89] - binding to port 0.0.0.0/0.0.0.0:2181"),
    ]
    image.files = ["/usr/bin/zookeeper-ready": "echo imok\n"]
    return image
  }()

  private static let etcd: ImageBehaviour = {
    var image = server(size: 59_000_000, "etcd", port: 2_379, after: .milliseconds(500))
    image.hasShell = false
    image.takesArguments = true
    image.memory = 30 << 20
    image.ports = [
      .init(
        port: 2_379, after: .milliseconds(500),
        responses: [
          .init(path: "/health", body: "{\"health\":\"true\",\"reason\":\"\"}", contentType: "application/json")
        ]),
      .init(port: 2_380, after: .milliseconds(500)),
    ]
    image.logs = [
      .init(
        text: "{\"level\":\"info\",\"ts\":\"{micro}\",\"caller\":\"etcdmain/etcd.go:73\",\"msg\":\"Running: \"}",
        isError: true),
      .init(
        after: .milliseconds(500),
        text:
          "{\"level\":\"info\",\"ts\":\"{micro}\",\"caller\":\"embed/serve.go:187\",\"msg\":\"serving client traffic\"}",
        isError: true),
    ]
    return image
  }()
}
