import CSQLite
import Glibc
import Store

/// One connection to an SQLite database, for one thread at a time.
final class Database {
  private let handle: OpaquePointer

  init(path: String) throws(JournalError) {
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
    let code = sqlite3_open_v2(path, &opened, flags, nil)
    guard code == SQLITE_OK, let opened else {
      let reason = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
      sqlite3_close(opened)
      throw JournalError("cannot open the journal \(path): \(reason)")
    }
    handle = opened
  }

  deinit { sqlite3_close(handle) }

  func execute(_ sql: String) throws(JournalError) {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure(sql) }
  }

  func prepare(_ sql: String) throws(JournalError) -> Statement {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil) == SQLITE_OK,
      let statement
    else { throw failure(sql) }
    return Statement(handle: statement, database: self)
  }

  func failure(_ action: String) -> JournalError {
    JournalError("the journal failed (\(String(cString: sqlite3_errmsg(handle)))) at: \(action)")
  }
}

/// A prepared statement. Text and bytes that are bound must live until the next `step`, so `run` takes all at once.
final class Statement {
  enum Parameter {
    case integer(Int64)
    case text(String)
    case bytes([UInt8])
    case null
  }

  private let handle: OpaquePointer
  private let database: Database

  init(handle: OpaquePointer, database: Database) {
    self.handle = handle
    self.database = database
  }

  deinit { sqlite3_finalize(handle) }

  /// Runs the statement, calling `row` for each row it gives.
  func run(_ parameters: [Parameter] = [], row: (borrowing Row) throws(JournalError) -> Void = { _ in })
    throws(JournalError)
  {
    defer {
      sqlite3_reset(handle)
      sqlite3_clear_bindings(handle)
    }
    for (index, parameter) in parameters.enumerated() { bind(parameter, at: Int32(index + 1)) }
    while true {
      switch sqlite3_step(handle) {
      case SQLITE_ROW: try row(Row(handle: handle))
      case SQLITE_DONE: return
      default: throw database.failure(String(cString: sqlite3_sql(handle)))
      }
    }
  }

  private func bind(_ parameter: Parameter, at index: Int32) {
    // SQLITE_TRANSIENT: SQLite takes a copy.
    let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    switch parameter {
    case .integer(let value): sqlite3_bind_int64(handle, index, value)
    case .text(let value): sqlite3_bind_text(handle, index, value, -1, copied)
    case .bytes(let value): sqlite3_bind_blob(handle, index, value, Int32(value.count), copied)
    case .null: sqlite3_bind_null(handle, index)
    }
  }
}

/// The row at which a statement stands.
struct Row: ~Copyable {
  fileprivate let handle: OpaquePointer

  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

  func text(_ column: Int32) -> String { sqlite3_column_text(handle, column).map { String(cString: $0) } ?? "" }

  func bytes(_ column: Int32) -> [UInt8] {
    guard let start = sqlite3_column_blob(handle, column) else { return [] }
    return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
  }

  /// Whether the column holds those bytes.
  func holds(_ bytes: [UInt8], in column: Int32) -> Bool {
    guard let start = sqlite3_column_blob(handle, column) else { return bytes.isEmpty }
    let count = Int(sqlite3_column_bytes(handle, column))
    return count == bytes.count
      && bytes.withUnsafeBytes { bytes in bytes.baseAddress.map { memcmp($0, start, count) == 0 } ?? true }
  }

  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }
}
