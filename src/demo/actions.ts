import { createHash, createHmac } from 'node:crypto'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { signUp } from '#src/accounts/actions.ts'
import { findUserByEmail } from '#src/accounts/queries.ts'
import { openCashSession } from '#src/cash/actions.ts'
import { memberships, users } from '#src/db/admin-schema.ts'
import type { TenantDb } from '#src/db/tenant.ts'
import {
  business,
  cashSessions,
  products,
  sales,
  staff,
  stockLevels,
  stockMovements,
} from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import type { Services } from '#src/http/env.ts'
import { useMenu } from '#src/menus/actions.ts'
import { chicken, menuFor } from '#src/menus/menu.ts'
import { finishSetup, saveBranch, saveFiscal, saveRegister } from '#src/onboarding/actions.ts'
import { firstBranch, firstRegister } from '#src/onboarding/queries.ts'
import { charge, type Seller } from '#src/sales/actions.ts'
import { cashSuggestions, lineTotal } from '#src/sales/sale.ts'
import { findTenant, type Tenant } from '#src/tenants/queries.ts'
import { type DemoDay, type DemoOrder, demoWeek } from './week.ts'

export const demoEmail = 'demo@smartket.example'
const weekMs = 7 * 86_400_000

export type Demo = { email: string; password: string; businessName: string; salesMade: number }

/**
 * «Pollería Rosita» with its menu and the sales of the seven days before, made as her people would make
 * them. Safe to repeat: what is there already stays as it is, what a killed run left out is added.
 */
export async function makeDemo(services: Services, now: Date): Promise<Demo> {
  const { databases, config } = services
  const password = demoPassword(config.masterKey)
  const tenant = (await findDemo(services)) ?? (await openDemo(services, password, now))
  const db = databases.tenant(tenant)
  // The week ends where it ended the first time, also when this is run again days later.
  const end = new Date(tenant.trialStartedAt.getTime() + weekMs)
  const week = demoWeek(end)
  const salesMade = await countSales(db)
  const planned = week.reduce((sum, day) => sum + day.orders.length, 0)
  if (salesMade >= planned)
    return { email: demoEmail, password, businessName: tenant.businessName, salesMade }
  const shop = await setUpShop(db, week[0]!.opensAt)
  for (const day of week) await sellDay(db, tenant, shop, day)
  await finishFirstSteps(db, end)
  return { email: demoEmail, password, businessName: tenant.businessName, salesMade: await countSales(db) }
}

/** Nothing that anyone could know beforehand, and the same whenever it is asked for. */
function demoPassword(masterKey: Buffer): string {
  return `pollo-${createHmac('sha256', masterKey).update('demo/v1').digest('hex').slice(0, 10)}`
}

async function findDemo({ databases }: Services): Promise<Tenant | null> {
  const user = await findUserByEmail(databases.admin, demoEmail)
  if (!user) return null
  const [membership] = await databases.admin.select().from(memberships).where(eq(memberships.userId, user.id))
  return membership ? findTenant(databases.admin, membership.tenantId) : null
}

/** Signed up a week ago: half of her trial is over, as it would be. */
async function openDemo(services: Services, password: string, now: Date): Promise<Tenant> {
  const { databases } = services
  const signedUpAt = new Date(now.getTime() - weekMs)
  const account = { email: demoEmail, password, businessName: 'Pollería Rosita', rubro: 'polleria' as const }
  const opened = await signUp(services, account, signedUpAt)
  if (!opened.ok) throw new Error('the demo account is half there')
  await databases.admin.update(users).set({ emailConfirmedAt: signedUpAt }).where(eq(users.id, opened.userId))
  const tenant = await findTenant(databases.admin, opened.tenantId)
  if (!tenant) throw new Error('the demo business is missing')
  return tenant
}

type Shop = {
  branchId: number
  registerId: number
  chickenId: number
  owner: Seller
  cashier: Seller
  products: Map<string, { id: number; priceCentimos: number }>
}

/** The wizard as Rosa went through it, without a RUC. */
async function setUpShop(db: TenantDb, now: Date): Promise<Shop> {
  const menu = menuFor('polleria')
  if (!menu) throw new Error('the ready menu is missing')
  await saveFiscal(db, 1, {
    name: 'Rosa',
    ruc: null,
    legalName: '',
    address: 'Av. Los Próceres 456, San Juan de Lurigancho',
    currency: 'PEN',
    regime: 'none',
    igvKind: 'general',
    rucState: null,
    rucCondition: null,
  })
  const address = 'Av. Los Próceres 456, San Juan de Lurigancho'
  await saveBranch(db, { name: 'Pollería Rosita', address, whatsapp: null, consent: false }, now)
  const register = await saveRegister(db, { name: 'Caja 1', paper: '80', series: 'NV01' }, now)
  if (!register.ok) throw new Error(`the demo's register: ${register.problem}`)
  await useMenu(
    db,
    menu,
    menu.items.map(({ key, priceCentimos }) => ({ key, priceCentimos })),
    now,
  )
  await finishSetup(db)
  return loadShop(db, now)
}

