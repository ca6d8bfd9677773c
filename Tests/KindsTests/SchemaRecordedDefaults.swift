/// What a real Kubernetes v1.36 made of objects when they were created: what was sent, and what came back without the
/// parts that admission, allocation and the server add.
enum RecordedDefaults {
  struct Record {
    let kind: String
    let sent: String
    let stored: String
  }

  static let all: [Record] = [
    Record(
      kind: "Namespace",
      sent: #"""
        {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"p-kcore"}}
        """#,
      stored: #"""
        {"apiVersion":"v1","kind":"Namespace","metadata":{"labels":{"kubernetes.io/metadata.name":"p-kcore"},
        "name":"p-kcore"},"spec":{},"status":{"phase":"Active"}}
        """#),
    Record(
      kind: "Pod",
      sent: #"""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"one-pod"},"spec":{"containers":[{"name":"c",
        "image":"nginx:1.27"}],"schedulerName":"nobody"}}
        """#,
      stored: #"""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"one-pod"},"spec":{"containers":[{"image":"nginx:1.27",
        "imagePullPolicy":"IfNotPresent","name":"c","resources":{},"terminationMessagePath":"/dev/termination-log",
        "terminationMessagePolicy":"File"}],"dnsPolicy":"ClusterFirst","enableServiceLinks":true,
        "restartPolicy":"Always","schedulerName":"nobody","securityContext":{},"terminationGracePeriodSeconds":30},
        "status":{}}
        """#),
    Record(
      kind: "Service",
      sent: #"""
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"one-service"},"spec":{"selector":{"app":"a"},
        "ports":[{"port":80}]}}
        """#,
      stored: #"""
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"one-service"},"spec":{
        "internalTrafficPolicy":"Cluster","ports":[{"port":80,"protocol":"TCP","targetPort":80}],"selector":{
        "app":"a"},"sessionAffinity":"None","type":"ClusterIP"},"status":{"loadBalancer":{}}}
        """#),
    Record(
      kind: "ConfigMap",
      sent: #"""
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one-configmap"},"data":{"a":"1"}}
        """#,
      stored: #"""
        {"apiVersion":"v1","data":{"a":"1"},"kind":"ConfigMap","metadata":{"name":"one-configmap"}}
        """#),
    Record(
      kind: "ConfigMap",
      sent: #"""
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"empty"}}
        """#,
      stored: #"""
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"empty"}}
        """#),
    Record(
      kind: "Secret",
      sent: #"""
        {"apiVersion":"v1","kind":"Secret","metadata":{"name":"one-secret"},"stringData":{"a":"1"}}
        """#,
      stored: #"""
        {"apiVersion":"v1","data":{"a":"MQ=="},"kind":"Secret","metadata":{"name":"one-secret"},"type":"Opaque"}
        """#),
    Record(
      kind: "Secret",
      sent: #"""
        {"apiVersion":"v1","kind":"Secret","metadata":{"name":"empty"}}
        """#,
      stored: #"""
        {"apiVersion":"v1","kind":"Secret","metadata":{"name":"empty"},"type":"Opaque"}
        """#),
    Record(
      kind: "ServiceAccount",
      sent: #"""
        {"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"one-serviceaccount"}}
        """#,
      stored: #"""
        {"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"one-serviceaccount"}}
        """#),
    Record(
      kind: "Node",
      sent: #"""
        {"apiVersion":"v1","kind":"Node","metadata":{"name":"one-node"},"status":{"capacity":{"cpu":"4",
        "memory":"8Gi","pods":"110"}}}
        """#,
      stored: #"""
        {"apiVersion":"v1","kind":"Node","metadata":{"name":"one-node"},"spec":{},"status":{"allocatable":{
        "cpu":"4","memory":"8Gi","pods":"110"},"capacity":{"cpu":"4","memory":"8Gi","pods":"110"},
        "daemonEndpoints":{"kubeletEndpoint":{"Port":0}},"nodeInfo":{"architecture":"","bootID":"",
        "containerRuntimeVersion":"","kernelVersion":"","kubeProxyVersion":"","kubeletVersion":"","machineID":"",
        "operatingSystem":"","osImage":"","systemUUID":""}}}
        """#),
    Record(
      kind: "Node",
      sent: #"""
        {"apiVersion":"v1","kind":"Node","metadata":{"name":"empty"}}
        """#,
      stored: #"""
        {"apiVersion":"v1","kind":"Node","metadata":{"name":"empty"},"spec":{},"status":{"daemonEndpoints":{
        "kubeletEndpoint":{"Port":0}},"nodeInfo":{"architecture":"","bootID":"","containerRuntimeVersion":"",
        "kernelVersion":"","kubeProxyVersion":"","kubeletVersion":"","machineID":"","operatingSystem":"",
        "osImage":"","systemUUID":""}}}
        """#),
    Record(
      kind: "Event",
      sent: #"""
        {"apiVersion":"v1","kind":"Event","metadata":{"name":"one-event"},"involvedObject":{"kind":"Pod","name":"p",
        "namespace":"p-kcore"},"reason":"Tested","message":"hello","type":"Normal"}
        """#,
      stored: #"""
        {"apiVersion":"v1","eventTime":null,"firstTimestamp":null,"involvedObject":{"kind":"Pod","name":"p",
        "namespace":"p-kcore"},"kind":"Event","lastTimestamp":null,"message":"hello","metadata":{
        "name":"one-event"},"reason":"Tested","reportingComponent":"","reportingInstance":"","source":{},
        "type":"Normal"}
        """#),
    Record(
      kind: "Deployment",
      sent: #"""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"one-deployment"},"spec":{"replicas":0,
        "selector":{"matchLabels":{"app":"a"}},"template":{"metadata":{"labels":{"app":"a"}},"spec":{"containers":[{
        "name":"c","image":"nginx:1.27"}]}}}}
        """#,
      stored: #"""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"one-deployment"},"spec":{
        "progressDeadlineSeconds":600,"replicas":0,"revisionHistoryLimit":10,"selector":{"matchLabels":{"app":"a"}},
        "strategy":{"rollingUpdate":{"maxSurge":"25%","maxUnavailable":"25%"},"type":"RollingUpdate"},"template":{
        "metadata":{"labels":{"app":"a"}},"spec":{"containers":[{"image":"nginx:1.27",
        "imagePullPolicy":"IfNotPresent","name":"c","resources":{},"terminationMessagePath":"/dev/termination-log",
        "terminationMessagePolicy":"File"}],"dnsPolicy":"ClusterFirst","restartPolicy":"Always",
        "schedulerName":"default-scheduler","securityContext":{},"terminationGracePeriodSeconds":30}}},"status":{}}
        """#),
    Record(
      kind: "ReplicaSet",
      sent: #"""
        {"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"name":"one-replicaset"},"spec":{"replicas":0,
        "selector":{"matchLabels":{"app":"a"}},"template":{"metadata":{"labels":{"app":"a"}},"spec":{"containers":[{
        "name":"c","image":"nginx:1.27"}]}}}}
        """#,
      stored: #"""
        {"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"name":"one-replicaset"},"spec":{"replicas":0,
        "selector":{"matchLabels":{"app":"a"}},"template":{"metadata":{"labels":{"app":"a"}},"spec":{"containers":[{
        "image":"nginx:1.27","imagePullPolicy":"IfNotPresent","name":"c","resources":{},
        "terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"}],
        "dnsPolicy":"ClusterFirst","restartPolicy":"Always","schedulerName":"default-scheduler","securityContext":{
        },"terminationGracePeriodSeconds":30}}},"status":{"replicas":0}}
        """#),
    Record(
      kind: "Role",
      sent: #"""
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role","metadata":{"name":"one-role"},"rules":[{
        "apiGroups":[""],"resources":["pods"],"verbs":["get"]}]}
        """#,
      stored: #"""
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role","metadata":{"name":"one-role"},"rules":[{
        "apiGroups":[""],"resources":["pods"],"verbs":["get"]}]}
        """#),
    Record(
      kind: "Role",
      sent: #"""
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role","metadata":{"name":"empty"}}
        """#,
      stored: #"""
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role","metadata":{"name":"empty"},"rules":null}
        """#),
    Record(
      kind: "RoleBinding",
      sent: #"""
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"name":"one-rolebinding"},
        "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"r"},"subjects":[{"kind":"User",
        "name":"u","apiGroup":"rbac.authorization.k8s.io"}]}
        """#,
      stored: #"""
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"name":"one-rolebinding"},
        "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"r"},"subjects":[{
        "apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"u"}]}
        """#),
    Record(
      kind: "ClusterRole",
      sent: #"""
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"one-clusterrole"},
        "rules":[{"apiGroups":[""],"resources":["nodes"],"verbs":["get"]}]}
        """#,
      stored: #"""
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"one-clusterrole"},
        "rules":[{"apiGroups":[""],"resources":["nodes"],"verbs":["get"]}]}
        """#),
    Record(
      kind: "ClusterRole",
      sent: #"""
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"empty"}}
        """#,
      stored: #"""
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"empty"},"rules":null}
        """#),
    Record(
      kind: "ClusterRoleBinding",
      sent: #"""
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{
        "name":"one-clusterrolebinding"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole",
        "name":"view"},"subjects":[{"kind":"Group","name":"g"}]}
        """#,
      stored: #"""
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{
        "name":"one-clusterrolebinding"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole",
        "name":"view"},"subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"Group","name":"g"}]}
        """#),
    Record(
      kind: "Lease",
      sent: #"""
        {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"one-lease"},"spec":{
        "holderIdentity":"me","leaseDurationSeconds":15}}
        """#,
      stored: #"""
        {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"one-lease"},"spec":{
        "holderIdentity":"me","leaseDurationSeconds":15}}
        """#),
    Record(
      kind: "Lease",
      sent: #"""
        {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"empty"}}
        """#,
      stored: #"""
        {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"empty"},"spec":{}}
        """#),
    Record(
      kind: "EndpointSlice",
      sent: #"""
        {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"one-endpointslice"},
        "addressType":"IPv4","endpoints":[{"addresses":["192.0.2.1"]}],"ports":[{"name":"http","port":80}]}
        """#,
      stored: #"""
        {"addressType":"IPv4","apiVersion":"discovery.k8s.io/v1","endpoints":[{"addresses":["192.0.2.1"],
        "conditions":{}}],"kind":"EndpointSlice","metadata":{"name":"one-endpointslice"},"ports":[{"name":"http",
        "port":80,"protocol":"TCP"}]}
        """#),
    Record(
      kind: "Pod",
      sent: #"""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"bad"},"spec":{"containers":[{"name":"c",
        "image":"nginx:1.27"}],"terminationGracePeriodSeconds":-5}}
        """#,
      stored: #"""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"bad"},"spec":{"containers":[{"image":"nginx:1.27",
        "imagePullPolicy":"IfNotPresent","name":"c","resources":{},"terminationMessagePath":"/dev/termination-log",
        "terminationMessagePolicy":"File"}],"dnsPolicy":"ClusterFirst","enableServiceLinks":true,
        "restartPolicy":"Always","schedulerName":"default-scheduler","securityContext":{},
        "terminationGracePeriodSeconds":1},"status":{}}
        """#),
    Record(
      kind: "Deployment",
      sent: #"""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},"spec":{"replicas":0,"selector":{
        "matchLabels":{"app":"a"}},"template":{"metadata":{"labels":{"app":"a"}},"spec":{"containers":[{
        "name":"web","image":"nginx:1.26","env":[{"name":"A","value":"1"},{"name":"B","value":"2"}],"ports":[{
        "containerPort":80}]},{"name":"log","image":"busybox"}],"tolerations":[{"key":"a","operator":"Exists"}]}}}}
        """#,
      stored: #"""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},"spec":{"progressDeadlineSeconds":600,
        "replicas":0,"revisionHistoryLimit":10,"selector":{"matchLabels":{"app":"a"}},"strategy":{"rollingUpdate":{
        "maxSurge":"25%","maxUnavailable":"25%"},"type":"RollingUpdate"},"template":{"metadata":{"labels":{
        "app":"a"}},"spec":{"containers":[{"env":[{"name":"A","value":"1"},{"name":"B","value":"2"}],
        "image":"nginx:1.26","imagePullPolicy":"IfNotPresent","name":"web","ports":[{"containerPort":80,
        "protocol":"TCP"}],"resources":{},"terminationMessagePath":"/dev/termination-log",
        "terminationMessagePolicy":"File"},{"image":"busybox","imagePullPolicy":"Always","name":"log","resources":{
        },"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"}],
        "dnsPolicy":"ClusterFirst","restartPolicy":"Always","schedulerName":"default-scheduler","securityContext":{
        },"terminationGracePeriodSeconds":30,"tolerations":[{"key":"a","operator":"Exists"}]}}},"status":{}}
        """#),
    Record(
      kind: "ConfigMap",
      sent: #"""
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"im"},"data":{"a":"1"},"immutable":true}
        """#,
      stored: #"""
        {"apiVersion":"v1","data":{"a":"1"},"immutable":true,"kind":"ConfigMap","metadata":{"name":"im"}}
        """#),
    Record(
      kind: "Pod",
      sent: #"""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"p2"},"spec":{"containers":[{"name":"c",
        "image":"nginx:1.27"}],"nodeName":"ghost-node"}}
        """#,
      stored: #"""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"p2"},"spec":{"containers":[{"image":"nginx:1.27",
        "imagePullPolicy":"IfNotPresent","name":"c","resources":{},"terminationMessagePath":"/dev/termination-log",
        "terminationMessagePolicy":"File"}],"dnsPolicy":"ClusterFirst","enableServiceLinks":true,
        "nodeName":"ghost-node","restartPolicy":"Always","schedulerName":"default-scheduler","securityContext":{},
        "terminationGracePeriodSeconds":30},"status":{}}
        """#),
    Record(
      kind: "Deployment",
      sent: #"""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":3,"selector":{
        "matchLabels":{"app":"a"}},"template":{"metadata":{"labels":{"app":"a"}},"spec":{"containers":[{"name":"c",
        "image":"nginx:1.27"}],"schedulerName":"nobody"}}}}
        """#,
      stored: #"""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"progressDeadlineSeconds":600,
        "replicas":3,"revisionHistoryLimit":10,"selector":{"matchLabels":{"app":"a"}},"strategy":{"rollingUpdate":{
        "maxSurge":"25%","maxUnavailable":"25%"},"type":"RollingUpdate"},"template":{"metadata":{"labels":{
        "app":"a"}},"spec":{"containers":[{"image":"nginx:1.27","imagePullPolicy":"IfNotPresent","name":"c",
        "resources":{},"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"}],
        "dnsPolicy":"ClusterFirst","restartPolicy":"Always","schedulerName":"nobody","securityContext":{},
        "terminationGracePeriodSeconds":30}}},"status":{}}
        """#),
    Record(
      kind: "Node",
      sent: #"""
        {"apiVersion":"v1","kind":"Node","metadata":{"name":"ps-1","labels":{"kubernetes.io/hostname":"ps-1",
        "p-sched":"yes","disk":"ssd","zone":"a"}},"spec":{}}
        """#,
      stored: #"""
        {"apiVersion":"v1","kind":"Node","metadata":{"labels":{"disk":"ssd","kubernetes.io/hostname":"ps-1",
        "p-sched":"yes","zone":"a"},"name":"ps-1"},"spec":{},"status":{"daemonEndpoints":{"kubeletEndpoint":{
        "Port":0}},"nodeInfo":{"architecture":"","bootID":"","containerRuntimeVersion":"","kernelVersion":"",
        "kubeProxyVersion":"","kubeletVersion":"","machineID":"","operatingSystem":"","osImage":"",
        "systemUUID":""}}}
        """#),
  ]
}
