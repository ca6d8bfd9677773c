import Kinds
import Loop
import Store

/// Answers get, list and watch from the feed, on any thread.
struct Reader: Sendable {
  let feed: Feed
  let now: @Sendable () -> Time

  func get(_ request: APIRequest, _ info: RequestInfo, _ kind: Kind) throws(Status) -> APIResponse {
    let encoder = try AnswerEncoder(request, now: now(), offer: Offer(of: kind))
    var snapshot = feed.snapshot
    if let text = request.parameter("resourceVersion"), !text.isEmpty {
      guard let revision = Int64(text), revision >= 0 else { throw .badResourceVersion(text, isWatch: false) }
      guard revision <= snapshot.revision else { throw .tooLarge(revision, current: snapshot.revision) }
      // Kubernetes' get knows no `resourceVersionMatch`; here it reads the past, as in a list.
      if request.parameter("resourceVersionMatch") == "Exact", revision > 0 {
        guard let past = feed.snapshot(at: revision) else { throw .expired(revision, oldest: feed.oldestRevision) }
        snapshot = past
      }
    }
    guard let object = snapshot[kind.key(namespace: info.namespace, name: info.name)] else {
      throw .notFound(kind, info.name)
    }
    return try encoder.object(object, of: kind)
  }

  func list(_ request: APIRequest, _ info: RequestInfo, _ kind: Kind) throws(Status) -> APIResponse {
    let encoder = try AnswerEncoder(request, now: now(), offer: Offer(of: kind, verb: "list"))
    let options = try ListOptions(request, info, kind: kind)
    return try encoder.list(try page(options, info, kind), of: kind)
  }

  private func page(_ options: ListOptions, _ info: RequestInfo, _ kind: Kind) throws(Status) -> Page {
    let snapshot = try snapshot(for: options)
    let namespace = info.namespace.isEmpty || !kind.isNamespaced ? nil : info.namespace
    var objects = snapshot.list(kind.collection, namespace: namespace, after: options.next?.path)
    if !options.selection.isEverything { objects = objects.filter(options.selection.matches) }
    var page = Page(objects: objects, revision: snapshot.revision)
    if let limit = options.limit, limit > 0, objects.count > limit {
      page.objects = Array(objects.prefix(limit))
      page.next = page.objects.last.map { ContinueToken(revision: snapshot.revision, path: $0.key.path) }
      page.remaining = options.selection.isEverything ? objects.count - limit : nil
    }
    return page
  }

  /// The cluster as the options want to see it: the present, a page's earlier moment, or exactly a revision.
  private func snapshot(for options: ListOptions) throws(Status) -> Snapshot {
    if let next = options.next {
      if next.revision < 0 { return feed.snapshot }
      guard let past = feed.snapshot(at: next.revision) else { throw .tooOldToContinue(next) }
      return past
    }
    let present = feed.snapshot
    guard let revision = options.resourceVersion else { return present }
    guard revision <= present.revision else { throw .tooLarge(revision, current: present.revision) }
    let isExact =
      options.resourceVersionMatch == "Exact"
      || options.resourceVersionMatch == nil && revision > 0 && (options.limit ?? 0) > 0
    guard isExact else { return present }
    guard let past = feed.snapshot(at: revision) else { throw .tooOldToRead(oldest: feed.oldestRevision) }
    return past
  }

  func watch(_ request: APIRequest, _ info: RequestInfo, _ kind: Kind) throws(Status) -> WatchPlan {
    let representation = try Representation.negotiate(request, Offer(of: kind, verb: "watch"))
    let options = try ListOptions(request, info, kind: kind)
    let current = feed.snapshot.revision
    if let revision = options.resourceVersion, revision > current { throw .tooLarge(revision, current: current) }
    let sendsInitial = options.sendInitialEvents == true
    let start = sendsInitial || options.resourceVersion == 0 ? nil : options.resourceVersion
    return WatchPlan(
      kind: kind, namespace: info.namespace.isEmpty || !kind.isNamespaced ? nil : info.namespace,
      startRevision: start, sendsBookmarks: options.allowsBookmarks, timeoutSeconds: options.timeoutSeconds,
      selection: options.selection,
      encoder: WatchEncoder(
        kind: kind, representation: representation, tables: try TableMaker(request), now: now),
      marksInitialEnd: sendsInitial && options.allowsBookmarks,
      sendsPresent: start == nil && options.sendInitialEvents != false)
  }
}
