import Tree

/// What the objects of one type look like: their fields in order.
///
/// A shape may contain itself, so its fields are filled in after all shapes exist, and before anybody gets it; from then
/// on it never changes, which is why it may be shared between threads.
package final class Shape: @unchecked Sendable {
  /// `DeploymentSpec`
  package let name: String
  /// Where it is declared.
  package let home: SchemaPackage
  /// Whether its objects carry `kind` and `apiVersion`.
  package let isKind: Bool
  /// Whether server-side apply takes it as one value.
  package let isAtomic: Bool
  /// Whether fields that it does not declare are kept.
  package let preservesUnknownFields: Bool
  /// What its objects are, in one line.
  package let documentation: String

  /// In the order in which they are written.
  package private(set) var fields: [Field] = []
  /// What an absent field becomes, for each field; nil where it stays absent.
  private(set) var fillers: [Value?] = []
  /// The fields that have limits themselves or below them.
  private(set) var limitedFields: [Field] = []
  /// Whether anything in it or below it has limits.
  private(set) var isLimited = false
  /// An object of a kind before anybody wrote to it; nil for other types.
  private(set) var newborn: Value?
  private var positions: [String: Int] = [:]

  package init(
    name: String, home: SchemaPackage, isKind: Bool = false, isAtomic: Bool = false,
    preservesUnknownFields: Bool = false, documentation: String = ""
  ) {
    self.name = name
    self.home = home
    self.isKind = isKind
    self.isAtomic = isAtomic
    self.preservesUnknownFields = preservesUnknownFields
    self.documentation = documentation
  }

  /// `io.k8s.api.apps.v1.DeploymentSpec`
  package var qualifiedName: String { home.path + "." + name }

  /// `v1.DeploymentSpec`
  package var goName: String { home.goName + "." + name }

  /// The field of that name.
  package func field(_ name: String) -> Field? { position(of: name).map { fields[$0] } }

  func position(of name: String) -> Int? { positions[name] }

  /// The same where members mostly come in the order of the fields: looks at the next few fields first.
  func position(of name: String, after last: Int) -> Int? {
    for position in (last + 1)..<min(last + 1 + Self.fieldsAhead, fields.count) where fields[position].name == name {
      return position
    }
    return positions[name]
  }

  private static let fieldsAhead = 4

  /// Where a path such as `spec.containers[0].image` stands in the object: numbers that sort as the fields do.
  package func place(of path: String) -> [Int] {
    var place: [Int] = []
    var shape: Shape? = self
    for step in path.split(separator: ".", omittingEmptySubsequences: false) {
      let parts = step.split(separator: "[", maxSplits: 1)
      guard let name = parts.first, let position = shape?.position(of: String(name)) else { return place }
      place.append(position)
      if parts.count > 1, let index = Int(parts[1].dropLast()) { place.append(index) }
      shape = shape?.fields[position].type.shape
    }
    return place
  }
}

/// Where types are declared: `io.k8s.api.apps.v1`, which serves `apps/v1`.
package struct SchemaPackage: Sendable, Hashable {
  /// `io.k8s.api.apps.v1`
  package let path: String
  /// The API group; empty for core.
  package let group: String
  package let version: String

  package init(path: String, group: String, version: String) {
    self.path = path
    self.group = group
    self.version = version
  }

  /// The last part of the path, as Go's type names begin: `v1`.
  package var goName: String {
    guard let dot = path.utf8.lastIndex(of: UInt8(ascii: ".")) else { return path }
    return String(path[path.index(after: dot)...])
  }
}

// MARK: Building

extension Shape {
  /// Gives a new shape its fields; called once, before anybody else sees the shape.
  package func declare(_ fields: [Field]) {
    self.fields = fields
    positions.reserveCapacity(fields.count)
    for (index, field) in fields.enumerated() { positions[field.name] = index }
  }

  /// Works out what depends on other shapes' fields; called once, with shapes of which all below are declared.
  package static func finish(_ shapes: [Shape]) {
    for shape in shapes { shape.link() }
    while shapes.reduce(false, { $1.spreadLimits() || $0 }) {}
    for shape in shapes { shape.collectLimitedFields() }
  }

  private func link() {
    guard fillers.isEmpty, !fields.isEmpty else { return }
    fillers = [Value?](repeating: nil, count: fields.count)
    for (index, field) in fields.enumerated() { fillers[index] = Shape.filler(of: field) }
  }

  /// Marks the shape as limited if a field of it is, or a shape below; answers whether that is news.
  private func spreadLimits() -> Bool {
    guard !isLimited else { return false }
    isLimited = fields.contains { $0.isLimited || $0.type.shape?.isLimited == true }
    return isLimited
  }

  /// Notes which fields validation has to look at, and how the type's objects begin; called once, after the limits are spread.
  private func collectLimitedFields() {
    if isKind { newborn = unwritten }
    limitedFields = fields.filter { $0.isLimited || $0.type.shape?.isLimited == true }
  }

  private static func filler(of field: Field) -> Value? {
    if let value = field.defaultValue { return value }
    if field.isOptional { return nil }
    switch field.type {
    case .object(let shape): return shape.emptyValue
    case .time, .microTime: return .null
    case .quantity: return "0"
    case .intOrString: return 0
    case .list, .map, .wrappedList, .bytes, .anything, .fieldSet: return field.isShown ? .null : nil
    case .boolean: return field.isShown ? false : nil
    case .int32, .int64, .double: return field.isShown ? 0 : nil
    case .text: return field.isShown ? "" : nil
    }
  }

  /// What an object that nobody wrote looks like when the object around it is written.
  private var emptyValue: Value {
    link()
    var members: [Members.Member] = []
    for (field, filler) in zip(fields, fillers) {
      if let filler { members.append(Members.Member(key: field.name, value: filler)) }
    }
    return .object(Members(distinct: members))
  }
}

extension FieldType {
  var hasWords: Bool {
    switch self {
    case .text(let text): !text.words.isEmpty
    case .list(let element, _), .map(let element, _): element.hasWords
    default: false
    }
  }
}
