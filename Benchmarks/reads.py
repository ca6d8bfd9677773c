"""Lines 3, 4 and 6: GET and LIST beside nginx, over TLS, and under many rules."""

from common import ROUNDS, TOKEN, Load, Nginx, Row, Server, median, pod


def beside_nginx(folder, server, path, connections):
    """The medians of both, measured in turn, so that a change of the machine's speed meets both."""
    peer = Nginx(folder, server.request("GET", path))
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(Load(server.process.pid, server.url + path, connections))
        theirs.append(Load(peer.worker, peer.url, connections))
    peer.stop()
    return median(ours), median(theirs)


def run(folder):
    server = Server(f"{folder}/reads")
    path = "/api/v1/namespaces/default/pods/one"
    server.request("POST", "/api/v1/namespaces/default/pods", pod("one"))
    ours, theirs = beside_nginx(folder, server, path, 32)
    ratio = ours.rate / theirs.rate
    yield Row(3, "GET a pod, plain, beside nginx", f"{ours.rate:.0f}/s, {ratio:.2f} of nginx, {ours.cpu:.1f} µs CPU "
              f"(nginx {theirs.cpu:.1f}), p99 {ours.p99:.1f} ms", "0.8 of nginx", ratio >= 0.8)
    secure = median([Load(server.process.pid, server.url.replace("http:", "https:") + path, 32) for _ in range(ROUNDS)])
    yield Row(3, "GET a pod over TLS", f"{secure.rate:.0f}/s, {secure.cpu:.1f} µs CPU", "30,000/s",
              secure.rate >= 30_000)
    yield from rules(folder, server)
    for index in range(999):
        server.request("POST", "/api/v1/namespaces/default/pods", pod(f"p{index}"))
    ours, theirs = beside_nginx(folder, server, "/api/v1/pods", 4)
    yield Row(4, "LIST 1,000 pods", f"{ours.rate:.0f}/s, {ours.cpu / 1000:.2f} ms CPU, {ours.cpu / theirs.cpu:.2f} of nginx's",
              "700/s, 1.2 of nginx's CPU", ours.rate >= 700 and ours.cpu <= 1.2 * theirs.cpu)
    server.stop()


def rules(folder, server):
    """A learner's GET, among one RoleBinding and among 1,000."""
    bindings = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings"
    script = f"{folder}/impersonate.lua"
    with open(script, "w") as file:
        file.write(f"wrk.headers['Authorization']='Bearer {TOKEN}'; wrk.headers['Impersonate-User']='ann'")

    def bind(name, user):
        server.request("POST", bindings, {
            "metadata": {"name": name}, "subjects": [{"kind": "User", "name": user}],
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"}})

    url = server.url + "/api/v1/namespaces/default/pods/one"
    bind("ann", "ann")
    few = median([Load(server.process.pid, url, 32, script=script) for _ in range(ROUNDS)])
    for index in range(999):
        bind(f"other-{index}", f"user-{index}")
    many = median([Load(server.process.pid, url, 32, script=script) for _ in range(ROUNDS)])
    slower = (many.cpu / few.cpu - 1) * 100
    yield Row(6, "GET as a user among 1,000 RoleBindings", f"{slower:+.1f} % CPU ({many.cpu:.1f} µs)", "+3 %", slower <= 3)
