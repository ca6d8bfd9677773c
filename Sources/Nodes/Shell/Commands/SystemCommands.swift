import Kinds
import Loop

extension ShellCommand {
  /// What tells about the system.
  static let systemCommands: [ShellCommand] = [
    ShellCommand("date") { call in
      let format = call.arguments.first { $0.hasPrefix("+") }.map { String($0.dropFirst()) }
      call.output = DateText.text(call.state.time, format: format ?? "%a %b %e %H:%M:%S UTC %Y") + "\n"
      return .status(0)
    },
    ShellCommand("env") { call in
      for (name, value) in call.world.environment.sorted(by: { $0.key < $1.key }) {
        call.output += "\(name)=\(value)\n"
      }
      return .status(0)
    },
    ShellCommand("printenv") { call in
      guard let name = call.operands.first else {
        for (name, value) in call.world.environment.sorted(by: { $0.key < $1.key }) {
          call.output += "\(name)=\(value)\n"
        }
        return .status(0)
      }
      guard let value = call.world.environment[name] else { return .status(1) }
      call.output = value + "\n"
      return .status(0)
    },
    ShellCommand("hostname") { call in
      call.output = (call.hasOption("i") ? call.world.podIP : call.world.hostname) + "\n"
      return .status(0)
    },
    ShellCommand("uname") { call in
      call.output =
        call.hasOption("a") ? "Linux \(call.world.hostname) 6.8.0-podium #1 SMP x86_64 GNU/Linux\n" : "Linux\n"
      return .status(0)
    },
    ShellCommand("whoami") { call in
      call.output = "root\n"
      return .status(0)
    },
    ShellCommand("id") { call in
      call.output = call.hasOption("u") ? "0\n" : "uid=0(root) gid=0(root) groups=0(root)\n"
      return .status(0)
    },
    ShellCommand("nproc") { call in
      call.output = "2\n"
      return .status(0)
    },
    ShellCommand("ps") { call in
      call.output = "PID   USER     TIME  COMMAND\n    1 root      0:00 \(call.world.serviceName ?? "sh")\n"
      return .status(0)
    },
  ]
}

/// A moment in `date`'s formats.
enum DateText {
  static func text(_ time: Time, format: String) -> String {
    let stamp = time.timestamp
    let calendar = CalendarDate(time)
    func part(_ start: Int, _ count: Int) -> String { String(stamp.dropFirst(start).prefix(count)) }
    let clock = part(11, 8)
    let values: [Character: String] = [
      "Y": calendar.year, "m": part(5, 2), "d": part(8, 2), "H": part(11, 2), "M": part(14, 2), "S": part(17, 2),
      "F": part(0, 10), "T": clock, "s": String(time.seconds), "a": calendar.weekdayName, "b": calendar.monthName,
      "e": calendar.paddedDay, "y": part(2, 2), "Z": "UTC", "z": "+0000", "n": "\n", "%": "%",
      "N": String(String(time.nanoseconds % 1_000_000_000 + 1_000_000_000).dropFirst()),
    ]
    var result = ""
    var isEscape = false
    for character in format {
      if isEscape {
        result += values[character] ?? "%" + String(character)
        isEscape = false
      } else if character == "%" {
        isEscape = true
      } else {
        result.append(character)
      }
    }
    return result
  }
}
