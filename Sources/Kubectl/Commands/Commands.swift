extension CommandTable {
  /// In the order in which help lists them.
  static let commands: [Command] = [
    .create, .get, .delete, .apply, .scale, .set, .label, .annotate, .rollout, .logs,
  ]
}
