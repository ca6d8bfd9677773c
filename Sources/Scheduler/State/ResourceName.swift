/// A resource that scores look at.
enum ResourceName: Sendable, Hashable {
  case cpu
  case memory
  case ephemeralStorage
  case extended(String)

  init(_ name: String) {
    switch name {
    case "cpu": self = .cpu
    case "memory": self = .memory
    case "ephemeral-storage": self = .ephemeralStorage
    default: self = .extended(name)
    }
  }
}

extension ResourceAmounts {
  /// Thousandths of cores, bytes, or the count of an extended resource.
  subscript(resource: ResourceName) -> Int64 {
    switch resource {
    case .cpu: milliCPU
    case .memory: memory
    case .ephemeralStorage: ephemeralStorage
    case .extended(let name): extended[name] ?? 0
    }
  }
}
