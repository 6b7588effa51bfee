import { Hono } from 'hono'
import { payRoutes } from '#src/billing/payments/pay-routes.tsx'
import { paymentRoutes } from '#src/billing/payments/payment-routes.tsx'
import { plansRoutes } from '#src/billing/plans/plans-routes.tsx'
import { receiptRoutes } from '#src/billing/receipts/receipt-routes.tsx'
import type { TenantEnv } from '#src/http/env.ts'

/** Choosing a plan, paying it, and what was paid. */
export const billing = new Hono<TenantEnv>()
for (const pages of [plansRoutes, payRoutes, paymentRoutes, receiptRoutes]) billing.route('/', pages)
