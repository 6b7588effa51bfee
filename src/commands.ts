import type { Answer } from '#src/process.ts'
import { configOrRefuse, Refusal, withDatabases } from '#src/process.ts'
import { demoText } from '#src/texts.ts'

// One function a command: it opens what it needs, calls what the server or a button also calls, and answers.

export async function serve(options: { demo?: boolean }): Promise<void> {
  const { serve } = await import('#src/serve.ts')
  await serve(configOrRefuse(), {
    demo: options.demo ?? false,
    say: (text) => process.stdout.write(`${text}\n`),
  })
}

export function demo(): Promise<Answer> {
  return withDatabases(async ({ config, databases }) => {
    const [{ servicesOf }, { makeDemo }, { createLog }] = await Promise.all([
      import('#src/services.ts'),
      import('#src/demo/actions.ts'),
      import('#src/log.ts'),
    ])
    // Its mails are nobody's to read, and its answer is this command's only output.
    const services = servicesOf({ ...config, spares: 0 }, databases, createLog({ logLevel: 'silent' }))
    const made = await makeDemo(services, services.clock())
    return { data: made, text: demoText(made, config) }
  })
}

export function importPadron(file: string, options: { force?: boolean; json?: boolean }): Promise<Answer> {
  return withDatabases(async ({ databases }) => {
    const [{ importPadron }, { progressBar }] = await Promise.all([
      import('#src/ruc/import.ts'),
      import('#src/progress.ts'),
    ])
    const bar = progressBar(options.json !== true)
    const result = await importPadron(databases.padron(), file, {
      force: options.force ?? false,
      onProgress: ({ bytes, totalBytes, rows }) => bar.show(bytes, totalBytes, `${rows} rows`),
    }).finally(() => bar.stop())
    if (!result.ok) throw new Refusal(result.text)
    const skipped = result.skippedRows > 0 ? `, ${result.skippedRows} broken ones left out` : ''
    return { data: result, text: `${result.rows} rows imported${skipped}; ${result.previousRows} before.` }
  })
}

export function listTenants(): Promise<Answer> {
  return withDatabases(async ({ databases }) => {
    const { listTenants } = await import('#src/tenants/queries.ts')
    const data = (await listTenants(databases.admin)).map(summaryOf)
    const lines = data.map(
      (one) =>
        `${String(one.id).padStart(6)}  ${one.nombreDb.padEnd(20)}  ${one.plan.padEnd(18)}  ${one.businessName}`,
    )
    return { data, text: lines.join('\n') || 'No business has signed up yet.' }
  })
}

export function showTenant(id: number): Promise<Answer> {
  return withDatabases(async ({ databases }) => {
    const data = summaryOf(await tenantOrRefuse(databases, id))
    return {
      data,
      text: Object.entries(data)
        .map(([name, value]) => `${name.padEnd(16)} ${value ?? '–'}`)
        .join('\n'),
    }
  })
}

type Databases = import('#src/db/databases.ts').Databases
type Tenant = import('#src/tenants/queries.ts').Tenant

async function tenantOrRefuse(databases: Databases, id: number): Promise<Tenant> {
  const { findTenant } = await import('#src/tenants/queries.ts')
  const tenant = await findTenant(databases.admin, id)
  if (!tenant) throw new Refusal(`There is no business ${id}.`)
  return tenant
}

function summaryOf(tenant: Tenant) {
  const { id, uid, generation, nombreDb, serverId, businessName, rubro } = tenant
  const { trialStartedAt, paidUntil, createdAt } = tenant
  const instants = {
    trialStartedAt: iso(trialStartedAt),
    paidUntil: iso(paidUntil),
    createdAt: iso(createdAt),
  }
  return { id, uid, generation, nombreDb, serverId, businessName, rubro, plan: tenant.plan.code, ...instants }
}

const iso = (at: Date | null) => at?.toISOString() ?? null
