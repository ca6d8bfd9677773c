import ClusterTesting
import Kinds
import Testing
import Tree

@Suite("Examples of Kubernetes' documentation") struct DocumentedExamplesTests {
  private func workload(_ kind: String, _ name: String, _ spec: String, replicas: Int = 1) -> String {
    """
    apiVersion: apps/v1
    kind: \(kind)
    metadata: {name: \(name), labels: {app: \(name)}}
    spec:
      replicas: \(replicas)
      selector: {matchLabels: {app: \(name)}}
      \(kind == "StatefulSet" ? "serviceName: \(name)" : "")
      template:
        metadata: {labels: {app: \(name)}}
        spec:
          \(spec)
    ---

    """
  }

  private func service(_ name: String, _ port: Int, headless: Bool = false) -> String {
    """
    apiVersion: v1
    kind: Service
    metadata: {name: \(name)}
    spec:
      \(headless ? "clusterIP: None" : "type: ClusterIP")
      selector: {app: \(name)}
      ports: [{port: \(port)}]
    ---

    """
  }

  private func ask(_ lab: Lab, _ command: String, pod: String = "client") -> String {
    lab.kubectl("exec \(pod) -- \(command)").output
  }

  private func runClient(_ lab: Lab) { lab.kubectl("run client --image=nicolaka/netshoot --command -- sleep 100000") }

  @Test("The guestbook's frontend reaches its followers")
  func guestbook() throws {
    let lab = try Lab()
    lab.apply(
      workload(
        "Deployment", "redis-leader",
        "containers: [{name: leader, image: \"registry.k8s.io/redis:e2e\", ports: [{containerPort: 6379}]}]")
        + service("redis-leader", 6379)
        + workload(
          "Deployment", "redis-follower",
          "containers: [{name: follower, image: us-docker.pkg.dev/google-samples/containers/gke/gb-redis-follower:v2}]",
          replicas: 2) + service("redis-follower", 6379)
        + workload(
          "Deployment", "frontend",
          "containers: [{name: php-redis, image: us-docker.pkg.dev/google-samples/containers/gke/gb-frontend:v5}]",
          replicas: 3) + service("frontend", 80))
    runClient(lab)
    lab.advance(bySeconds: 60)
    #expect(lab.table("deployments").components("3/3") == 1)
    #expect(ask(lab, "curl -s http://frontend").contains("<title>Guestbook</title>"))
    #expect(ask(lab, "curl -s http://frontend/guestbook.php?cmd=get") == "{\"data\": \"\"}")
    lab.kubectl("delete service redis-follower")
    lab.advance(bySeconds: 5)
    #expect(ask(lab, "curl -s -o /dev/null -w %{http_code} http://frontend/guestbook.php") == "500")
  }

  @Test("A frontend hands requests on to its backend, and says 502 without one")
  func frontendAndBackend() throws {
    let lab = try Lab()
    lab.apply(
      workload(
        "Deployment", "hello", "containers: [{name: hello, image: gcr.io/google-samples/hello-go-gke:1.0}]", replicas: 3
      )
        + service("hello", 80)
        + workload(
          "Deployment", "frontend", "containers: [{name: nginx, image: gcr.io/google-samples/hello-frontend:1.0}]")
        + service("frontend", 80))
    runClient(lab)
    lab.advance(bySeconds: 60)
    #expect(ask(lab, "curl -s http://frontend") == "{\"message\":\"Hello\"}\n")
    lab.kubectl("scale deployment hello --replicas=0")
    lab.advance(bySeconds: 40)
    #expect(ask(lab, "curl -s -o /dev/null -w %{http_code} http://frontend") == "502")
  }

  @Test("WordPress waits for its database")
  func wordpress() throws {
    let lab = try Lab()
    lab.kubectl("create secret generic mysql-pass --from-literal=password=secret")
    lab.apply(
      """
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: mysql-pv-claim}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 20Gi}}}
      ---

      """
        + workload(
          "Deployment", "wordpress",
          "containers: [{name: wordpress, image: \"wordpress:6.2.1-apache\", "
            + "env: [{name: WORDPRESS_DB_HOST, value: wordpress-mysql}]}]") + service("wordpress", 80))
    runClient(lab)
    lab.advance(bySeconds: 60)
    #expect(ask(lab, "curl -s -o /dev/null -w %{http_code} http://wordpress/wp-admin/install.php") == "500")
    lab.apply(
      workload(
        "Deployment", "wordpress-mysql",
        "{containers: [{name: mysql, image: \"mysql:8.0\", "
          + "env: [{name: MYSQL_ROOT_PASSWORD, valueFrom: {secretKeyRef: {name: mysql-pass, key: password}}}], "
          + "volumeMounts: [{name: data, mountPath: /var/lib/mysql}]}], "
          + "volumes: [{name: data, persistentVolumeClaim: {claimName: mysql-pv-claim}}]}")
        + service("wordpress-mysql", 3306, headless: true))
    lab.advance(bySeconds: 60)
    #expect(ask(lab, "curl -s http://wordpress/wp-admin/install.php").contains("WordPress &rsaquo; Installation"))
    #expect(lab.table("pvc").contains("Bound"))
  }

