import ClusterTesting
import Kinds
import Testing
import Tree

@Suite("APIServices")
struct APIServiceTests {
  private func available(_ lab: Lab, _ name: String) -> Value? {
    lab.object(.apiService, name)?["status", "conditions"]?.array?.first { $0["type"] == "Available" }
  }

  @Test("every group and version that the server answers has one, and it is available")
  func local() throws {
    let lab = try Lab()
    lab.advance(bySeconds: 1)
    for name in ["v1.", "v1.apps", "v2.autoscaling", "v1.autoscaling", "v1.events.k8s.io"] {
      #expect(available(lab, name)?["reason"] == "Local", "\(name)")
    }
    #expect(lab.object(.apiService, "v1.apiregistration.k8s.io") == nil)
    #expect(lab.object(.apiService, "v1.")?["spec", "groupPriorityMinimum"] == 18_000)
    _ = lab.request("DELETE", "/apis/apiregistration.k8s.io/v1/apiservices/v1.apps")
    lab.advance(bySeconds: 1)
    #expect(lab.object(.apiService, "v1.apps") != nil)
  }

  @Test("a definition's version has one as long as the definition is there")
  func custom() throws {
    let lab = try Lab()
    lab.apply(
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: widgets.example.com}
      spec:
        group: example.com
        scope: Namespaced
        names: {plural: widgets, kind: Widget}
        versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
      """)
    lab.advance(bySeconds: 1)
    #expect(lab.object(.apiService, "v1.example.com")?["spec", "groupPriorityMinimum"] == 1_000)
    lab.kubectl("delete crd widgets.example.com")
    lab.advance(bySeconds: 2)
    #expect(lab.object(.apiService, "v1.example.com") == nil)
  }

  @Test("one that names a Service says that nothing answers")
  func foreign() throws {
    let lab = try Lab()
    let result = lab.apply(
      """
      apiVersion: apiregistration.k8s.io/v1
      kind: APIService
      metadata: {name: v1beta1.metrics.k8s.io}
      spec:
        group: metrics.k8s.io
        version: v1beta1
        groupPriorityMinimum: 100
        versionPriority: 100
        service: {name: metrics-server, namespace: default}
      """)
    #expect(result.status == 0, "\(result.errors)")
    lab.advance(bySeconds: 1)
    #expect(available(lab, "v1beta1.metrics.k8s.io")?["reason"] == "ServiceNotFound")
    lab.kubectl("create service clusterip metrics-server --tcp=443:443")
    lab.advance(bySeconds: 1)
    #expect(available(lab, "v1beta1.metrics.k8s.io")?["reason"] == "FailedDiscoveryCheck")
    let table = lab.table("apiservices v1beta1.metrics.k8s.io")
    #expect(table.contains("default/metrics-server"), "\(table)")
    #expect(table.contains("False (FailedDiscoveryCheck)"), "\(table)")
  }
}
