import type { Finding } from '#src/doctor/finding.ts'

/** What this process sees of itself: late work, and requests that waited in vain for a connection. */
export type Strain = { latenessP99Ms: number; waitTimeouts: number }

const latestMs = 500

/** Findings of the doctor's kind about the process that looks. `before` is the count of the look before this one. */
export function strainFindings(now: Strain, before: Strain | null): Finding[] {
  const timeouts = before ? now.waitTimeouts - before.waitTimeouts : 0
  return [
    now.latenessP99Ms <= latestMs
      ? { name: 'event loop', ok: true, found: `p99 ${Math.round(now.latenessP99Ms)} ms late` }
      : {
          name: 'event loop',
          ok: false,
          found: `p99 ${Math.round(now.latenessP99Ms)} ms late`,
          mend: 'Look for slow requests in the log; more cores, or a second process.',
        },
    timeouts <= 0
      ? { name: 'waits for a connection', ok: true, found: 'none was given up' }
      : {
          name: 'waits for a connection',
          ok: false,
          found: `${timeouts} were given up since the last look`,
          mend: 'Look for slow queries in the log, and at the load of MariaDB.',
        },
  ]
}

export const alarmSubject = (bad: readonly Finding[]) =>
  bad.length === 1 ? `SmartKet: ${bad[0]?.name} needs you` : `SmartKet: ${bad.length} things need you`

export function alarmText(bad: readonly Finding[], consoleOrigin: string): string {
  const lines = bad.flatMap((one) => [`${one.name}: ${one.found}`, ...(one.ok ? [] : [`  ${one.mend}`]), ''])
  return [...lines, `smartket doctor says all of it; ${consoleOrigin}/tareas shows the jobs.`].join('\n')
}
