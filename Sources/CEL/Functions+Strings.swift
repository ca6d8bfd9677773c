/// Kubernetes' string functions. Positions count Unicode code points.
let stringFunctions: [Function] = [
  .method("charAt", 1...1) { (arguments) throws(CELError) in
    guard case (.string(let text), .int(let index)) = (arguments[0], arguments[1]) else { return nil }
    let scalars = Array(text.unicodeScalars)
    if index == scalars.count { return .string("") }
    guard scalars.indices.contains(Int(index)) else { throw outside(index, scalars.count) }
    return .string(String(scalars[Int(index)]))
  },
  .method("indexOf", 1...2) { (arguments) throws(CELError) in try index(arguments, isLast: false) },
  .method("lastIndexOf", 1...2) { (arguments) throws(CELError) in try index(arguments, isLast: true) },
  .method("lowerAscii") { (arguments) throws(CELError) in
    mapASCII(arguments[0]) { ("A"..."Z").contains($0) ? $0.value + 32 : $0.value }
  },
  .method("upperAscii") { (arguments) throws(CELError) in
    mapASCII(arguments[0]) { ("a"..."z").contains($0) ? $0.value - 32 : $0.value }
  },
  .method("replace", 2...3) { (arguments) throws(CELError) in try replace(arguments) },
  .method("split", 1...2) { (arguments) throws(CELError) in split(arguments) },
  .method("join", 0...1) { (arguments) throws(CELError) in try join(arguments) },
  .method("substring", 1...2) { (arguments) throws(CELError) in
    guard case (.string(let text), .int(let start)) = (arguments[0], arguments[1]) else { return nil }
    let scalars = Array(text.unicodeScalars)
    var end = Int64(scalars.count)
    if arguments.count == 3 {
      guard case .int(let given) = arguments[2] else { return nil }
      end = given
    }
    guard start >= 0, start <= end, end <= scalars.count else {
      throw outside(start >= 0 && start <= scalars.count ? end : start, scalars.count)
    }
    return .string(string(scalars[Int(start)..<Int(end)]))
  },
  .method("trim") { (arguments) throws(CELError) in
    guard case .string(let text) = arguments[0] else { return nil }
    let start = text.unicodeScalars.drop { $0.properties.isWhitespace }
    let reversed = start.reversed().drop { $0.properties.isWhitespace }
    return .string(string(reversed.reversed()))
  },
  .method("reverse") { (arguments) throws(CELError) in
    guard case .string(let text) = arguments[0] else { return nil }
    return .string(string(text.unicodeScalars.reversed()))
  },
  .method("format", 1...1) { (arguments) throws(CELError) in
    guard case (.string(let pattern), .list(let values)) = (arguments[0], arguments[1]) else { return nil }
    return .string(try format(pattern, values))
  },
]

func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
  var view = String.UnicodeScalarView()
  view.append(contentsOf: scalars)
  return String(view)
}

private func outside(_ index: Int64, _ count: Int) -> CELError {
  CELError(.outOfRange, "index \(index) is outside the string of \(count) characters")
}

private func mapASCII(_ value: CELValue, _ change: (Unicode.Scalar) -> UInt32) -> CELValue? {
  guard case .string(let text) = value else { return nil }
  return .string(string(text.unicodeScalars.map { Unicode.Scalar(change($0)) ?? $0 }))
}

/// Where a string occurs in a string, or an element in a list; -1 for nowhere.
private func index(_ arguments: [CELValue], isLast: Bool) throws(CELError) -> CELValue? {
  if case .list(let elements) = arguments[0], arguments.count == 2 {
    let isSame = { (element: CELValue) in equal(element, arguments[1]) }
    return .int(Int64((isLast ? elements.lastIndex(where: isSame) : elements.firstIndex(where: isSame)) ?? -1))
  }
  guard case (.string(let text), .string(let part)) = (arguments[0], arguments[1]) else { return nil }
  let scalars = Array(text.unicodeScalars)
  let wanted = Array(part.unicodeScalars)
  var limit: Int64?
  if arguments.count == 3 {
    guard case .int(let given) = arguments[2] else { return nil }
    guard given >= 0, given <= scalars.count else { throw outside(given, scalars.count) }
    limit = given
  }
  if !isLast { return .int(Int64(find(wanted, in: scalars, from: Int(limit ?? 0)) ?? -1)) }
  var start = min(Int(limit ?? .max), scalars.count - wanted.count)
  while start >= 0 {
    if scalars[start..<start + wanted.count].elementsEqual(wanted) { return .int(Int64(start)) }
    start -= 1
  }
  return .int(-1)
}

/// A string cut at every separator (at every character, if that is empty), into `limit` pieces at most.
private func pieces(_ text: String, _ separator: String, limit: Int) -> [[Unicode.Scalar]] {
  let scalars = Array(text.unicodeScalars)
  let wanted = Array(separator.unicodeScalars)
  var pieces: [[Unicode.Scalar]] = []
  var start = 0
  if wanted.isEmpty {
    while start < scalars.count, pieces.count < limit - 1 {
      pieces.append([scalars[start]])
      start += 1
    }
    return start < scalars.count ? pieces + [Array(scalars[start...])] : pieces
  }
  while pieces.count < limit - 1, let found = find(wanted, in: scalars, from: start) {
    pieces.append(Array(scalars[start..<found]))
    start = found + wanted.count
  }
  return pieces + [Array(scalars[start...])]
}

private func split(_ arguments: [CELValue]) -> CELValue? {
  guard case (.string(let text), .string(let separator)) = (arguments[0], arguments[1]) else { return nil }
  var limit = Int.max
  if arguments.count == 3 {
    guard case .int(let given) = arguments[2] else { return nil }
    if given == 0 { return .list([]) }
    limit = given < 0 ? Int.max : Int(given)
  }
  return .list(pieces(text, separator, limit: limit).map { .string(string($0)) })
}

private func replace(_ arguments: [CELValue]) throws(CELError) -> CELValue? {
  guard case (.string(let text), .string(let old), .string(let new)) = (arguments[0], arguments[1], arguments[2]) else {
    return nil
  }
  var limit = Int.max
  if arguments.count == 4 {
    guard case .int(let given) = arguments[3] else { return nil }
    if given == 0 { return .string(text) }
    limit = given < 0 || given == .max ? Int.max : Int(given) + 1
  }
  var parts = pieces(text, old, limit: limit)
  if old.isEmpty {  // the new text goes before every character and after the last
    parts.insert([], at: 0)
    if parts.count < limit { parts.append([]) }
    if parts.count > limit { parts = Array(parts.prefix(limit - 1)) + [Array(parts[(limit - 1)...].joined())] }
  }
  try checkLength(text.utf8.count + parts.count * new.utf8.count)
  return .string(parts.map { string($0) }.joined(separator: new))
}

private func join(_ arguments: [CELValue]) throws(CELError) -> CELValue? {
  guard case .list(let elements) = arguments[0] else { return nil }
  var separator = ""
  if arguments.count == 2 {
    guard case .string(let given) = arguments[1] else { return nil }
    separator = given
  }
  var texts: [String] = []
  for element in elements {
    guard case .string(let text) = element else { return nil }
    texts.append(text)
  }
  try checkLength(texts.reduce(0) { $0 + $1.utf8.count } + texts.count * separator.utf8.count)
  return .string(texts.joined(separator: separator))
}
