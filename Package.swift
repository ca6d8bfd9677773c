// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// One floor of the house: a folder in Sources, and the floors below that it may see.
func floor(_ name: String, sees dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, sees dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.byName(name: name)] + dependencies, swiftSettings: strict)
}

let engine: [Target.Dependency] = ["Tree", "Loop", "Kinds", "Store", "API"]
let engineBelowAPI: [Target.Dependency] = ["Tree", "Loop", "Kinds", "Store"]
let movingParts: [Target.Dependency] = ["Controllers", "Scheduler", "Network", "Nodes"]

let package = Package(
  name: "podium",
  products: [
    .executable(name: "podium", targets: ["podium"]),
    .library(name: "ClusterTesting", targets: ["ClusterTesting"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
  ],
  targets: [
    .systemLibrary(name: "CMicroHTTPD", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
    .systemLibrary(name: "CGnuTLS", pkgConfig: "gnutls", providers: [.apt(["libgnutls28-dev"])]),
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(
      name: "CMarkdown", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    .systemLibrary(name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
    .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),

    floor("Tree", sees: ["CLibYAML"]),
    floor("Schema", sees: ["Tree"]),
    floor("CEL", sees: ["Tree"]),
    floor("Loop"),
    floor("Kinds", sees: ["Tree", "Schema", "CEL", "Loop"]),
    floor("Store", sees: ["Tree", "Loop"]),
    floor("API", sees: ["Tree", "Schema", "CEL", "Loop", "Kinds", "Store"]),
    floor("Controllers", sees: engine),
    floor("Scheduler", sees: engine),
    floor("Network", sees: engine),
    floor("Nodes", sees: engine + ["Network"]),
    floor("Explanations", sees: engine + ["Network", "Scheduler"]),
    floor("Cluster", sees: engine + movingParts + ["Explanations"]),
    floor("Kubectl", sees: ["Tree", "Schema", "Kinds"]),
    floor("Lessons", sees: ["Tree", "CEL", "Kinds", "Store", "Kubectl", "CMarkdown"]),
    floor("SQLiteJournal", sees: ["CSQLite", "Tree", "Loop", "Store"]),
    floor("HTTP", sees: ["CMicroHTTPD", "CGnuTLS", "CZlib"]),
    floor("Terminal", sees: engine + ["Cluster", "Kubectl"]),
    floor("Stage", sees: engine + ["Cluster", "Kubectl", "Terminal", "Lessons"]),
    floor("Hosting", sees: engine + ["Cluster"]),
    floor(
      "Classroom",
      sees: engine + ["CArgon2", "CQREncode", "Cluster", "Hosting", "Lessons", "Stage"]),
    floor(
      "Console",
      sees: engine + ["Classroom", "Hosting", "Nodes", "Cluster", "Kubectl", "Terminal", "Lessons", "Stage", "HTTP"]),
    floor("ClusterTesting", sees: engine + movingParts + ["Cluster", "Kubectl", "Terminal"]),
    floor(
      "LessonProof", sees: ["Tree", "Loop", "Kinds", "Store", "API", "Cluster", "ClusterTesting", "Lessons", "Stage"]),
    floor("Simulation", sees: engine + ["Cluster"]),
    .executableTarget(
      name: "podium",
      dependencies: [
        "CMalloc", "Tree", "Loop", "Kinds", "Store", "API", "Cluster", "Hosting", "Classroom", "SQLiteJournal", "HTTP",
        "Lessons",
        "LessonProof", "Console", "Scheduler", "Simulation",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict),

    .executableTarget(
      name: "EngineBenchmarks", dependencies: engine + ["Network", "Nodes", "Cluster", "ClusterTesting"],
      swiftSettings: strict),

    tests("Tree"),
    tests("Schema", sees: ["Tree", "Kinds"]),
    tests("CEL", sees: ["Tree"]),
    tests("Loop"),
    tests("Kinds", sees: ["Tree", "Schema", "Loop"]),
    tests("Store", sees: ["Tree", "Loop"]),
    tests("API", sees: engineBelowAPI + ["Schema", "ClusterTesting"]),
    tests("Controllers", sees: engine + ["ClusterTesting"]),
    tests("Scheduler", sees: engine + ["ClusterTesting"]),
    tests("Network", sees: engine + ["Nodes", "Cluster", "ClusterTesting"]),
    tests("Nodes", sees: engine + ["Cluster", "Network", "ClusterTesting"]),
    tests("Explanations", sees: engine + ["ClusterTesting"]),
    tests("Cluster", sees: engine + ["ClusterTesting", "SQLiteJournal"]),
    tests("Kubectl", sees: ["Tree", "Kinds", "ClusterTesting"]),
    tests("Lessons", sees: ["Tree", "Store", "CEL", "LessonProof"]),
    tests("Hosting", sees: engine + ["Cluster", "ClusterTesting", "SQLiteJournal"]),
    tests("Classroom", sees: engine + ["Cluster", "ClusterTesting", "Hosting", "Lessons", "Stage", "SQLiteJournal"]),
    tests(
      "Console",
      sees: engine + ["Classroom", "Cluster", "ClusterTesting", "HTTP", "Hosting", "Lessons", "SQLiteJournal"]),
    tests("Simulation", sees: engine + ["Cluster", "ClusterTesting"]),
    tests("SQLiteJournal", sees: ["Tree", "Loop", "Store"]),
    tests("HTTP"),
    .testTarget(
      name: "FuzzTests",
      dependencies: [
        "Tree", "Schema", "CEL", "Loop", "Kinds", "Store", "API", "Controllers", "Cluster", "Kubectl", "Terminal",
        "ClusterTesting",
      ],
      swiftSettings: strict),
    .testTarget(name: "TidyTests", swiftSettings: strict),
  ]
)
