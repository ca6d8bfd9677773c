import API
import Cluster
import Hosting
import HTTP
import Kinds
import Loop
import Store

/// `/metrics`: figures for Prometheus. Kubernetes' names where the same is measured, and nothing that is not.
extension Site {
  func metrics(_ call: APIRequest, in cluster: HostedCluster) -> Verdict {
    do throws(Status) {
      try cluster.api.checkMayRead(call)
      guard call.method == "GET" || call.method == "HEAD" else {
        throw Status(
          code: 405, reason: "MethodNotAllowed",
          message: "the server does not allow this method on the requested resource")
      }
    } catch {
      return .answer(HTTPResponse(cluster.api.refusal(error, to: call)))
    }
    let answer = PendingAnswer()
    let count = host.names.count
    // The loop's own figures are read where the loop runs.
    let isAccepted = cluster.door.submit { world in
      let figures = LoopFigures(of: world)
      return { answer.complete(Self.metrics(of: cluster, figures, clusters: count)) }
    }
    if !isAccepted { answer.complete(Self.metrics(of: cluster, nil, clusters: count)) }
    return .later(answer)
  }

  private static func metrics(of cluster: HostedCluster, _ loop: LoopFigures?, clusters: Int) -> HTTPResponse {
    var text = MetricsText()
    text.addRequests(cluster.metrics.figures)
    text.addStorage(cluster.feed.snapshot)
    text.addBuild(cluster.api.version)
    text.addProcess(ProcessFigures())
    if let loop { text.addLoop(loop) }
    text.addPodium(cluster, clusters: clusters)
    return HTTPResponse(
      status: 200,
      headers: [
        ("Content-Type", "text/plain; version=0.0.4; charset=utf-8"), ("Cache-Control", "no-cache, private"),
      ], body: .pieces([Array(text.text.utf8)[...]]))
  }
}

/// What only the cluster's own thread can tell.
struct LoopFigures: Sendable {
  var queues: [(name: String, depth: Int, additions: Int, retries: Int)]
  var turns: Int
  var writes: Int

  init(of cluster: Cluster) {
    queues = cluster.loop.queues.sorted { $0.key < $1.key }.map { name, counter in
      (name, counter.depth, counter.additions, counter.retries)
    }
    (turns, writes) = cluster.journalled
  }
}

extension MetricsText {
  mutating func addRequests(_ figures: RequestMetrics.Figures) {
    let totals = figures.totals.map { (labels: Self.labels($0), codes: $1) }
      .sorted { Self.key($0.labels) < Self.key($1.labels) }
    family("apiserver_current_inflight_requests", .gauge, "[STABLE] Requests that are being answered, by sort.")
    add("apiserver_current_inflight_requests", [("request_kind", "mutating")], Double(figures.changing))
    add("apiserver_current_inflight_requests", [("request_kind", "readOnly")], Double(figures.reading))
    family("apiserver_longrunning_requests", .gauge, "[STABLE] Open watches, by what is watched.")
    for (labels, count) in figures.watches.map({ (Self.labels($0, isCounted: false), $1) })
      .sorted(by: { Self.key($0.0) < Self.key($1.0) })
    {
      add("apiserver_longrunning_requests", labels, Double(count))
    }
    family("apiserver_request_duration_seconds", .histogram, "[STABLE] How long requests took, in seconds.")
    for (labels, durations) in figures.durations.map({ (Self.labels($0), $1) })
      .sorted(by: { Self.key($0.0) < Self.key($1.0) })
    {
      add(
        "apiserver_request_duration_seconds", labels, bounds: RequestMetrics.bounds, counts: durations.counts,
        sum: durations.seconds)
    }
    family("apiserver_request_total", .counter, "[STABLE] Requests, by what they asked for and how they ended.")
    for (labels, codes) in totals {
      for (code, count) in codes.sorted(by: { $0.key < $1.key }) {
        add("apiserver_request_total", [("code", String(code))] + labels, Double(count))
      }
    }
  }

