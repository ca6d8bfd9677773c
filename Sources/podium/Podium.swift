import ArgumentParser

/// The command line's root.
@main struct Podium: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "podium",
    abstract: "A Kubernetes classroom in one binary: a live cluster, lessons in the browser, nothing to install.",
    discussion: """
      Start a server, then open the address that it prints:

        podium serve

      Use kubectl, Helm or a client library on it:

        podium kubeconfig > podium.kubeconfig
        kubectl --kubeconfig podium.kubeconfig get nodes

      Containers are simulated: nothing that is run in the cluster reaches this machine.
      """,
    version: Product.version,
    subcommands: [Serve.self, Kubeconfig.self, LessonCommand.self, Simulate.self, ReplayCommand.self, Version.self])
}

/// What this program is.
enum Product {
  static let version = "0.1.0"
  /// The Kubernetes whose API it speaks.
  static let kubernetesVersion = "v1.36.0"
}

struct Version: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the version of podium and of the API that it speaks.")

  func run() {
    Terminal.show("podium \(Product.version) (Kubernetes API \(Product.kubernetesVersion))")
  }
}
