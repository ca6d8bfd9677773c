import ClusterTesting
import Testing

/// Workloads in a whole cluster: scheduler, kubelets and controllers together.
@Suite("Workloads in a whole cluster")
struct WholeClusterTests {
  private static let pi = """
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: pi
    spec:
      template:
        spec:
          containers:
          - name: pi
            image: perl
            command: ["perl",  "-Mbignum=bpi", "-wle", "print bpi(2000)"]
          restartPolicy: Never
      backoffLimit: 4
    """

  private static func cronJob(_ version: String) -> String {
    """
    apiVersion: \(version)
    kind: CronJob
    metadata:
      name: hello
    spec:
      schedule: "*/1 * * * *"
      jobTemplate:
        spec:
          template:
            spec:
              containers:
              - name: hello
                image: busybox
                args:
                - /bin/sh
                - -c
                - date; echo Hello from the Kubernetes cluster
              restartPolicy: OnFailure
    """
  }

  @Test("A Job computes pi, is complete, and its pod is left with the digits in its log")
  func pi() throws {
    let lab = try Lab()
    #expect(lab.apply(Self.pi).output == "job.batch/pi created\n")
    lab.advance(bySeconds: 120)
    let job = lab.table("jobs")
    #expect(job.contains("pi ") && job.contains("Complete") && job.contains("1/1"), "\(job)")
    #expect(lab.table("pods").contains("Completed"), "\(lab.table("pods"))")
    let log = lab.kubectl("logs job/pi")
    #expect(log.output.hasPrefix("3.14159265358979"), "\(log.output.prefix(60)) \(log.errors)")
    #expect(lab.kubectl("delete job pi").status == 0)
    lab.advance(bySeconds: 60)
    #expect(lab.table("pods").isEmpty, "\(lab.table("pods"))")
  }

  @Test("A CronJob of the old version is refused; of the present one it runs each minute")
  func cron() throws {
    let lab = try Lab()
    let refused = lab.apply(Self.cronJob("batch/v1beta1"))
    #expect(
      refused.status == 1 && refused.errors.contains("no matches for kind \"CronJob\" in version \"batch/v1beta1\""))
    #expect(lab.apply(Self.cronJob("batch/v1")).output == "cronjob.batch/hello created\n")
    lab.advance(bySeconds: 210)
    let jobs = lab.table("jobs")
    #expect(jobs.split(separator: "\n").count == 4 && jobs.contains("hello-29453761"), "\(jobs)")
    #expect(lab.table("cronjobs").contains("*/1 * * * *"), "\(lab.table("cronjobs"))")
    lab.advance(bySeconds: 600)
    #expect(lab.table("jobs").split(separator: "\n").count == 4, "\(lab.table("jobs"))")
  }

  @Test("A StatefulSet's pods come one after the other, a DaemonSet's on every node")
  func sets() throws {
    let lab = try Lab()
    lab.apply(
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: db}
      spec:
        serviceName: db
        replicas: 2
        selector: {matchLabels: {app: db}}
        template:
          metadata: {labels: {app: db}}
          spec: {containers: [{name: db, image: nginx:1.27}]}
      ---
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {name: agent}
      spec:
        selector: {matchLabels: {app: agent}}
        template:
          metadata: {labels: {app: agent}}
          spec: {containers: [{name: agent, image: nginx:1.27}]}
      ---
      apiVersion: v1
      kind: ReplicationController
      metadata: {name: old}
      spec:
        replicas: 2
        selector: {app: old}
        template:
          metadata: {labels: {app: old}}
          spec: {containers: [{name: old, image: nginx:1.27}]}
      """)
    lab.advance(bySeconds: 120)
    let pods = lab.table("pods -o wide")
    for part in ["db-0 ", "db-1 ", "agent-", "old-"] { #expect(pods.contains(part), "\(pods)") }
    #expect(pods.split(separator: "\n").count { $0.contains("Running") } == 7, "\(pods)")
    #expect(lab.table("statefulsets").contains("2/2"), "\(lab.table("statefulsets"))")
    #expect(lab.table("rc").contains("old    2         2         2"), "\(lab.table("rc"))")
    for node in ["node-1", "node-2", "node-3"] {
      #expect(pods.split(separator: "\n").contains { $0.hasPrefix("agent-") && $0.contains(node) }, "\(pods)")
    }
  }
}
