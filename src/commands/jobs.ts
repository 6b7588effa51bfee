import { type Answer, explain, Refusal, withDatabases } from '#src/process.ts'

/** The schedule alone: it needs no database. */
export async function listJobs(): Promise<Answer> {
  const { jobs } = await import('#src/jobs.ts')
  const data = jobs.map(({ name, cron }) => ({ name, cron }))
  return { data, text: data.map(({ name, cron }) => `${cron.padEnd(16)} ${name}`).join('\n') }
}

/** The last runs of one job, and what each said. */
export function showJob(name: string, options: { runs: number }): Promise<Answer> {
  return withDatabases(async ({ databases }) => {
    await jobOrRefuse(name)
    const [{ listRuns }, { formatScreenDate }] = await Promise.all([
      import('#src/operator/jobs-page/queries.ts'),
      import('#src/lib/lima.ts'),
    ])
    const data = await listRuns(databases.admin, name, options.runs)
    const lines = data.map(({ dueAt, status, error, log }) => {
      const told = [...(log ?? '').split('\n'), ...(error ?? '').split('\n')].filter(Boolean)
      return [`${formatScreenDate(dueAt)}  ${status}`, ...told.map((line) => `    ${line}`)].join('\n')
    })
    return { data, text: lines.join('\n') || `${name} has not run yet.` }
  })
}

export function runJob(name: string): Promise<Answer> {
  return withDatabases(async ({ config, databases }) => {
    await jobOrRefuse(name)
    const [{ runJobByHand }, { lastRunOf }, { servicesOf }, { createLog }] = await Promise.all([
      import('#src/jobs.ts'),
      import('#src/operator/jobs-page/queries.ts'),
      import('#src/services.ts'),
      import('#src/log.ts'),
    ])
    const services = servicesOf(config, databases, createLog({ logLevel: 'silent' }))
    const result = await runJobByHand(name, { ...services, spares: config.spares })
    await services.mailer.settled()
    const outcome = result?.outcome ?? 'not-ours'
    const problem = result?.outcome === 'failed' ? await explain(result.error) : null
    const log = (await lastRunOf(databases.admin, name))?.log ?? null
    const told = log === null ? [] : [log]
    return {
      data: { job: name, outcome, problem, log },
      text: [...told, problem ? `${name} failed: ${problem}` : `${name}: ${outcome}`].join('\n'),
      failed: outcome !== 'done',
    }
  })
}

async function jobOrRefuse(name: string): Promise<void> {
  const { jobs } = await import('#src/jobs.ts')
  if (!jobs.some((job) => job.name === name))
    throw new Refusal(`There is no job «${name}»: ${jobs.map((job) => job.name).join(', ')}.`, 2)
}
