import { bad, type Finding, few, good } from '#src/doctor/finding.ts'
import type { Drift } from './queries.ts'

/** What stands in the admin database against what is on one server, in sentences. */
export function driftFindings(drift: Drift, serverId: number): Finding[] {
  const suffix = serverId === 1 ? '' : ` ${serverId}`
  const { missing, foreign, strayDatabases, strayAccounts, accounts, ownAccounts, looked } = drift
  const name = `databases${suffix}`
  const findings: Finding[] = []
  if (missing.length > 0)
    findings.push(
      bad(
        name,
        `missing: ${few(missing.map(({ id, nombreDb }) => `${nombreDb} of business ${id}`))}`,
        'smartket restore --tenant ID brings one back to the last second that is known (docs/restore.md).',
      ),
    )
  if (foreign.length > 0)
    findings.push(
      bad(
        name,
        `not the business's own, or half made: ${few(foreign.map(({ id, nombreDb }) => `${nombreDb} of business ${id}`))}`,
        'Nobody gets in. Look whose it is (select uid from business) before smartket restore --tenant ID.',
      ),
    )
  if (strayDatabases.length > 0)
    findings.push(
      bad(
        name,
        `of no business: ${few(strayDatabases)}`,
        'Look inside first: it may hold sales. After a restore of the admin database it may be a business that signed up since.',
      ),
    )
  if (findings.length === 0) findings.push(good(name, `${looked} looked at, each is its own business's`))
  return [...findings, ...accountFindings(accounts, ownAccounts, strayAccounts, suffix)]
}

function accountFindings(
  accounts: Drift['accounts'],
  own: Drift['ownAccounts'],
  stray: readonly string[],
  suffix: string,
): Finding[] {
  const name = `accounts${suffix}`
  const findings: Finding[] = []
  const wrong = [...own, ...accounts].map(({ user, problem }) => `${user} (${problemTexts[problem]})`)
  if (wrong.length > 0) findings.push(bad(name, few(wrong), 'smartket doctor --mend derives them again.'))
  if (stray.length > 0)
    findings.push(
      bad(
        name,
        `of no business: ${few(stray)}`,
        "drop user, after you know who made it: it is none of SmartKet's.",
      ),
    )
  return findings.length > 0 ? findings : [good(name, 'as they should be')]
}

const problemTexts: Record<Drift['ownAccounts'][number]['problem'], string> = {
  missing: 'is not there',
  password: 'has another password',
  locked: 'is locked',
  'too-much': 'may do more than it should',
  grants: 'may do less than it should',
  limits: 'has other limits',
}