  private static func labels(_ labels: RequestLabels, isCounted: Bool = true) -> [(String, String)] {
    var pairs = [("component", "apiserver")]
    if isCounted { pairs.append(("dry_run", labels.isDryRun ? "All" : "")) }
    return pairs + [
      ("group", labels.group), ("resource", labels.resource), ("scope", labels.scope),
      ("subresource", labels.subresource), ("verb", labels.verb), ("version", labels.version),
    ]
  }

  private static func key(_ labels: [(String, String)]) -> String {
    labels.map(\.1).joined(separator: "\u{1}")
  }

  mutating func addStorage(_ snapshot: Snapshot) {
    family("apiserver_resource_objects", .gauge, "[ALPHA] Stored objects, by resource.")
    for collection in snapshot.collections {
      add(
        "apiserver_resource_objects", [("group", collection.group), ("resource", collection.resource)],
        Double(snapshot.count(collection)))
    }
    family("apiserver_storage_objects", .gauge, "[STABLE] Stored objects, by resource.")
    for collection in snapshot.collections {
      add("apiserver_storage_objects", [("resource", collection.name)], Double(snapshot.count(collection)))
    }
  }

  mutating func addBuild(_ version: String) {
    family("kubernetes_build_info", .gauge, "[ALPHA] Which Kubernetes this answers like.")
    add(
      "kubernetes_build_info",
      [
        ("compiler", "swiftc"), ("git_version", "v1.36.0+podium-" + version), ("major", "1"), ("minor", "36"),
        ("platform", "linux/amd64"),
      ], 1)
  }

  mutating func addProcess(_ process: ProcessFigures) {
    let figures: [(String, Kind, String, Double?)] = [
      ("process_cpu_seconds_total", .counter, "Processor time, in seconds.", process.processorSeconds),
      ("process_max_fds", .gauge, "How many descriptors may be open.", process.descriptorLimit),
      ("process_open_fds", .gauge, "How many descriptors are open.", process.openDescriptors),
      ("process_resident_memory_bytes", .gauge, "Resident memory, in bytes.", process.residentBytes),
      ("process_start_time_seconds", .gauge, "When the process began, in seconds since 1970.", process.startTime),
      ("process_virtual_memory_bytes", .gauge, "Virtual memory, in bytes.", process.virtualBytes),
    ]
    for (name, kind, help, value) in figures {
      guard let value else { continue }
      family(name, kind, help)
      add(name, [], value)
    }
  }

  mutating func addLoop(_ loop: LoopFigures) {
    family("workqueue_adds_total", .counter, "[ALPHA] Keys added to work queues.")
    for queue in loop.queues { add("workqueue_adds_total", [("name", queue.name)], Double(queue.additions)) }
    family("workqueue_depth", .gauge, "[ALPHA] Keys that are due and wait in work queues.")
    for queue in loop.queues { add("workqueue_depth", [("name", queue.name)], Double(queue.depth)) }
    family("workqueue_retries_total", .counter, "[ALPHA] Keys that came back because something went wrong.")
    for queue in loop.queues { add("workqueue_retries_total", [("name", queue.name)], Double(queue.retries)) }
    family("podium_journal_turns_total", .counter, "Turns put into the journal since the start.")
    add("podium_journal_turns_total", [], Double(loop.turns))
    family("podium_journal_writes_total", .counter, "Writes put into the journal since the start.")
    add("podium_journal_writes_total", [], Double(loop.writes))
  }

  mutating func addPodium(_ cluster: HostedCluster, clusters: Int) {
    family("podium_cluster_time_seconds", .gauge, "The cluster's own time, in seconds since 1970.")
    add("podium_cluster_time_seconds", [("cluster", cluster.name)], Double(cluster.now().nanoseconds) / 1e9)
    family("podium_clusters", .gauge, "Clusters that this server runs.")
    add("podium_clusters", [], Double(clusters))
    family("podium_revision", .gauge, "The revision of the cluster's last write.")
    add("podium_revision", [("cluster", cluster.name)], Double(cluster.feed.snapshot.revision))
    family("podium_streams", .gauge, "Open streams of changes, watches and the console's.")
    add("podium_streams", [("cluster", cluster.name)], Double(cluster.feed.watcherCount))
  }
}
