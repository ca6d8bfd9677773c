import Kubectl
import Tree

/// Answers from a table: a request that the table does not name gets a 404 without a Status, as from a bare server.
final class ScriptedTransport: Transport {
  /// What was asked for, but for discovery and schemas.
  private(set) var calls: [Call] = []
  private var answers: [(request: String, reply: Reply)] = []
  private var watches: [(request: String, events: [Value])] = []
  var now: Int64 = 1_800_000_000_000_000_000
  var isCancelled = false

  init() {
    answer("GET /api", Self.discovery(group: "", Self.coreResources))
    answer("GET /apis", Self.discovery(group: "apps", Self.appsResources))
  }

  /// The answer to a request, for as long as no other is given for it; a request with several gets one after the other.
  func answer(_ request: String, status: Int = 200, _ body: Value) {
    answers.append((request, Reply(status: status, body: body.json)))
  }

  func answer(_ request: String, text: String) {
    answers.append((request, Reply(status: 200, contentType: "text/plain", body: Array(text.utf8))))
  }

  /// A refusal in the server's words.
  func refuse(_ request: String, _ code: Int, _ reason: String, _ message: String, details: Value = ["name": "x"]) {
    answer(
      request, status: code,
      [
        "kind": "Status", "apiVersion": "v1", "status": "Failure", "message": .string(message),
        "reason": .string(reason), "code": .integer(Int64(code)), "details": details,
      ])
  }

  func watch(_ request: String, _ events: [(String, Value)]) {
    watches.append((request, events.map { ["type": .string($0.0), "object": $0.1] }))
  }

  func send(_ request: Call) -> Reply {
    let key = "\(request.method) \(request.path)"
    let isCached = key == "GET /api" || key == "GET /apis" || key.hasPrefix("GET /openapi")
    if !isCached { calls.append(request) }
    let matching = answers.indices.filter { answers[$0].request == key }
    guard let first = matching.first else { return Reply(status: 404, body: Array("404 page not found".utf8)) }
    return matching.count > 1 ? answers.remove(at: first).reply : answers[first].reply
  }

  func watch(_ request: Call, each: (Value) -> Bool) -> Reply? {
    calls.append(request)
    guard let index = watches.firstIndex(where: { $0.request == "GET \(request.path)" }) else {
      isCancelled = true
      return Reply(status: 404, body: Array("no watch for \(request.path)".utf8))
    }
    for event in watches.remove(at: index).events where !each(event) { return nil }
    return nil
  }

  func pause(seconds: Double) { now += Int64(seconds * 1_000_000_000) }

  /// What was asked for, one request a line, with its body.
  var log: [String] {
    calls.map { call in
      let body = String(decoding: call.body, as: UTF8.self)
      return "\(call.method) \(call.path)" + (body.isEmpty ? "" : " \(body)")
    }
  }
}

extension ScriptedTransport {
  private static let coreResources: [Value] = [
    resource("pods", "Pod", ["po"], ["all"], subresources: ["log", "eviction", "status"]),
    resource("services", "Service", ["svc"], ["all"]), resource("configmaps", "ConfigMap", ["cm"]),
    resource("secrets", "Secret", []), resource("nodes", "Node", ["no"], isNamespaced: false),
    resource("namespaces", "Namespace", ["ns"], isNamespaced: false), resource("events", "Event", ["ev"]),
    resource("serviceaccounts", "ServiceAccount", ["sa"]), resource("endpoints", "Endpoints", ["ep"]),
  ]

  private static let appsResources: [Value] = [
    resource("deployments", "Deployment", ["deploy"], ["all"], subresources: ["scale", "status"]),
    resource("replicasets", "ReplicaSet", ["rs"], ["all"], subresources: ["scale", "status"]),
  ]

  private static func resource(
    _ name: String, _ kind: String, _ shortNames: [String], _ categories: [String] = [], isNamespaced: Bool = true,
    subresources: [String] = []
  ) -> Value {
    [
      "resource": .string(name), "responseKind": ["group": "", "version": "", "kind": .string(kind)],
      "scope": isNamespaced ? "Namespaced" : "Cluster", "singularResource": .string(kind.lowercased()),
      "shortNames": .array(shortNames.map { .string($0) }), "categories": .array(categories.map { .string($0) }),
      "verbs": ["create", "delete", "get", "list", "patch", "update", "watch"],
      "subresources": .array(subresources.map { ["subresource": .string($0), "verbs": ["get"]] }),
    ]
  }

  static func discovery(group: String, version: String = "v1", _ resources: [Value]) -> Value {
    [
      "kind": "APIGroupDiscoveryList", "apiVersion": "apidiscovery.k8s.io/v2",
      "items": [
        [
          "metadata": ["name": .string(group)],
          "versions": [["version": .string(version), "resources": .array(resources)]],
        ]
      ],
    ]
  }

  /// A Table of the given columns; a column whose name ends with `*` is for `-o wide`.
  static func table(_ columns: [String], _ rows: [(Value, [Value])], revision: String = "100") -> Value {
    [
      "kind": "Table", "apiVersion": "meta.k8s.io/v1", "metadata": ["resourceVersion": .string(revision)],
      "columnDefinitions": .array(
        columns.map { name in
          let isWide = name.hasSuffix("*")
          return ["name": .string(isWide ? String(name.dropLast()) : name), "priority": isWide ? 1 : 0]
        }),
      "rows": .array(rows.map { ["cells": .array($0.1), "object": $0.0] }),
    ]
  }
}

/// A terminal over a scripted transport.
struct Terminal {
  let transport = ScriptedTransport()
  var files: [String: String] = [:]

  /// What a line prints to its standard output and its standard error, and its exit status.
  func run(_ line: String) -> (out: String, error: String, status: Int32) {
    var out = ""
    var error = ""
    let status = Kubectl(transport: transport, files: files).run(line) { part in
      switch part {
      case .out(let text): out += text
      case .error(let text): error += text
      case .request: break
      }
    }
    return (out, error, status)
  }
}
