import ClusterTesting
import Testing

@Suite("kubectl exec, attach and the proxy, in virtual time")
struct ExecTests {
  private func prepared() throws -> Lab {
    let lab = try Lab()
    lab.kubectl("run web --image=nginx --port=80")
    lab.kubectl("expose pod web")
    lab.advance(bySeconds: 30)
    return lab
  }

  @Test func aCommandRunsToItsEndInTheClustersTime() throws {
    let lab = try prepared()
    let page = lab.kubectl("exec web -- curl -s localhost")
    #expect(page.output.contains("Welcome to nginx!") && page.status == 0)
    #expect(lab.kubectl("exec web -- curl -s http://web").output == page.output)
    let slow = lab.kubectl("exec web -- sh -c 'echo one; sleep 600; exit 3'")
    #expect((slow.output, slow.status) == ("one\n", 3))
    #expect(slow.errors.contains("command terminated with exit code 3"))
  }

  @Test func whatCannotBeRunIsSaidInKubernetesWords() throws {
    let lab = try prepared()
    #expect(lab.kubectl("exec web -c none -- ls").errors.contains("container none is not valid for pod web"))
    #expect(lab.kubectl("exec none -- ls").errors.contains("pods \"none\" not found"))
    #expect(lab.kubectl("exec web -- none").errors.contains("executable file not found in $PATH"))
    #expect(lab.kubectl("exec web -- sleep infinity").errors.contains("the command has not ended within 3600 seconds"))
    lab.kubectl("run stuck --image=none")
    lab.advance(bySeconds: 10)
    #expect(lab.kubectl("exec stuck -- ls").errors.contains("container not found (\"stuck\")"))
    #expect(lab.kubectl("port-forward web 8080:80").errors.contains("it has no ports of its own"))
  }

  @Test func attachHearsTheProgramToItsEnd() throws {
    let lab = try prepared()
    lab.kubectl("run count --image=busybox --restart=Never -- sh -c 'sleep 60; echo one; sleep 60; echo two'")
    lab.advance(bySeconds: 30)
    #expect(lab.kubectl("attach count").output == "one\ntwo\n")
    #expect(lab.kubectl("attach count").errors.contains("cannot attach a container in a completed pod"))
  }

  @Test func theProxyIsAsked() throws {
    let lab = try prepared()
    let base = "get --raw /api/v1/namespaces/default"
    #expect(lab.kubectl("\(base)/pods/web:80/proxy/").output.contains("Welcome to nginx!"))
    #expect(lab.kubectl("\(base)/services/web:80/proxy/").output.contains("Welcome to nginx!"))
    #expect(lab.kubectl("\(base)/pods/web:81/proxy/").errors.contains("connect: connection refused"))
  }
}
