import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'
import { startApp } from './app.ts'
import { sendTo, startMercadoPago } from './mercadopago.ts'

/**
 * One app and one Chromium for all journeys; each journey registers a business of its own. The app
 * believes X-Forwarded-For, so that each person comes from an address of her own and no limit is shared.
 */
export async function setup(project: TestProject) {
  const mercadoPago = await startMercadoPago()
  const { accessToken, webhookSecret, apiUrl } = mercadoPago.settings
  const cards = {
    SMARTKET_MERCADOPAGO_TOKEN: accessToken,
    SMARTKET_MERCADOPAGO_WEBHOOK_SECRET: webhookSecret,
    SMARTKET_MERCADOPAGO_URL: apiUrl,
  }
  // The whole test builds the executable first, and its journeys go to that.
  const program = process.env.JOURNEY_PROGRAM
  const app = await startApp({
    ...(program ? { command: [program] } : {}),
    env: { SMARTKET_TRUST_PROXY: 'true', ...noAnswer, ...cards },
  })
  mercadoPago.control.deliver = (notice) => sendTo(app.app, notice)
  const server = await chromium.launchServer({ executablePath: '/usr/bin/chromium', args: chromiumArguments })
  project.provide('landing', app.landing)
  project.provide('app', app.app)
  project.provide('operator', app.operator)
  project.provide('data', app.data)
  project.provide('browser', server.wsEndpoint())
  return async () => {
    await server.close()
    await app.stop()
    await mercadoPago.stop()
  }
}

/** A look-up service where nobody answers: step 1 offers the search, and each journey stubs what it finds. */
const noAnswer = {
  SMARTKET_RUC_PROVIDER: 'apisnet',
  SMARTKET_RUC_TOKEN: 'de-prueba',
  SMARTKET_RUC_URL: 'http://127.0.0.1:9',
}

const chromiumArguments = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

declare module 'vitest' {
  interface ProvidedContext {
    landing: string
    app: string
    operator: string
    data: string
    browser: string
  }
}
