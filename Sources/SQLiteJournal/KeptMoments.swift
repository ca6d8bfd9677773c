package import Store
import Loop

/// Moments that are kept for themselves: beside the history, and each object state in them once.
extension SQLiteJournal {
  package func keep(_ moment: Moment) throws(JournalError) {
    try transaction(durably: true) { () throws(JournalError) in try write(moment) }
  }

  package func letGo(_ revision: Int64) throws(JournalError) {
    try transaction(durably: true) { () throws(JournalError) in
      try database.prepare("DELETE FROM moments WHERE revision=?").run([.integer(revision)])
      try database.prepare("DELETE FROM kept WHERE moment=?").run([.integer(revision)])
      try database.execute("DELETE FROM kept_objects WHERE revision NOT IN (SELECT revision FROM kept)")
    }
  }

  func write(_ moment: Moment) throws(JournalError) {
    try database.prepare("INSERT OR REPLACE INTO moments VALUES (?,?)")
      .run([.integer(moment.revision), .integer(moment.time.nanoseconds)])
    for object in moment.snapshot.objects {
      let key = object.key
      try putKeptObject.run([
        .integer(object.revision), .text(key.groupResource.group), .text(key.groupResource.resource),
        .text(key.namespace), .text(key.name), .bytes(object.json),
      ])
      try putKept.run([.integer(moment.revision), .integer(object.revision)])
    }
  }
}
