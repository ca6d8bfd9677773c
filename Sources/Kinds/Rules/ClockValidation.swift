import Tree

/// The rules of Clocks: steps and skipped time are totals that only grow, or count anew from 0. They do not grow by too
/// much at once, because all that happens in that time is worked off before anybody else is heard.
struct ClockValidation: KindRules {
  /// Steps that one change may ask for.
  private static let stepLimit: Int64 = 1_000
  /// Seconds that one change may ask to skip: seven days.
  private static let skipLimit: Int64 = 604_800
  /// Runs until nothing happens any more that one change may ask for; a second one finds nothing to do.
  private static let quietLimit: Int64 = 1

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    let (spec, before) = (Clock(value).spec, old.map { Clock($0).spec })
    return Growth.errors("spec.steps", from: before?.steps ?? 0, to: spec.steps, limit: Self.stepLimit)
      + Growth.errors("spec.skipSeconds", from: before?.skipSeconds ?? 0, to: spec.skipSeconds, limit: Self.skipLimit)
      + Growth.errors("spec.quietRuns", from: before?.quietRuns ?? 0, to: spec.quietRuns, limit: Self.quietLimit)
  }
}
