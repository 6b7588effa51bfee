import { type Answer, type Opened, Refusal, withDatabases } from '#src/process.ts'

/** Tonight's copies, now: of every business and the admin database, or of one business. */
export function runBackup(options: { tenant?: number; json?: boolean }): Promise<Answer> {
  return withDatabases(async (opened) => {
    const { tenant } = options
    if (tenant !== undefined) await tenantOrRefuse(opened, tenant)
    const [{ runNight }, { reportLines }, { progressBar }] = await Promise.all([
      import('#src/backups/night/actions.ts'),
      import('#src/backups/night/texts.ts'),
      import('#src/progress.ts'),
    ])
    const bar = progressBar(options.json !== true)
    const answer = await runNight(
      {
        ...opened,
        clock: () => new Date(),
        signal: new AbortController().signal,
        onProgress: ({ done, all, note }) => bar.show(done, all, note),
      },
      tenant === undefined ? {} : { tenantIds: [tenant] },
    ).finally(() => bar.stop())
    if (!answer.ok) throw new Refusal('A copy is being made already; wait for its end.')
    const { report } = answer
    return { data: report, text: reportLines(report).join('\n'), failed: report.failed.length > 0 }
  })
}

/** The nights that are known, here and in the store. */
export function listBackups(options: { tenant?: number }): Promise<Answer> {
  return withDatabases(async ({ databases }) => {
    const { listNights } = await import('#src/backups/queries.ts')
    const data = await listNights(databases.admin, options.tenant)
    const lines = data.map(({ night, dumped, carried, verified, uploaded, doubtful, bytes, isLocal }) =>
      [
        night,
        `${dumped} dumped`,
        `${carried} carried`,
        `${verified} verified`,
        `${uploaded} in the store`,
        ...(doubtful > 0 ? [`${doubtful} not to be trusted`] : []),
        `${(bytes / 1_000_000).toFixed(1)} MB`,
        isLocal ? 'on this disk' : 'in the store only',
      ].join(' · '),
    )
    return { data, text: lines.join('\n') || 'There are no copies yet: smartket backup run makes them.' }
  })
}

async function tenantOrRefuse({ databases }: Opened, id: number): Promise<void> {
  const { findTenant } = await import('#src/tenants/queries.ts')
  if (!(await findTenant(databases.admin, id))) throw new Refusal(`There is no business ${id}.`)
}
