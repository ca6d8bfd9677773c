import CEL

/// `quantity('1.5Gi')` in expressions.
struct CELQuantity: CELObject {
  let quantity: Quantity

  var typeName: String { "kubernetes.Quantity" }
  var text: String? { quantity.description }

  static func add(to library: inout CELLibrary) {
    library.add("quantity", 1...1) { (arguments) throws(CELError) in
      guard case .string(let text) = arguments[0] else { return nil }
      guard let quantity = Quantity(text) else {
        throw CELError(
          "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")
      }
      return .object(CELQuantity(quantity: quantity))
    }
    library.add("isQuantity", 1...1) { (arguments) throws(CELError) in
      guard case .string(let text) = arguments[0] else { return nil }
      return .bool(Quantity(text) != nil)
    }
    library.addMethods([
      ("isInteger", 0...0), ("asInteger", 0...0), ("asApproximateFloat", 0...0), ("sign", 0...0), ("add", 1...1),
      ("sub", 1...1), ("isLessThan", 1...1), ("isGreaterThan", 1...1), ("compareTo", 1...1),
    ])
  }

  func isEqual(to other: any CELObject) -> Bool { (other as? CELQuantity)?.quantity == quantity }

  func call(_ method: String, _ arguments: [CELValue]) throws(CELError) -> CELValue? {
    guard let argument = arguments.first else { return try property(method) }
    switch (method, argument) {
    case ("add", .int(let number)): return sum(Quantity(value: number))
    case ("sub", .int(let number)): return sum(Quantity(value: -number))
    default: break
    }
    guard case .object(let object) = argument, let other = (object as? CELQuantity)?.quantity else { return nil }
    switch method {
    case "add": return sum(other)
    case "sub": return .object(CELQuantity(quantity: quantity - other))
    case "isLessThan": return .bool(quantity < other)
    case "isGreaterThan": return .bool(quantity > other)
    case "compareTo": return .int(quantity < other ? -1 : quantity > other ? 1 : 0)
    default: return nil
    }
  }

  private func sum(_ other: Quantity) -> CELValue { .object(CELQuantity(quantity: quantity + other)) }

  private static let nano: Int128 = 1_000_000_000

  private func property(_ name: String) throws(CELError) -> CELValue? {
    let whole = quantity.nanoValue % Self.nano == 0 ? Int64(exactly: quantity.nanoValue / Self.nano) : nil
    switch name {
    case "isInteger": return .bool(whole != nil)
    case "asInteger":
      guard let whole else { throw CELError("cannot convert value to integer") }
      return .int(whole)
    case "asApproximateFloat": return .double(Double(quantity.nanoValue) / 1e9)
    case "sign": return .int(quantity.nanoValue < 0 ? -1 : quantity.nanoValue > 0 ? 1 : 0)
    default: return nil
    }
  }
}
