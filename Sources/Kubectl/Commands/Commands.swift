extension CommandTable {
  /// In the order in which help lists them.
  static let commands: [Command] =
    [
      .create, .expose, .run, .set, .explain, .get, .delete, .rollout, .scale, .clusterInfo, .cordon, .uncordon, .drain,
      .taint, .describe, .logs, .auth, .events, .apply, .patch, .replace, .wait, .label, .annotate, .apiResources,
      .apiVersions, .config, .version,
      .exec, .attach,
    ] + Command.refused
}
