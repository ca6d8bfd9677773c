import API
import Kinds
import Loop
import Scheduler
import Store
import Testing
import Tree

@Suite("The scheduler's configuration")
struct ConfigurationTests {
  private static let header = "apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\n"

  private func configuration(_ text: String) throws -> SchedulerConfiguration {
    let documents = try YAML.parse(Array((Self.header + text).utf8))
    return try SchedulerConfiguration(try #require(documents.first))
  }

  private func problem(_ text: String) throws -> String? {
    do {
      _ = try configuration(text)
      return nil
    } catch let problem as SchedulerConfiguration.Problem {
      return problem.text
    }
  }

  private func place(_ text: String, cpu: [String]) throws -> World {
    let world = World(configuration: try configuration(text))
    for (index, cpu) in cpu.enumerated() { try world.node("node-\(index + 1)", cpu: cpu) }
    try world.pod("web", container: ["resources": ["requests": ["cpu": "1", "memory": "1Gi"]]])
    world.loop.runDue()
    return world
  }

  @Test("A profile may pack nodes full instead of spreading")
  func mostAllocated() throws {
    let arguments = """
      profiles:
      - plugins: {score: {disabled: [{name: "*"}], enabled: [{name: NodeResourcesFit}]}}
        pluginConfig:
        - name: NodeResourcesFit
          args: {scoringStrategy: {type: MostAllocated}}
      """
    #expect(try place(arguments, cpu: ["4", "2"]).nodeName("web") == "node-2")
    #expect(try place("", cpu: ["4", "2"]).nodeName("web") == "node-1")
  }

  @Test("A shape turns use into scores")
  func requestedToCapacityRatio() throws {
    let world = try place(
      """
      profiles:
      - plugins: {score: {disabled: [{name: "*"}], enabled: [{name: NodeResourcesFit, weight: 5}]}}
        pluginConfig:
        - name: NodeResourcesFit
          args:
            scoringStrategy:
              type: RequestedToCapacityRatio
              resources: [{name: cpu, weight: 1}]
              requestedToCapacityRatio:
                shape: [{utilization: 0, score: 0}, {utilization: 100, score: 10}]
      """, cpu: ["4", "2"])
    #expect(world.nodeName("web") == "node-2")
    let uid = try #require(world.client.get(.pod, namespace: "default", name: "web")?.uid)
    let nodes = try #require(world.scheduler.decision(for: uid)).nodes
    #expect(nodes.map(\.total) == [125, 250])
  }

  @Test("Every profile has its own name, and pods of other names are left alone")
  func profiles() throws {
    let world = World(
      configuration: try configuration("profiles: [{schedulerName: mine}, {schedulerName: default-scheduler}]"))
    try world.node("node-1")
    try world.pod("own", spec: ["schedulerName": "mine"])
    try world.pod("other", spec: ["schedulerName": "theirs"])
    world.loop.runDue()
    #expect(world.nodeName("own") == "node-1" && world.nodeName("other") == nil)
    let event = world.client.list(.event).first { $0.value["involvedObject", "name"] == "own" }
    #expect(event?.value["source", "component"] == "mine")
  }

  @Test("A filter that is switched off refuses nothing")
  func disabledFilter() throws {
    let world = World(
      configuration: try configuration("profiles: [{plugins: {filter: {disabled: [{name: TaintToleration}]}}}]"))
    try world.node("node-1", taints: [["key": "k", "effect": "NoSchedule"]])
    try world.pod("web")
    world.loop.runDue()
    #expect(world.nodeName("web") == "node-1")
  }

  @Test("What cannot be read is refused with its place")
  func problems() throws {
    #expect(try problem("percentageOfNodesToScore: 30") == nil)
    #expect(
      try problem("percentageOfNodesToScore: 300")
        == "percentageOfNodesToScore: must be a whole number from 0 to 100")
    #expect(
      try problem("profiles: [{schedulerName: a}, {schedulerName: a}]")
        == "profiles[1].schedulerName: \"a\" is there twice")
    #expect(
      try problem("profiles: [{plugins: {score: {enabled: [{name: Luck}]}}}]")?
        .hasPrefix("profiles[0].plugins.score.enabled[0].name: \"Luck\" is no plugin of this scheduler") == true)
    #expect(try problem("extenders: [{urlPrefix: x}]")?.hasPrefix("extenders: ") == true)
    #expect(try problem("profils: []")?.hasPrefix("profils: unknown field") == true)
  }
}
