import { type Answer, withDatabases } from '#src/process.ts'

/** What is wrong with this installation, and how to mend it. With `--mend` accounts are derived again. */
export async function doctor(options: { mend?: boolean }): Promise<Answer> {
  const [{ examine }, { jobs }] = await Promise.all([
    import('#src/doctor/actions.ts'),
    import('#src/jobs.ts'),
  ])
  return withDatabases(
    async ({ config, databases }) => {
      const data = await examine(config, databases, { now: new Date(), jobs, mend: options.mend ?? false })
      const lines = data.map((one) =>
        one.ok ? `ok   ${one.name}: ${one.found}` : `BAD  ${one.name}: ${one.found}\n     ${one.mend}`,
      )
      return { data, text: lines.join('\n'), failed: data.some(({ ok }) => !ok) }
    },
    { migrate: false },
  )
}
