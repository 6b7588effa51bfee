import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import type { AccountState } from '#src/billing/account.ts'
import { openCashSession } from '#src/cash/actions.ts'
import type { Databases } from '#src/db/databases.ts'
import { staff } from '#src/db/tenant-schema.ts'
import type { ActingDevice, TenantEnv } from '#src/http/env.ts'
import { notFound, onError } from '#src/http/errors.tsx'
import type { SaleBody } from '#src/sales/form.ts'
import { type ReadyTenant, readyTenant } from './database.ts'

/** A Monday evening in Lima: 23/11/2026 20:15. */
export const monday = new Date('2026-11-24T01:15:00Z')

export type Shop = ReadyTenant & { beto: { id: number; name: string } }

/** Rosa's shop with Beto at its open caja, S/ 50.00 of sencillo in the drawer. */
export async function openShop(businessName?: string, databases?: Databases): Promise<Shop> {
  const shop = await readyTenant(businessName, databases)
  const [beto] = await shop.db.insert(staff).values({ name: 'Beto', role: 'cajera', createdAt: monday })
  const opening = { requestKey: randomUUID(), registerId: shop.registerId, floatCentimos: 5000 }
  const opened = await openCashSession(shop.db, shop.staff, opening, monday)
  if (!opened.ok) throw new Error(opened.problem)
  return { ...shop, beto: { id: beto.insertId, name: 'Beto' } }
}

/** An order as the till sends it: two 1/4 pollo, S/ 30.00, paid in cash with what is exact. */
export function order(shop: ReadyTenant, change: Partial<SaleBody> = {}): SaleBody {
  return {
    requestKey: randomUUID(),
    registerId: shop.registerId,
    channel: 'salon',
    orderLabel: '47',
    lines: [{ productId: shop.products.quarter, quantityThousandths: 2000, unitPriceCentimos: 1500 }],
    payments: [{ method: 'efectivo' }],
    ...change,
  }
}

/** Some features behind an open door: the requests of Beto in this shop, without signing in. */
export function counter(
  shop: Shop,
  features: Hono<TenantEnv>[],
  now = monday,
  setupStep = 4,
  account: AccountState = { kind: 'trial', left: { kind: 'days', daysLeft: 13 } },
  device: ActingDevice | null = null,
) {
  const app = new Hono<TenantEnv>()
  app.use(async (c, next) => {
    c.set('now', now)
    c.set('requestId', 'prueba')
    c.set('tenant', shop.tenant)
    c.set('db', shop.db)
    c.set('user', shop.user)
    c.set('account', account)
    c.set('support', null)
    c.set('staff', { ...shop.beto, role: 'cajera' })
    c.set('device', device)
    c.set('shell', { ...shell, businessName: shop.tenant.businessName, setupStep })
    await next()
  })
  for (const feature of features) app.route('/', feature)
  app.onError((error, c) => onError(error, c as never))
  app.notFound((c) => notFound(c as never))
  return {
    raw: (request: Request) => app.fetch(request),
    get: (path: string, headers: Record<string, string> = {}) => app.request(path, { headers }),
    form: (path: string, form: Record<string, string>) =>
      app.request(path, { method: 'POST', body: new URLSearchParams(form) }),
    json: (path: string, body: unknown) =>
      app.request(path, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      }),
  }
}

const shell = {
  rubroNoun: 'pollería',
  staffName: 'Beto',
  email: 'rosa@example.test',
  emailConfirmed: true,
  trialChip: 'Te quedan 13 días de prueba',
  account: null,
  support: null,
  appOrigin: 'http://app.localhost:3000',
  landingOrigin: 'http://localhost:3000',
  supportWhatsapp: null,
}
