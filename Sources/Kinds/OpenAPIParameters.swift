import Schema
import Tree

/// The query and path parameters that operations share.
struct OpenAPIParameters {
  private let document: SchemaDocument

  init(_ document: SchemaDocument) { self.document = document }

  private func parameter(_ name: String, _ type: String, _ place: String, _ description: String) -> Value {
    var parameter: Value = [
      "name": .string(name), "in": .string(place), "description": .string(description),
    ]
    if place == "path" { parameter["required"] = true }
    if document.version == .two {
      parameter["type"] = .string(type)
      parameter["uniqueItems"] = true
    } else {
      parameter["schema"] = ["type": .string(type), "uniqueItems": true]
    }
    return parameter
  }

  private func query(_ name: String, _ type: String, _ description: String) -> Value {
    parameter(name, type, "query", description)
  }

  func path(_ name: String, _ description: String) -> Value { parameter(name, "string", "path", description) }

  var pretty: Value { query("pretty", "string", "If 'true', the answer is indented.") }

  var force: Value { query("force", "boolean", "Whether an apply takes fields away from other managers.") }

  private var dryRun: Value { query("dryRun", "string", "If 'All', everything is done but the writing.") }

  var write: [Value] {
    [
      dryRun,
      query("fieldManager", "string", "Who is said to own the fields that change."),
      query("fieldValidation", "string", "What becomes of unknown fields: Ignore, Warn or Strict."),
    ]
  }

  var deletion: [Value] {
    [
      dryRun,
      query("gracePeriodSeconds", "integer", "How long the object has to end."),
      query("orphanDependents", "boolean", "Whether dependents stay; propagationPolicy replaces it."),
      query("propagationPolicy", "string", "What becomes of dependents: Orphan, Background or Foreground."),
    ]
  }

  var list: [Value] {
    [
      query("allowWatchBookmarks", "boolean", "Whether a watch may send bookmarks."),
      query("continue", "string", "Where the next part of a list begins."),
      query("fieldSelector", "string", "Which objects, by their fields."),
      query("labelSelector", "string", "Which objects, by their labels."),
      query("limit", "integer", "How many objects at most."),
      query("resourceVersion", "string", "The revision to read at or to watch from."),
      query("resourceVersionMatch", "string", "How the revision is meant."),
      query("sendInitialEvents", "boolean", "Whether a watch begins with the objects that there are."),
      query("timeoutSeconds", "integer", "When a list or watch ends."),
      query("watch", "boolean", "Whether to watch for changes."),
    ]
  }

  var log: [Value] {
    [
      query("container", "string", "Whose log."),
      query("follow", "boolean", "Whether the log is followed."),
      query("limitBytes", "integer", "How many bytes at most."),
      query("previous", "boolean", "Whether to read the log of the container before."),
      query("sinceSeconds", "integer", "How far back."),
      query("tailLines", "integer", "How many lines from the end."),
      query("timestamps", "boolean", "Whether each line begins with its time."),
    ]
  }
}