async function loadShop(db: TenantDb, now: Date): Promise<Shop> {
  const [branch, register] = [await firstBranch(db), await firstRegister(db)]
  const rows = await db.select().from(products)
  const stocked = rows.find((row) => row.name === chicken.name && !row.forSale)
  if (!branch || !register || !stocked) throw new Error('the demo shop is not complete')
  return {
    branchId: branch.id,
    registerId: register.id,
    chickenId: stocked.id,
    owner: { id: 1, name: 'Rosa' },
    cashier: await cashierBeto(db, now),
    products: new Map(rows.filter((row) => row.forSale).map((row) => [row.name, row])),
  }
}

/** Without a PIN: the owner gives him one on «Personal». */
async function cashierBeto(db: TenantDb, now: Date): Promise<Seller> {
  const [found] = await db.select({ id: staff.id }).from(staff).where(eq(staff.name, 'Beto'))
  if (found) return { id: found.id, name: 'Beto' }
  const [made] = await db
    .insert(staff)
    .values({ name: 'Beto', role: 'cajera', createdAt: now })
    .$returningId()
  return { id: made!.id, name: 'Beto' }
}

/** Opens in the morning, sells, closes at night. A day that a killed run finished is passed over. */
async function sellDay(db: TenantDb, tenant: Tenant, shop: Shop, day: DemoDay): Promise<void> {
  const key = (what: string) => keyFor(tenant, `${day.opensAt.toISOString()} ${what}`)
  const opening = {
    requestKey: key('opening'),
    registerId: shop.registerId,
    floatCentimos: day.floatCentimos,
  }
  const opened = await openCashSession(db, shop.cashier, opening, day.opensAt)
  if (!opened.ok) throw new Error(`the demo's cash session: ${opened.problem}`)
  const [session] = await db.select().from(cashSessions).where(eq(cashSessions.id, opened.id))
  if (session?.closedAt) return
  await receiveChickens(db, shop, day)
  for (const [index, order] of day.orders.entries()) {
    const body = saleBody(shop, order, key(`sale ${index}`))
    const charged = await charge(db, tenant, index % 4 === 3 ? shop.owner : shop.cashier, body, order.at)
    if (!charged.ok) throw new Error(`the demo's sale: ${charged.problem}`)
  }
  await db
    .update(cashSessions)
    .set({ closedBy: shop.cashier.id, closedAt: day.closesAt, openSlot: null })
    .where(eq(cashSessions.id, opened.id))
}

function saleBody(shop: Shop, order: DemoOrder, requestKey: string) {
  const lines = order.items.map(({ name, pieces }) => {
    const product = shop.products.get(name)
    if (!product) throw new Error(`${name} is not on the demo's menu`)
    return {
      productId: product.id,
      quantityThousandths: pieces * 1000,
      unitPriceCentimos: product.priceCentimos,
    }
  })
  const due = lines.reduce((sum, line) => sum + lineTotal(line), 0)
  const offered = order.generosity === 0 ? undefined : cashSuggestions(due)[order.generosity - 1]
  const cash = offered === undefined ? {} : { receivedCentimos: offered }
  return {
    requestKey,
    registerId: shop.registerId,
    channel: order.channel,
    orderLabel: order.label,
    lines,
    payments: [{ method: order.method, ...(order.method === 'efectivo' ? cash : {}) }],
  }
}

/** What came in that morning, once. */
async function receiveChickens(db: TenantDb, shop: Shop, day: DemoDay): Promise<void> {
  const arrival = {
    branchId: shop.branchId,
    productId: shop.chickenId,
    quantityThousandths: day.chickens * 1000,
    reason: 'ingreso' as const,
    staffId: shop.owner.id,
    createdAt: day.opensAt,
  }
  await inTransaction(db, async (tx) => {
    const same = and(eq(stockMovements.reason, 'ingreso'), eq(stockMovements.createdAt, day.opensAt))
    const [made] = await tx.select({ id: stockMovements.id }).from(stockMovements).where(same)
    if (made) return { ok: true }
    await tx.insert(stockMovements).values(arrival)
    await tx
      .insert(stockLevels)
      .values(arrival)
      .onDuplicateKeyUpdate({
        set: {
          quantityThousandths: sql`${stockLevels.quantityThousandths} + ${arrival.quantityThousandths}`,
        },
      })
    return { ok: true }
  })
}

/** A business of a week has its first steps behind it. */
async function finishFirstSteps(db: TenantDb, now: Date): Promise<void> {
  await db
    .update(business)
    .set({ firstPracticeSaleAt: now, firstPrintAt: now, welcomeDismissedAt: now })
    .where(isNull(business.firstPrintAt))
}

async function countSales(db: TenantDb): Promise<number> {
  const [row] = await db.select({ made: sql`count(*)`.mapWith(Number) }).from(sales)
  return row?.made ?? 0
}

/** The same sale has the same key in every run, so that none is made twice. */
function keyFor(tenant: Tenant, what: string): string {
  const hex = createHash('sha256').update(`${tenant.uid} ${what}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
