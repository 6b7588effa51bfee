import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { restoreTenant } from '#src/backups/restore/actions.ts'
import type { Databases } from '#src/db/databases.ts'
import { type Fingerprint, fingerprint } from '#src/db/fingerprint.ts'
import { sales } from '#src/db/tenant-schema.ts'
import { charge } from '#src/sales/actions.ts'
import { findTenant } from '#src/tenants/queries.ts'
import { type Installation, installation, livingDb, restored } from './restoring.ts'
import { order, type Shop } from './till.ts'

export type Drilled = {
  tenants: number
  /** Restored, and equal to what had been there when the database was dropped. */
  equal: number
  different: { tenantId: number; tables: string[] }[]
  /** Sales that a till had an answer for, and those of them that are nowhere. */
  answered: number
  lost: number
  restoreMs: number[]
  pauseMs: number[]
  tookMs: number
}

/**
 * Every business of an installation is destroyed by DROP DATABASE, one after the other, and brought back by the one
 * command, while two processes go on selling in all of them.
 */
export async function drill(tenants: number, say: (line: string) => void = () => {}): Promise<Drilled> {
  const startedAt = performance.now()
  const here = await installation()
  try {
    const shops: Shop[] = []
    for (let i = 1; i <= tenants; i++) shops.push(await here.shop(`Pollería ${i}`))
    say(`${tenants} businesses made`)
    const tills = [sellingEverywhere(here.databases, shops), sellingEverywhere(await here.open(), shops)]
    await until(() => tills.every((till) => till.answered.length >= tenants))
    const { dumped, carried } = await here.night()
    say(`night: ${dumped} dumped, ${carried} carried`)
    const done: Drilled = {
      ...{ tenants, equal: 0, different: [], answered: 0, lost: 0 },
      ...{ restoreMs: [], pauseMs: [], tookMs: 0 },
    }
    for (const shop of shops) {
      await destroyAndRestore(here, shop, done)
      say(`${done.equal + done.different.length} of ${tenants}: ${Math.round(done.restoreMs.at(-1) ?? 0)} ms`)
    }
    const answered = (await Promise.all(tills.map((till) => till.stop()))).flat()
    done.answered = answered.length
    done.lost = await countLost(here.databases, shops, answered)
    return { ...done, tookMs: performance.now() - startedAt }
  } finally {
    await here.stop()
  }
}

async function destroyAndRestore(here: Installation, shop: Shop, done: Drilled): Promise<void> {
  const { id, nombreDb } = shop.tenant
  const tenant = await findTenant(here.databases.admin, id)
  if (!tenant) throw new Error(`no business ${id}`)
  const was = await here.databases.provision(async (root) => {
    // So that what was there is known: nobody sells between the look and the blow.
    await root.lockTenantAccount(tenant)
    const was = await fingerprint(here.databases.copies(), nombreDb)
    await root.query(`drop database \`${nombreDb}\``)
    return was
  })
  const back = restored(
    await restoreTenant(here.context, { tenantId: id, from: { kind: 'newest' }, at: null }),
  )
  // Of what came back, before anybody sold in it again: the numbers of sales tell.
  const is = await contentAt(here, back.to.nombreDb, was)
  if (is.length === 0) done.equal++
  else done.different.push({ tenantId: id, tables: is })
  done.restoreMs.push(back.tookMs)
  done.pauseMs.push(back.pauseMs)
}

/**
 * The tables that are not what they were. Beto is selling again by now, so that of each table the rows of before
 * are compared: sales up to the last number of then. `business` differs by the version of its catalogue alone.
 */
async function contentAt(here: Installation, database: string, was: Fingerprint): Promise<string[]> {
  return here.databases.provision(async (root) => {
    const copy = `${database}_seen`
    await root.query(`create database \`${copy}\``)
    try {
      const last = was.sales?.made ?? 0
      const different: string[] = []
      await root.select(copy)
      for (const { name, rows, checksum } of was.tables.filter((table) => table.name !== 'business')) {
        const own = { sales: 'id', sale_lines: 'sale_id', sale_payments: 'sale_id' }[name]
        await root.query(`create table \`${name}\` like \`${database}\`.\`${name}\``)
        const where = own ? `where ${own} <= ${last}` : ''
        await root.query(`insert into \`${name}\` select * from \`${database}\`.\`${name}\` ${where}`)
        if (name === 'series') await root.query(`update series set next_number = ${last + 1}`)
        const [now] = (await root.query(`checksum table \`${name}\``)) as { Checksum: string | number }[]
        const [counted] = (await root.query(`select count(*) as n from \`${name}\``)) as { n: number }[]
        // The fingerprint has the server's own checksum before the hyphen.
        if (String(now?.Checksum) !== checksum.split('-')[0] || Number(counted?.n) !== rows)
          different.push(name)
      }
      return different
    } finally {
      await root.query(`drop database \`${copy}\``)
    }
  })
}

type Answered = { tenantId: number; requestKey: string }

/** As tills do: a sale without an answer is sent again under its key, and each looks up anew where its shop is. */
function sellingEverywhere(databases: Databases, shops: readonly Shop[]) {
  const answered: Answered[] = []
  let isStopped = false
  const running = (async () => {
    for (let turn = 0; !isStopped; turn++) {
      const shop = shops[turn % shops.length]
      if (shop) await sellUntilAnswered(databases, shop, answered, () => isStopped)
      await pause(15)
    }
  })()
  return {
    answered,
    async stop() {
      isStopped = true
      await running
      return answered
    },
  }
}

/** A shop that is being restored is left for the next round, with its sale still unsent. */
async function sellUntilAnswered(
  databases: Databases,
  shop: Shop,
  answered: Answered[],
  isStopped: () => boolean,
): Promise<void> {
  const requestKey = randomUUID()
  for (let attempt = 0; attempt < 3 && !isStopped(); attempt++) {
    try {
      const tenant = await findTenant(databases.admin, shop.tenant.id)
      if (!tenant) throw new Error('the shop is gone')
      const body = { ...order(shop), requestKey }
      const charged = await charge(databases.tenant(tenant), tenant, shop.beto, body, new Date())
      if (charged.ok) answered.push({ tenantId: tenant.id, requestKey })
      return
    } catch {
      await pause(5)
    }
  }
}

async function countLost(
  databases: Databases,
  shops: readonly Shop[],
  answered: readonly Answered[],
): Promise<number> {
  let lost = 0
  for (const { tenant } of shops) {
    const db = await livingDb(databases, tenant.id)
    const there = new Set((await db.select({ key: sales.requestKey }).from(sales)).map(({ key }) => key))
    lost += answered.filter((one) => one.tenantId === tenant.id && !there.has(one.requestKey)).length
  }
  return lost
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause(50)
}
