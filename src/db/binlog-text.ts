/** What was seen while a binary log passed by. */
export type LogSeen = {
  /** The instant of the last event that was read, whoever's it was; UTC, to the second. null: none. */
  lastAt: Date | null
  /** Transactions and schema changes that belong to this database. */
  changes: number
  /** The log says that this database was dropped: nothing after that was replayed. */
  wasDropped: boolean
  /** Another database got its name after that: whose life this log tells nobody can say. */
  wasMadeAgain: boolean
  /** Between two transactions: whoever reads on from here gets what came later, and nothing twice. */
  end: { file: string; offset: number } | null
}

export const nothingSeen: LogSeen = {
  lastAt: null,
  changes: 0,
  wasDropped: false,
  wasMadeAgain: false,
  end: null,
}

/**
 * Looks at the text of `mariadb-binlog --database=…` line by line, and returns what is to be replayed. Of other
 * businesses' transactions only empty shells are left in it: they are left out, as are the comments. At the
 * statement that drops the database it stops: everything before is what we want back. `from` is where reading
 * begins; `isFromFirstDay`: without a copy under it, so that a drop before the database was made is somebody else's.
 */
export function logFilter(database: string, from: LogSeen['end'] = null, isFromFirstDay = false) {
  const seen: LogSeen = { ...nothingSeen, end: from }
  let file = from?.file ?? null
  let isMade = !isFromFirstDay
  const makes = new RegExp(`^create\\s+(?:database|schema)\\s.*?\`?\\b${database}\\b\`?(?:\\s|;|$)`, 'i')
  const drops = new RegExp(
    `^drop\\s+(?:database|schema)\\s+(?:if\\s+exists\\s+)?\`?${database}\`?\\s*(?:$|[;/-])`,
    'i',
  )
  let transaction: string[] | null = null
  let settings: string[] = []
  let hasRows = false

  /** The lines to replay now; none while a transaction is not over. */
  function take(line: string): string[] {
    if (seen.wasDropped) {
      if (makes.test(statementOf(line))) seen.wasMadeAgain = true
      return []
    }
    if (isComment(line)) {
      note(line)
      return []
    }
    if (transaction) return inTransaction(transaction, line)
    if (line === 'START TRANSACTION' || line === 'BEGIN') {
      transaction = [line]
      settings = []
      hasRows = false
      return []
    }
    const statement = statementOf(line)
    if (makes.test(statement)) isMade = true
    if (drops.test(statement)) {
      seen.changes--
      seen.wasDropped = isMade
      return []
    }
    return [line]
  }

  function inTransaction(lines: string[], line: string): string[] {
    lines.push(line)
    // Said once for all that follow: not lost with the shell in which it was said.
    if (/^(SET|use) /.test(line)) settings.push(line)
    if (line.startsWith("BINLOG '")) hasRows = true
    if (!/^(COMMIT|ROLLBACK)\b/.test(line)) return []
    transaction = null
    return hasRows ? lines : settings
  }

  function note(line: string): void {
    const event = eventLine.exec(line)
    if (!event) return
    const [, day, time, offset, what = ''] = event
    if (day !== '700101') seen.lastAt = instant(day ?? '', time ?? '')
    if (/^(Table_map|Query)/.test(what)) seen.changes++
    const rotated = /^Rotate to (\S+)\s+pos: (\d+)/.exec(what)
    if (rotated?.[1] && rotated[1] !== file) {
      file = rotated[1]
      seen.end = { file, offset: Number(rotated[2]) }
    }
    const isEnd = what.startsWith('Xid') || (transaction === null && what.startsWith('Query'))
    if (isEnd && file !== null) seen.end = { file, offset: Number(offset) }
  }

  return { take, seen }
}

/** `#261123  9:06:00 server id 1  end_log_pos 1121 CRC32 0x5315f5f9 	Write_rows: …`, in the time zone of TZ. */
const eventLine =
  /^#(\d{6}) +(\d{1,2}:\d\d:\d\d) server id \d+ +end_log_pos (\d+) (?:CRC32 0x[0-9a-f]+ )?\t(.*)$/

const statementOf = (line: string) => line.replace(/^\s*(?:\/\*[^!M].*?\*\/\s*)+/, '')

const isComment = (line: string) =>
  /^# at \d+$|^#\d{6} |^# Number of rows|^#Q> |^# The proper term/.test(line)

function instant(day: string, time: string): Date {
  const [year, month, date] = [day.slice(0, 2), day.slice(2, 4), day.slice(4, 6)]
  return new Date(`20${year}-${month}-${date}T${time.padStart(8, '0')}Z`)
}
