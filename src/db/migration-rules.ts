import type { Migration } from './migrations.ts'

/**
 * What a file must say before it is shipped, found in its text alone: docs/migrations.md has each rule with its
 * reason. Sentences for whoever wrote the file; none where it is well.
 */
export function problemsOf(file: Migration, rules = { needsReadsFrom: true }): string[] {
  const problems: string[] = []
  if (rules.needsReadsFrom && file.readsFrom === null)
    problems.push(
      `${file.name}: begins without «-- reads_from: <release>», the oldest release that works on it`,
    )
  const own = new Set(file.statements.flatMap((statement) => makes.exec(statement)?.[1] ?? []))
  for (const [at, statement] of file.statements.entries()) {
    const where = `${file.name}, statement ${at + 1}`
    const table = tableOf(statement)
    // A table of the same file is empty, and nobody reads it yet.
    if (table === null || own.has(table)) continue
    if (canBeSpelled.test(statement) && !isSpelled(statement))
      problems.push(`${where}: spell how it runs, so that a copying one fails: ${spelled(statement)}`)
    const why = takesAway(statement)
    if (why && file.contract === null)
      problems.push(
        `${where}: ${why}. The release before may trip over it: expand now and contract in a later release, or say «-- contract: <why none from reads_from on misses it>» under reads_from`,
      )
  }
  return problems
}

/** The statement as it should stand: a table that sells meanwhile is neither copied nor locked. */
export function spelled(statement: string): string {
  if (!canBeSpelled.test(statement)) return statement
  if (/^create\s/i.test(statement)) return `${statement} ALGORITHM=INPLACE LOCK=NONE`
  // DROP INDEX takes no such words on MariaDB.
  const dropped = /^drop\s+index\s+(\S+)\s+on\s+(\S+)$/i.exec(statement)
  if (dropped) return spelled(`ALTER TABLE ${dropped[2]} DROP INDEX ${dropped[1]}`)
  const algorithm = /\b(add|drop)\s+(unique\s+)?(index|key|constraint)\b/i.test(statement)
    ? 'INPLACE'
    : 'INSTANT'
  return `${statement}, ALGORITHM=${algorithm}, LOCK=NONE`
}

/** DROP TABLE and RENAME TABLE copy nothing. */
const canBeSpelled = /^alter\s+table\b|^(create|drop)\s+(unique\s+)?index\b/i
const isSpelled = (statement: string) =>
  /\balgorithm\s*=?\s*(instant|nocopy|inplace)\b/i.test(statement) && /\block\s*=?\s*none\b/i.test(statement)

const makes = /^create\s+table\s+(?:if\s+not\s+exists\s+)?`?(\w+)`?/i
const changes =
  /^(?:alter\s+table|drop\s+table|rename\s+table)\s+(?:if\s+exists\s+)?`?(\w+)`?|^(?:create\s+(?:unique\s+)?|drop\s+)index\s+.*?\bon\s+`?(\w+)`?/is

function tableOf(statement: string): string | null {
  const found = changes.exec(statement)
  return found?.[1] ?? found?.[2] ?? null
}

/** Why a release that does not know of it could fail; null where it only adds. */
function takesAway(statement: string): string | null {
  for (const [pattern, why] of contracting) if (pattern.test(statement)) return why
  const isNewAndNeeded = /\badd\s+(column\s+)?(?!constraint|index|key|unique|primary|foreign)/i.test(
    statement,
  )
  if (isNewAndNeeded && /\bnot\s+null\b/i.test(statement) && !/\bdefault\b/i.test(statement))
    return 'it adds a column that must be given a value and has none of its own'
  return null
}

const contracting: readonly [RegExp, string][] = [
  [/^drop\s+table\b/i, 'it drops a table'],
  [/\bdrop\s+(column\s+)?(?!index|key|constraint|foreign|primary|check)/i, 'it drops a column'],
  [/\brename\b/i, 'it renames'],
  [/\b(modify|change)\b/i, 'it changes a column'],
  [/\bunique\b/i, 'it refuses values that were allowed'],
  [/\badd\s+(constraint\s+\S+\s+)?(foreign|check|primary)\b/i, 'it refuses values that were allowed'],
]
