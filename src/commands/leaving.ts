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

/**
 * For good, after a last copy that is verified and kept. Without `--yes` it only says what it would do, or what
 * speaks against it; the name says that this number is the business that was meant.
 */
export function deleteTenant(id: number, options: { yes?: boolean; name?: string }): Promise<Answer> {
  return withDatabases(async (opened) => {
    const tenant = await tenantOrRefuse(opened, id)
    if (options.name !== undefined && options.name.trim() !== tenant.businessName.trim())
      throw new Refusal(`Business ${id} has another name. smartket tenants show ${id} says which.`, 2)
    const [{ whyNotDeleted }, { deletionTexts }] = await Promise.all([
      import('#src/leaving/deletion/actions.ts'),
      import('#src/leaving/deletion/texts.ts'),
    ])
    const services = await servicesFor(opened)
    const problems = await whyNotDeleted(services, tenant, services.clock())
    // The last copy is made right before.
    const inTheWay = problems.filter((problem) => problem !== 'no-verified-copy')
    if (inTheWay.length > 0)
      return notDeleted(
        id,
        inTheWay,
        inTheWay.map((problem) => deletionTexts[problem]),
      )
    const about = `Business ${id}, ${tenant.businessName}`
    if (!options.yes || options.name === undefined) {
      const text = `${about}: after a last copy its database ${tenant.nombreDb} and everybody's way in would be deleted for good. Say --yes and its name: --name "${tenant.businessName}".`
      return { data: { tenant: id, deleted: false, problems: [] }, text, failed: options.yes ?? false }
    }
    return deleteAfterCopy(services, id)
  })
}

type Services = Awaited<ReturnType<typeof servicesFor>>

async function deleteAfterCopy(services: Services, id: number): Promise<Answer> {
  const [{ deleteTenant }, { lastCopyOf }, { deletionTexts }, { deletedMail }] = await Promise.all([
    import('#src/leaving/deletion/actions.ts'),
    import('#src/leaving/deletion/last-copy/actions.ts'),
    import('#src/leaving/deletion/texts.ts'),
    import('#src/leaving/mails.tsx'),
  ])
  const copy = await lastCopyOf(services, id)
  if (!copy.ok) return notDeleted(id, ['no-last-copy'], [`Its last copy failed: ${copy.problem}`])
  const asked = { id, hasOperatorsYes: true }
  const deleted = await deleteTenant(services, deletedMail, asked, services.clock())
  await services.mailer.settled()
  if (!deleted.ok)
    return notDeleted(
      id,
      deleted.problems,
      deleted.problems.map((problem) => deletionTexts[problem]),
    )
  return {
    data: { tenant: id, deleted: true, problems: [], night: copy.night },
    text: `Business ${id}, ${deleted.businessName}, is deleted. Its last copy stands in the night of ${copy.night}; it is kept for 90 days.`,
  }
}

const notDeleted = (id: number, problems: readonly string[], sentences: readonly string[]): Answer => ({
  data: { tenant: id, deleted: false, problems },
  text: [`Business ${id} is not deleted.`, ...sentences.map((sentence) => `  ${sentence}`)].join('\n'),
  failed: true,
})

async function servicesFor({ config, databases }: Opened) {
  const [{ servicesOf }, { createLog }] = await Promise.all([
    import('#src/services.ts'),
    import('#src/log.ts'),
  ])
  return servicesOf(config, databases, createLog({ logLevel: 'silent' }))
}

async function tenantOrRefuse({ databases }: Opened, id: number): Promise<Tenant> {
  const { findTenant } = await import('#src/tenants/queries.ts')
  const tenant = await findTenant(databases.admin, id)
  if (!tenant) throw new Refusal(`There is no business ${id}.`)
  return tenant
}
