/// What a real Kubernetes v1.36 made of a Deployment under one strategic merge patch after the other.
enum RecordedPatches {
  struct Record {
    let patch: String
    /// The strategy for a patch of it, else the pod template's spec.
    let result: String
  }

  static let deployment = #"""
    {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},"spec":{"replicas":0,"selector":{
    "matchLabels":{"app":"a"}},"template":{"metadata":{"labels":{"app":"a"}},"spec":{"containers":[{
    "name":"web","image":"nginx:1.26","env":[{"name":"A","value":"1"},{"name":"B","value":"2"}],"ports":[{
    "containerPort":80}]},{"name":"log","image":"busybox"}],"tolerations":[{"key":"a","operator":"Exists"}]}}}}
    """#

  static let all: [Record] = [
    Record(
      patch: #"""
        {"spec":{"template":{"spec":{"containers":[{"name":"web","image":"nginx:1.27"}]}}}}
        """#,
      result: #"""
        {"containers":[{"env":[{"name":"A","value":"1"},{"name":"B","value":"2"}],"image":"nginx:1.27",
        "imagePullPolicy":"IfNotPresent","name":"web","ports":[{"containerPort":80,"protocol":"TCP"}],"resources":{
        },"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"},{"image":"busybox",
        "imagePullPolicy":"Always","name":"log","resources":{},"terminationMessagePath":"/dev/termination-log",
        "terminationMessagePolicy":"File"}],"dnsPolicy":"ClusterFirst","restartPolicy":"Always",
        "schedulerName":"default-scheduler","securityContext":{},"terminationGracePeriodSeconds":30,"tolerations":[{
        "key":"a","operator":"Exists"}]}
        """#),
    Record(
      patch: #"""
        {"spec":{"template":{"spec":{"containers":[{"name":"web","env":[{"name":"C","value":"3"}]}]}}}}
        """#,
      result: #"""
        {"containers":[{"env":[{"name":"C","value":"3"},{"name":"A","value":"1"},{"name":"B","value":"2"}],
        "image":"nginx:1.27","imagePullPolicy":"IfNotPresent","name":"web","ports":[{"containerPort":80,
        "protocol":"TCP"}],"resources":{},"terminationMessagePath":"/dev/termination-log",
        "terminationMessagePolicy":"File"},{"image":"busybox","imagePullPolicy":"Always","name":"log","resources":{
        },"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"}],
        "dnsPolicy":"ClusterFirst","restartPolicy":"Always","schedulerName":"default-scheduler","securityContext":{
        },"terminationGracePeriodSeconds":30,"tolerations":[{"key":"a","operator":"Exists"}]}
        """#),
    Record(
      patch: #"""
        {"spec":{"template":{"spec":{"containers":[{"name":"web","env":[{"name":"A","$patch":"delete"}]}]}}}}
        """#,
      result: #"""
        {"containers":[{"env":[{"name":"C","value":"3"},{"name":"B","value":"2"}],"image":"nginx:1.27",
        "imagePullPolicy":"IfNotPresent","name":"web","ports":[{"containerPort":80,"protocol":"TCP"}],"resources":{
        },"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"},{"image":"busybox",
        "imagePullPolicy":"Always","name":"log","resources":{},"terminationMessagePath":"/dev/termination-log",
        "terminationMessagePolicy":"File"}],"dnsPolicy":"ClusterFirst","restartPolicy":"Always",
        "schedulerName":"default-scheduler","securityContext":{},"terminationGracePeriodSeconds":30,"tolerations":[{
        "key":"a","operator":"Exists"}]}
        """#),
    Record(
      patch: #"""
        {"spec":{"template":{"spec":{"$setElementOrder/containers":[{"name":"log"},{"name":"web"}],"containers":[{
        "name":"log"},{"name":"web"}]}}}}
        """#,
      result: #"""
        {"containers":[{"image":"busybox","imagePullPolicy":"Always","name":"log","resources":{},
        "terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"},{"env":[{"name":"C",
        "value":"3"},{"name":"B","value":"2"}],"image":"nginx:1.27","imagePullPolicy":"IfNotPresent","name":"web",
        "ports":[{"containerPort":80,"protocol":"TCP"}],"resources":{},
        "terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"}],
        "dnsPolicy":"ClusterFirst","restartPolicy":"Always","schedulerName":"default-scheduler","securityContext":{
        },"terminationGracePeriodSeconds":30,"tolerations":[{"key":"a","operator":"Exists"}]}
        """#),
    Record(
      patch: #"""
        {"spec":{"template":{"spec":{"containers":[{"$patch":"replace"},{"name":"only","image":"nginx"}]}}}}
        """#,
      result: #"""
        {"containers":[{"image":"nginx","imagePullPolicy":"Always","name":"only","resources":{},
        "terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"}],
        "dnsPolicy":"ClusterFirst","restartPolicy":"Always","schedulerName":"default-scheduler","securityContext":{
        },"terminationGracePeriodSeconds":30,"tolerations":[{"key":"a","operator":"Exists"}]}
        """#),
    Record(
      patch: #"""
        {"spec":{"template":{"spec":{"tolerations":[{"key":"b","operator":"Exists"}]}}}}
        """#,
      result: #"""
        {"containers":[{"image":"nginx","imagePullPolicy":"Always","name":"only","resources":{},
        "terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"}],
        "dnsPolicy":"ClusterFirst","restartPolicy":"Always","schedulerName":"default-scheduler","securityContext":{
        },"terminationGracePeriodSeconds":30,"tolerations":[{"key":"b","operator":"Exists"}]}
        """#),
    Record(
      patch: #"""
        {"spec":{"strategy":{"$retainKeys":["type"],"type":"Recreate"}}}
        """#,
      result: #"""
        {"type":"Recreate"}
        """#),
    Record(
      patch: #"""
        {"spec":{"template":{"spec":{"tolerations":null}}}}
        """#,
      result: #"""
        {"containers":[{"image":"nginx","imagePullPolicy":"Always","name":"only","resources":{},
        "terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"}],
        "dnsPolicy":"ClusterFirst","restartPolicy":"Always","schedulerName":"default-scheduler","securityContext":{
        },"terminationGracePeriodSeconds":30}
        """#),
  ]
}
