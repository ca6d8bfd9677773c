import API
import Kinds
import Store
import Tree

/// Which pods are counted together: those of some namespaces that a selector selects.
struct PodSelection: Sendable {
  let selector: LabelSelector
  /// Sorted; empty: those that the selector of namespaces selects.
  let namespaces: [String]
  let namespaceSelector: LabelSelector?
  /// Whether pods on their way out count.
  let countsDeleting: Bool
  /// Tells selections apart.
  let identity: String

  init(
    _ selector: LabelSelector, namespaces: [String], namespaceSelector: LabelSelector? = nil, countsDeleting: Bool
  ) {
    self.selector = selector
    self.namespaces = namespaces.sorted()
    self.namespaceSelector = namespaceSelector
    self.countsDeleting = countsDeleting
    identity = [
      selector.description, self.namespaces.joined(separator: ","), namespaceSelector?.description ?? "-",
      countsDeleting ? "all" : "staying",
    ].joined(separator: "|")
  }

  func includes(_ pod: PodSummary, in store: Store) -> Bool {
    guard countsDeleting || !pod.isDeleting, selector.matches(pod.labels) else { return false }
    if namespaces.contains(pod.namespace) { return true }
    guard let namespaceSelector else { return false }
    let namespace = store[Kind.namespace.key(namespace: "", name: pod.namespace)]
    return namespaceSelector.matches(AnyObjectView(namespace?.value ?? .null).metadata.labels)
  }
}

/// How many pods of a selection each node has.
final class PodCounter {
  let selection: PodSelection
  fileprivate var perSlot: [Int32] = []
  fileprivate(set) var total = 0
  fileprivate var lastUse = 0
  /// The counts of each part of the cluster by the topologies that were asked about; kept up with every pod.
  private var sums: [(topology: Topology, counts: [Int64])] = []

  init(_ selection: PodSelection) { self.selection = selection }

  subscript(slot: Int) -> Int64 { slot < perSlot.count ? Int64(perSlot[slot]) : 0 }

  func add(_ step: Int, on slot: Int) {
    while perSlot.count <= slot { perSlot.append(0) }
    perSlot[slot] += Int32(step)
    total += step
    for index in sums.indices {
      let domain = sums[index].topology[slot: slot]
      if domain >= 0 { sums[index].counts[domain] += Int64(step) }
    }
  }

  /// How many of the pods are in each part of the cluster.
  func counts(by topology: Topology) -> [Int64] {
    if let known = sums.first(where: { $0.topology === topology }) { return known.counts }
    var counts = [Int64](repeating: 0, count: topology.domains.count)
    for (slot, count) in perSlot.enumerated() where count != 0 && topology[slot: slot] >= 0 {
      counts[topology[slot: slot]] += Int64(count)
    }
    // One of the same label is of nodes as they were before.
    sums.removeAll { $0.topology.key == topology.key }
    sums.append((topology, counts))
    return counts
  }
}

/// The counters that recent pods asked for, and the terms of affinity that placed pods have.
final class PodCounts {
  /// More selections than that are not kept up at once: the one unused the longest is counted anew when needed.
  static let limit = 256

  private let store: Store
  private var counters: [String: PodCounter] = [:]
  private var uses = 0
  /// The terms of placed pods, each with the count of the pods on every node that have it.
  private(set) var terms: [String: PlacedTerm] = [:]
  /// The same in an order that does not depend on hashes.
  private(set) var orderedTerms: [PlacedTerm] = []

  init(store: Store) { self.store = store }

  /// The counter of a selection; `pods` are those that are placed, with their nodes' slots.
  func counter(_ selection: PodSelection, in cluster: ClusterSummary) -> PodCounter {
    uses += 1
    if let counter = counters[selection.identity] {
      counter.lastUse = uses
      return counter
    }
    if counters.count >= Self.limit, let oldest = counters.min(by: { $0.value.lastUse < $1.value.lastUse }) {
      counters[oldest.key] = nil
    }
    let counter = PodCounter(selection)
    counter.lastUse = uses
    for pod in cluster.placedPods {
      if let node = cluster.node(of: pod.uid), selection.includes(pod, in: store) { counter.add(1, on: node.slot) }
    }
    counters[selection.identity] = counter
    return counter
  }

  func note(_ pod: PodSummary, on slot: Int, by step: Int) {
    for counter in counters.values where counter.selection.includes(pod, in: store) { counter.add(step, on: slot) }
    guard let affinity = pod.affinity else { return }
    for term in affinity.all {
      let placed: PlacedTerm
      if let present = terms[term.identity] {
        placed = present
      } else {
        placed = PlacedTerm(term)
        terms[term.identity] = placed
        orderedTerms.append(placed)
        orderedTerms.sort { $0.term.identity < $1.term.identity }
      }
      placed.counter.add(step, on: slot)
      if placed.counter.total == 0 {
        terms[term.identity] = nil
        orderedTerms.removeAll { $0 === placed }
      }
    }
  }

  /// What depends on namespaces' labels is counted anew after they changed.
  func forgetNamespaceSelections() {
    counters = counters.filter { $0.value.selection.namespaceSelector == nil }
  }
}

/// A term of affinity that placed pods have, and where they are.
final class PlacedTerm {
  let term: PodAffinityTerm
  let counter: PodCounter

  init(_ term: PodAffinityTerm) {
    self.term = term
    counter = PodCounter(term.selection)
  }
}

/// What the Services of each namespace select.
final class ServiceSelectors {
  private let store: Store
  private var selectors: [String: [LabelSelector]] = [:]

  init(store: Store) { self.store = store }

  func selecting(_ pod: PodSummary) -> [LabelSelector] {
    let all = selectors[pod.namespace] ?? read(pod.namespace)
    return all.filter { $0.matches(pod.labels) }
  }

  func forget(_ namespace: String) { selectors[namespace] = nil }

  private func read(_ namespace: String) -> [LabelSelector] {
    let read = store.list(Kind.service.groupResource, namespace: namespace)
      .compactMap { $0.value["spec", "selector"].map { LabelSelector(labels: TextMap($0)) } }
      .filter { !$0.isEmpty }
    selectors[namespace] = read
    return read
  }
}
