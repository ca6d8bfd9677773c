import Console
import Scheduler
import Tree

/// The file that `--scheduler-config` names.
enum SchedulerFile {
  /// What the file says; without one, kube-scheduler's own configuration.
  static func configuration(_ path: String?) throws(Refusal) -> SchedulerConfiguration {
    guard let path else { return .standard }
    guard let text = FileContents.read(path) else {
      throw Refusal("the scheduler's configuration \(path) cannot be read")
    }
    do {
      guard let document = try YAML.parse(text).first else { throw Refusal("\(path) is empty") }
      return try SchedulerConfiguration(document)
    } catch let problem as SchedulerConfiguration.Problem {
      throw Refusal("\(path): \(problem.text)")
    } catch {
      throw Refusal("\(path): \(error)")
    }
  }
}
