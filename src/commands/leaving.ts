import { resolve } from 'node:path'
import { type Answer, type Opened, Refusal, withDatabases } from '#src/process.ts'
import type { Tenant } from '#src/tenants/queries.ts'

/** Everything of one business in a zip, as its owner downloads it. The file must not be there yet. */
export function exportTenant(id: number, options: { out: string; json?: boolean }): Promise<Answer> {
  return withDatabases(async (opened) => {
    const tenant = await tenantOrRefuse(opened, id)
    const [{ existsSync }, { makeZip }, { progressBar }, { audit }] = await Promise.all([
      import('node:fs'),
      import('#src/exports/making/actions.ts'),
      import('#src/progress.ts'),
      import('#src/audit/actions.ts'),
    ])
    const file = resolve(options.out)
    if (existsSync(file)) throw new Refusal(`${file} is already there.`)
    const { databases } = opened
    const bar = progressBar(options.json !== true)
    const now = new Date()
    const bytes = await makeZip(file, {
      db: databases.tenant(tenant),
      business: tenant,
      now,
      signal: new AbortController().signal,
      onProgress: ({ done, all }) => bar.show(done, Math.max(all, 1), 'rows'),
    }).finally(() => bar.stop())
    await audit(databases.admin, { tenantId: id, act: 'export.commanded' }, now)
    return { data: { tenant: id, file, bytes }, text: `${file}: ${bytes} bytes` }
  })
}

/** For good. Without `--yes` it only says what it would do, or what speaks against it. */
export function deleteTenant(id: number, options: { yes?: boolean }): Promise<Answer> {
  return withDatabases(async (opened) => {
    const tenant = await tenantOrRefuse(opened, id)
    const [deletion, { deletionTexts }, { deletedMail }, { servicesOf }, { createLog }] = await Promise.all([
      import('#src/leaving/deletion/actions.ts'),
      import('#src/leaving/deletion/texts.ts'),
      import('#src/leaving/mails.tsx'),
      import('#src/services.ts'),
      import('#src/log.ts'),
    ])
    const services = servicesOf(opened.config, opened.databases, createLog({ logLevel: 'silent' }))
    const now = services.clock()
    const refused = (problems: readonly (keyof typeof deletionTexts)[]): Answer => ({
      data: { tenant: id, deleted: false, problems },
      text: [
        `Business ${id} is not deleted.`,
        ...problems.map((problem) => `  ${deletionTexts[problem]}`),
      ].join('\n'),
      failed: true,
    })
    if (!options.yes) {
      const problems = await deletion.whyNotDeleted(services, tenant, now)
      if (problems.length > 0) return refused(problems)
      const text = `Business ${id}, ${tenant.businessName}: its database ${tenant.nombreDb} and everybody's way in would be deleted for good. Say --yes.`
      return { data: { tenant: id, deleted: false, problems }, text }
    }
    const deleted = await deletion.deleteTenant(services, deletedMail, { id, hasOperatorsYes: true }, now)
    await services.mailer.settled()
    if (!deleted.ok) return refused(deleted.problems)
    return {
      data: { tenant: id, deleted: true, problems: [] },
      text: `Business ${id}, ${deleted.businessName}, is deleted.`,
    }
  })
}

async function tenantOrRefuse({ databases }: Opened, id: number): Promise<Tenant> {
  const { findTenant } = await import('#src/tenants/queries.ts')
  const tenant = await findTenant(databases.admin, id)
  if (!tenant) throw new Refusal(`There is no business ${id}.`)
  return tenant
}
