import Kinds
import Loop
import Schema
import Tree

/// Objects with any values in any fields, made from the kinds' own shapes.
struct ObjectMaker {
  let random: RandomStream
  private var texts: Texts { Texts(random: random) }

  /// The object with some of its fields, or of those that it could have, set to anything.
  func mutated(_ object: Value, _ shape: Shape, times: Int) -> Value {
    var object = object
    for _ in 0..<times { object = changed(object, .object(shape), depth: 12) }
    return object
  }

  /// A value for a field, of its type nearly always.
  func value(_ type: FieldType, depth: Int) -> Value {
    if random.oneIn(60) { return random.pick([.null, 0, "", [], [:], -1, true, 1e300, "x", .integer(.max)]) }
    switch type {
    case .boolean: return .boolean(random.oneIn(2))
    case .int32: return .integer(random.oneIn(3) ? Int64(random.below(200)) : random.pick(Self.int32s))
    case .int64: return .integer(random.oneIn(3) ? Int64(random.below(200)) : random.pick(Self.int64s))
    case .double: return random.pick([0, 0.5, -1, 1e300, 1e-300, 100, 1e18, 1e19])
    case .text(let text):
      return .string(text.words.isEmpty || random.oneIn(20) ? texts.word() : random.pick(text.words))
    case .bytes: return .string(random.pick(["", "aGk=", "aGk", "====", "!!", String(repeating: "QUJD", count: 200)]))
    case .quantity: return random.oneIn(8) ? .integer(random.pick(Self.int64s)) : .string(random.pick(Self.quantities))
    case .intOrString: return random.oneIn(2) ? .integer(random.pick(Self.int32s)) : .string(texts.word())
    case .time, .microTime: return .string(random.pick(Self.times))
    case .anything, .fieldSet: return random.pick([[:], ["a": 1], ["f:spec": ["f:replicas": [:]]], "x", [1]])
    case .object(let shape): return depth > 0 ? object(shape, depth: depth - 1) : [:]
    case .list(let element, _), .wrappedList(let element, _):
      return .array(
        depth > 0 ? (0..<random.pick([0, 1, 1, 1, 2, 3])).map { _ in value(element, depth: depth - 1) } : [])
    case .map(let element, _):
      let pairs = depth > 0 ? (0..<random.below(4)).map { _ in (texts.word(), value(element, depth: depth - 1)) } : []
      return .object(Members(pairs))
    }
  }

  private func object(_ shape: Shape, depth: Int) -> Value {
    guard !shape.fields.isEmpty else { return [:] }
    var value: Value = [:]
    for field in shape.fields where field.isRequired && !random.oneIn(12) {
      value[field.name] = self.value(field.type, depth: depth)
    }
    for _ in 0..<random.below(4) {
      let field = random.pick(shape.fields)
      value[field.name] = self.value(field.type, depth: depth)
    }
    return value
  }

  /// The value with one thing in it changed, somewhere below.
  private func changed(_ value: Value, _ type: FieldType, depth: Int) -> Value {
    guard depth > 0 else { return self.value(type, depth: 3) }
    switch (type, value) {
    case (.object(let shape), .object(let members)) where !shape.fields.isEmpty:
      var value = value
      let present = members.compactMap { shape.field($0.key) }
      let field = !present.isEmpty && !random.oneIn(4) ? random.pick(present) : random.pick(shape.fields)
      if random.oneIn(12) {
        value[field.name] = nil
      } else {
        value[field.name] =
          value[field.name].map { changed($0, field.type, depth: depth - 1) }
          ?? self.value(field.type, depth: 3)
      }
      return value
    case (.list(let element, _), .array(var elements)):
      let place = elements.isEmpty ? 0 : random.below(elements.count)
      switch random.below(6) {
      case 0: elements.insert(self.value(element, depth: 3), at: place)
      case 1 where !elements.isEmpty: elements.remove(at: place)
      case 2 where !elements.isEmpty: elements.append(elements[place])
      default: if !elements.isEmpty { elements[place] = changed(elements[place], element, depth: depth - 1) }
      }
      return .array(elements)
    case (.map(let element, _), .object(let members)):
      var value = value
      let key = members.isEmpty || random.oneIn(3) ? texts.word() : random.pick(members.map(\.key))
      value[key] = random.oneIn(8) ? nil : self.value(element, depth: 3)
      return value
    default: return self.value(type, depth: 3)
    }
  }

  private static let int32s: [Int64] = [
    0, 1, 2, 3, -1, 5, 10, 80, 443, 600, 1_000, 30_000, 65_535, 65_536, 1_000_000, 2_147_483_647, -2_147_483_648,
  ]
  private static let int64s: [Int64] = int32s + [4_294_967_296, 9_223_372_036, 9_223_372_037, .max, .min, .max - 1]
  private static let quantities = [
    "0", "1", "100m", "250m", "1.5", "128Mi", "1Gi", "-1", "1n", "0.0000000001", "9223372036854775807", "8Ei", "16Ei",
    "-9223372036854775808", "999999999999E", "9999999999999999999.999999999999999999E", "1e18", "1E3", "1e-18", "1e400",
    "100000000000000000000000000000000", "99999999999P", "1Ki", "", "x", "1.", ".5", "+1", "1 Gi", "0.5Ki", "1e",
  ]
  private static let times = [
    "2026-01-01T00:00:00Z", "2026-01-01T00:00:10Z", "1970-01-01T00:00:00Z", "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z", "2262-04-12T00:00:00Z", "1677-09-21T00:12:43Z", "2026-01-01T00:00:00.123456Z",
    "2026-13-01T00:00:00Z", "2026-01-01T00:00:00+23:59", "", "now", "2025-12-31T23:00:00Z",
  ]
}