  @Test("ZooKeeper and Cassandra come up one after another")
  func orderedDatabases() throws {
    let lab = try Lab()
    lab.apply(
      service("zk", 2181, headless: true)
        + workload(
          "StatefulSet", "zk",
          "containers: [{name: zk, image: \"registry.k8s.io/kubernetes-zookeeper:1.0-3.4.10\", "
            + "command: [sh, -c, \"start-zookeeper --servers=3 --data_dir=/var/lib/zookeeper/data\"], readinessProbe: "
            + "{exec: {command: [sh, -c, zookeeper-ready 2181]}, initialDelaySeconds: 10, timeoutSeconds: 5}}]",
          replicas: 3)
        + service("cassandra", 9042, headless: true)
        + workload(
          "StatefulSet", "cassandra",
          "containers: [{name: cassandra, image: \"gcr.io/google-samples/cassandra:v13\", readinessProbe: "
            + "{exec: {command: [/bin/bash, -c, /ready-probe.sh]}, initialDelaySeconds: 15, timeoutSeconds: 5}}]",
          replicas: 2))
    lab.advance(bySeconds: 180)
    #expect(lab.table("statefulset zk").contains("3/3"))
    #expect(lab.table("statefulset cassandra").contains("2/2"))
  }

  @Test("An indexed Job gives each pod its own piece of work")
  func indexedJob() throws {
    let lab = try Lab()
    lab.apply(
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: indexed-job}
      spec:
        completions: 5
        parallelism: 3
        completionMode: Indexed
        template:
          spec:
            restartPolicy: Never
            initContainers:
            - name: input
              image: docker.io/library/bash
              command: ["bash", "-c", "items=(foo bar baz qux xyz)\\necho ${items[$JOB_COMPLETION_INDEX]} > /input/data.txt"]
              volumeMounts: [{mountPath: /input, name: input}]
            containers:
            - name: worker
              image: docker.io/library/busybox
              command: ["rev", "/input/data.txt"]
              volumeMounts: [{mountPath: /input, name: input}]
            volumes: [{name: input, emptyDir: {}}]
      """)
    lab.advance(bySeconds: 60)
    #expect(lab.table("jobs").contains("5/5"))
    let pods = lab.kubectl("get pods -l batch.kubernetes.io/job-completion-index=3 -o name").output
    #expect(lab.kubectl("logs \(pods.trimmedLine)").output == "xuq\n")
  }

  @Test("php-apache is scaled by its load")
  func walkthroughOfTheAutoscaler() throws {
    let lab = try Lab()
    lab.apply(
      workload(
        "Deployment", "php-apache",
        "containers: [{name: php-apache, image: registry.k8s.io/hpa-example, "
          + "resources: {limits: {cpu: 500m}, requests: {cpu: 200m}}}]") + service("php-apache", 80))
    lab.apply(
      """
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: php-apache}
      spec:
        scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: php-apache}
        minReplicas: 1
        maxReplicas: 10
        metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: load}
      spec:
        containers:
        - name: load
          image: busybox:1.28
          command: [/bin/sh, -c, "while sleep 0.01; do wget -q -O- http://php-apache; done"]
      """)
    lab.advance(bySeconds: 240)
    let replicas = lab.object(.deployment, "php-apache")?["spec", "replicas"]?.integer ?? 0
    #expect(replicas > 1, "\(lab.table("hpa")) \(lab.kubectl("top pods").output)")
  }
}

extension String {
  fileprivate func components(_ part: String) -> Int {
    split(separator: part, omittingEmptySubsequences: false).count - 1
  }
  fileprivate var trimmedLine: String { split(separator: "\n").first.map(String.init) ?? "" }
}
