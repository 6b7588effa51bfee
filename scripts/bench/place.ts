import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { type Databases, openDatabases, type ServerAddress } from '../../src/db/databases.ts'
import { startEmbedded } from '../../src/db/embedded.ts'
import { type RunningApp, startApp } from '../../tests/support/app.ts'

/** The running app, a door of our own to its database server, and a browser. */
export type Bench = {
  app: RunningApp
  databases: Databases
  server: ServerAddress
  browser: Browser
  close: () => Promise<void>
}

/** The product as it is started, in a folder of its own; SMARTKET_DATA is not touched. */
export async function openBench(): Promise<Bench> {
  const app = await startApp({
    env: { SMARTKET_TRUST_PROXY: '1', SMARTKET_LOG_LEVEL: 'silent', SMARTKET_SPARES: '8' },
  })
  const embedded = await startEmbedded(app.data)
  const masterKey = Buffer.from(readFileSync(join(app.data, 'master.key'), 'utf8').trim(), 'hex')
  const databases = await openDatabases({ server: embedded.address, masterKey })
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  return {
    app,
    databases,
    server: embedded.address,
    browser,
    close: async () => {
      await browser.close()
      await databases.close()
      await embedded.stop()
      await app.stop()
    },
  }
}
