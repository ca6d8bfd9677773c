extension Command {
  /// Commands that kubectl has and this terminal cannot do, with what to do instead.
  static let refused: [Command] = [
    refused(
      "edit", "Edit a resource on the server",
      "edit needs an editor, which this terminal has not: change a file and use 'kubectl apply -f', or 'kubectl patch'"),
    refused("top", "Display resource (CPU/memory) usage", "Metrics API not available"),
    refused(
      "port-forward", "Forward one or more local ports to a pod",
      "port-forward is not supported in this terminal: it has no ports of its own"),
    refused("proxy", "Run a proxy to the Kubernetes API server", "proxy is not supported in this terminal"),
    refused("cp", "Copy files and directories to and from containers", "cp is not supported in this terminal"),
    refused(
      "debug", "Create debugging sessions for troubleshooting workloads and nodes",
      "debug is not supported in this terminal"),
    refused(
      "diff", "Diff the live version against a would-be applied version",
      "diff is not supported in this terminal: use 'kubectl apply --dry-run=server -o yaml'"),
    refused(
      "autoscale", "Auto-scale a deployment, replica set, stateful set, or replication controller",
      "autoscale is not supported in this terminal"),
    refused("certificate", "Modify certificate resources", "certificate is not supported in this terminal"),
    refused(
      "kustomize", "Build a kustomization target from a directory or URL", "kustomize is not supported in this terminal"
    ),
    refused(
      "plugin", "Provides utilities for interacting with plugins", "unable to find any kubectl plugins in your PATH"),
    refused("completion", "Output shell completion code", "completion is built into this terminal: press Tab"),
  ]

  private static func refused(_ name: String, _ summary: String, _ reason: String) -> Command {
    Command(
      name: name, summary: summary,
      flags: Flag.output + Flag.files + Flag.selector + Flag.allNamespaces + [
        .isSwitch("stdin", "i", "Not supported here."), .isSwitch("tty", "t", "Not supported here."),
        .text("container", "c", "Not supported here."), .isSwitch("containers", "Not supported here."),
        .text("sort-by", "Not supported here."), .isSwitch("no-headers", "Not supported here."),
        .text("image", "Not supported here."), .text("min", "Not supported here."), .text("max", "Not supported here."),
        .text("cpu-percent", "Not supported here."), .text("target", "Not supported here."),
        .text("address", "Not supported here."), .text("port", "p", "Not supported here."),
      ],
      run: { (_) throws(Failure) in throw .error(reason) })
  }
}
