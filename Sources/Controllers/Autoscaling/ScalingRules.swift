import Kinds
import Loop
import Tree

/// How fast and how far the number of pods may follow the load (API reference, HorizontalPodAutoscalerBehavior).
struct ScalingRules {
  private struct Policy {
    let isPercent: Bool
    let value: Int
    let period: Duration
  }

  private struct Rules {
    let window: Duration
    /// `Max`, `Min` or `Disabled`.
    let choice: String
    let policies: [Policy]
  }

  private let up: Rules?
  private let down: Rules
  private let minimum: Int
  private let maximum: Int
  private let current: Int

  /// Without a behaviour, pods are at most doubled (or four at once), and given up after five minutes.
  init(spec: Value, minimum: Int, maximum: Int, current: Int) {
    self.minimum = minimum
    self.maximum = maximum
    self.current = current
    let behaviour = spec["behavior"]
    up = behaviour.map { Self.rules($0["scaleUp"], window: 0, standard: Self.standardUp) }
    down = Self.rules(behaviour?["scaleDown"], window: 300, standard: Self.standardDown)
  }

  private static let standardUp = [
    Policy(isPercent: false, value: 4, period: .seconds(15)), Policy(isPercent: true, value: 100, period: .seconds(15)),
  ]
  private static let standardDown = [Policy(isPercent: true, value: 100, period: .seconds(15))]

  private static func rules(_ value: Value?, window: Int64, standard: [Policy]) -> Rules {
    let policies = (value?["policies"]?.array ?? []).map { policy in
      Policy(
        isPercent: policy["type"]?.string == "Percent", value: Int(policy["value"]?.integer ?? 0),
        period: .seconds(policy["periodSeconds"]?.integer ?? 15))
    }
    return Rules(
      window: .seconds(value?["stabilizationWindowSeconds"]?.integer ?? window),
      choice: value?["selectPolicy"]?.string ?? "Max", policies: policies.isEmpty ? standard : policies)
  }

  /// The number that may be set now, where `wanted` is what the load asks for.
  func apply(_ wanted: Int, _ memory: inout ScalingMemory, _ conditions: inout AutoscalerConditions, now: Time) -> Int {
    let stable = stabilised(wanted, &memory, &conditions, now)
    let (limited, reason, message) = limited(stable, memory, now)
    if limited == stable {
      conditions.set(
        "ScalingLimited", false, "DesiredWithinRange", "the desired count is within the acceptable range")
    } else {
      conditions.set("ScalingLimited", true, reason, message)
    }
    return limited
  }

  /// The lowest recent wish for more pods, the highest recent wish for fewer.
  private func stabilised(
    _ wanted: Int, _ memory: inout ScalingMemory, _ conditions: inout AutoscalerConditions, _ now: Time
  ) -> Int {
    let upWindow = up?.window ?? .zero
    let lowest = memory.recommendations.filter { $0.time > now - upWindow }.map(\.replicas).min()
    let highest = memory.recommendations.filter { $0.time > now - down.window }.map(\.replicas).max()
    memory.recommend(wanted, at: now)
    var stable = current
    stable = max(stable, min(wanted, lowest ?? wanted))
    stable = min(stable, max(wanted, highest ?? wanted))
    if stable == wanted {
      conditions.set("AbleToScale", true, "ReadyForNewScale", "recommended size matches current size")
    } else if stable > wanted {
      conditions.set(
        "AbleToScale", true, "ScaleDownStabilized",
        "recent recommendations were higher than current one, applying the highest recent recommendation")
    } else {
      conditions.set(
        "AbleToScale", true, "ScaleUpStabilized",
        "recent recommendations were lower than current one, applying the lowest recent recommendation")
    }
    return stable
  }

  private func limited(_ wanted: Int, _ memory: ScalingMemory, _ now: Time) -> (Int, String, String) {
    if wanted > current {
      let limit = upLimit(memory, now)
      if wanted > min(limit, maximum) {
        return limit < maximum
          ? (
            limit, "ScaleUpLimit", "the desired replica count is increasing faster than the maximum scale rate"
          )
          : (maximum, "TooManyReplicas", "the desired replica count is more than the maximum replica count")
      }
    } else if wanted < current {
      let limit = downLimit(memory, now)
      if wanted < max(limit, minimum) {
        return limit > minimum
          ? (
            limit, "ScaleDownLimit", "the desired replica count is decreasing faster than the maximum scale rate"
          )
          : (minimum, "TooFewReplicas", "the desired replica count is less than the minimum replica count")
      }
    }
    return (wanted, "", "")
  }

  private func upLimit(_ memory: ScalingMemory, _ now: Time) -> Int {
    guard let up else { return max(2 * current, 4) }
    if up.choice == "Disabled" { return current }
    let limits = up.policies.map { policy -> Int in
      let (added, removed) = memory.changed(since: now - policy.period)
      let start = current - added + removed
      return policy.isPercent ? (start * (100 + policy.value) + 99) / 100 : start + policy.value
    }
    return max(current, (up.choice == "Min" ? limits.min() : limits.max()) ?? current)
  }

  private func downLimit(_ memory: ScalingMemory, _ now: Time) -> Int {
    if down.choice == "Disabled" { return current }
    let limits = down.policies.map { policy -> Int in
      let (added, removed) = memory.changed(since: now - policy.period)
      let start = current - added + removed
      return policy.isPercent ? start * (100 - policy.value) / 100 : start - policy.value
    }
    return min(current, (down.choice == "Min" ? limits.max() : limits.min()) ?? current)
  }
}
