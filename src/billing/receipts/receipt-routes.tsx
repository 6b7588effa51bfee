import { Hono } from 'hono'
import { findPayment } from '#src/billing/payments/queries.ts'
import type { TenantEnv } from '#src/http/env.ts'
import { NotFound } from '#src/http/errors.tsx'
import { ownersOnly } from '#src/http/owners-only.ts'
import { respond } from '#src/http/respond.tsx'
import { ReceiptPage } from '#views/billing/receipt-page.tsx'

/** The receipt of a payment, to print or to keep. */
export const receiptRoutes = new Hono<TenantEnv>()

receiptRoutes.get('/plan/recibos/:reference', ownersOnly, async (c) => {
  const { shell, tenant, services, now } = c.var
  const reference = c.req.param('reference')
  const payment = await findPayment(services.databases.admin, tenant.id, reference.slice(0, 36))
  if (!payment?.coversFrom || !payment.coversUntil) throw new NotFound()
  const props = { shell, payment, now, company: services.config.company }
  return respond(c, { page: () => <ReceiptPage {...props} businessName={tenant.businessName} /> })
})
