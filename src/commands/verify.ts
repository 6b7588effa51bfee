import { type Answer, Refusal, withDatabases } from '#src/process.ts'

/** Restores the copies of a night into a scratch server and compares them: all of them, or one business's. */
export function verifyBackup(options: { tenant?: number; night?: string; json?: boolean }): Promise<Answer> {
  return withDatabases(async (opened) => {
    const [{ isNight }, { verifyNight }, { failureLine, refusalText, reportLine }, { progressBar }] =
      await Promise.all([
        import('#src/backups/manifest.ts'),
        import('#src/backups/verify/actions.ts'),
        import('#src/backups/verify/texts.ts'),
        import('#src/progress.ts'),
      ])
    const { tenant, night } = options
    if (night !== undefined && !isNight(night))
      throw new Refusal(`«${night}» is not a night such as 2026-11-23.`, 2)
    const bar = progressBar(options.json !== true)
    const answer = await verifyNight(
      {
        ...opened,
        clock: () => new Date(),
        signal: new AbortController().signal,
        onProgress: ({ done, all, note }) => bar.show(done, all, note),
      },
      {
        isThorough: true,
        ...(night === undefined ? {} : { night }),
        ...(tenant === undefined ? {} : { tenantIds: [tenant] }),
      },
    ).finally(() => bar.stop())
    if (!answer.ok) throw new Refusal(refusalText(answer.problem, options))
    const { report } = answer
    return {
      data: report,
      text: [reportLine(report), ...report.failed.map(failureLine)].join('\n'),
      failed: report.failed.length > 0,
    }
  })
}
