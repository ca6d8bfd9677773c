import Kinds
import Schema
import Testing
import Tree

@Suite("Protobuf of kinds")
struct SchemaProtobufTests {
  @Test("a pod comes back as it went")
  func roundTrip() throws {
    var pod = try JSON.parse(
      #"""
      {"kind":"Pod","apiVersion":"v1","metadata":{"name":"a","creationTimestamp":"2026-11-21T09:30:00Z","labels":{"b":"2","a":"1"},
      "managedFields":[{"manager":"m","fieldsV1":{"f:spec":{}}}]},"spec":{"terminationGracePeriodSeconds":0,"volumes":[{"name":"v","configMap":{"name":"c","optional":true}}],
      "containers":[{"name":"c","image":"i","resources":{"limits":{"cpu":"500m"}},"livenessProbe":{"httpGet":{"port":"http"},"periodSeconds":3},
      "ports":[{"containerPort":80}],"lifecycle":{"preStop":{"tcpSocket":{"port":-1}}}}],"ephemeralContainers":[{"name":"e","targetContainerName":"c"}]},
      "status":{"startTime":"2026-11-21T09:30:00Z","conditions":[{"type":"Ready","status":"True","lastProbeTime":null}]}}
      """#)
    Kind.pod.applyDefaults(to: &pod)
    var back = try Kind.pod.decodeProtobuf(Kind.pod.encodeProtobuf(pod))
    Kind.pod.applyDefaults(to: &back)
    #expect(back == pod)
  }

  @Test("bytes have the numbers of Kubernetes' files")
  func bytes() throws {
    let namespace: Value = ["kind": "Namespace", "apiVersion": "v1", "metadata": ["name": "n"]]
    let bytes = Kind.namespace.encodeProtobuf(namespace)
    #expect(
      bytes == Array("k8s\0".utf8) + [10, 15, 10, 2] + Array("v1".utf8) + [18, 9] + Array("Namespace".utf8)
        + [18, 5, 10, 3, 10, 1] + Array("n".utf8) + [26, 0, 34, 0])
  }

  @Test("binary data, micro times, wrapped lists, delete options and lists survive")
  func otherTypes() throws {
    let objects = [
      (Kind.secret, #"{"kind":"Secret","apiVersion":"v1","data":{"a":"AP8="}}"#),
      (
        Kind.lease,
        #"{"kind":"Lease","apiVersion":"coordination.k8s.io/v1","spec":{"renewTime":"2026-11-21T09:30:00.000001Z"}}"#
      ),
      (
        Kind.subjectAccessReview,
        #"{"kind":"SubjectAccessReview","apiVersion":"authorization.k8s.io/v1","spec":{"extra":{"k":["a","b"]}}}"#
      ),
      (Kind.pod, #"{"kind":"DeleteOptions","apiVersion":"policy/v1","gracePeriodSeconds":0}"#),
      (
        Kind.pod,
        #"{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"7"},"items":[{"metadata":{"name":"a"}}]}"#
      ),
      (Kind.clock, #"{"kind":"Clock","apiVersion":"podium.dev/v1","spec":{"speed":2.5}}"#),
      (Kind.pod, #"{"kind":"Status","apiVersion":"v1","status":"Failure","code":404}"#),
    ]
    for (kind, text) in objects {
      let value = try JSON.parse(text)
      let back = try kind.decodeProtobuf(kind.encodeProtobuf(value))
      for member in value.object ?? Members() where member.key != "items" {
        #expect(back[member.key].map { Self.covers($0, member.value) } == true, "\(text) became \(back.jsonText)")
      }
    }
  }

  /// Whether the left value has everything that the right one has; objects that are always there may be more.
  private static func covers(_ left: Value, _ right: Value) -> Bool {
    guard case .object(let wanted) = right else { return left == right }
    return wanted.allSatisfy { member in left[member.key].map { covers($0, member.value) } ?? false }
  }

  @Test("a watch event is framed with its length and holds the object in an envelope")
  func watchEvent() throws {
    let object: Value = ["kind": "Namespace", "apiVersion": "v1"]
    let frame = try #require(BuiltInSchema.protobuf.encodeWatchEvent(type: "ADDED", object: object))
    let length = frame.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    #expect(length == frame.count - 4)
    #expect(Array(frame[4..<11]) == [10, 5] + Array("ADDED".utf8))
    #expect(frame[11] == 18)
    #expect(Array(frame[15..<19]) == Array("k8s\0".utf8))
  }

  @Test("damaged bytes are refused, never a crash")
  func damage() throws {
    let pod: Value = [
      "kind": "Pod", "apiVersion": "v1", "metadata": ["name": "a"],
      "spec": ["containers": [["name": "c", "image": "i"]]],
    ]
    let bytes = Kind.pod.encodeProtobuf(pod)
    for length in 0..<bytes.count { _ = try? Kind.pod.decodeProtobuf(Array(bytes.prefix(length))) }
    for index in bytes.indices {
      for flip in [1, 0x80, 0xFF] as [UInt8] {
        var damaged = bytes
        damaged[index] ^= flip
        _ = try? Kind.pod.decodeProtobuf(damaged)
      }
    }
    #expect(throws: ProtobufError.self) { try Kind.pod.decodeProtobuf(Array("{}".utf8)) }
    do throws(ProtobufError) {
      _ = try Kind.pod.decodeProtobuf(Array("k8s\0".utf8) + [18, 2, 8, 1])
      Issue.record("a number for an object was accepted")
    } catch {
      #expect(error.field == "metadata")
      #expect(error.reason == .wrongWireType(0))
    }
  }
}
