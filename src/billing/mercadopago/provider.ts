import type { PaymentProvider } from '#src/billing/provider.ts'
import type { Config } from '#src/config.ts'
import { mercadoPago } from './service.ts'

export const providerName = 'mercadopago'
export const noticePath = '/avisos/mercadopago'

/** null: it is not configured; then only by hand. */
export function providerOf(config: Pick<Config, 'mercadoPago'>): PaymentProvider | null {
  return config.mercadoPago ? mercadoPago(config.mercadoPago) : null
}
