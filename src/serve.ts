import type { Server } from 'node:http'
import { Server as NetServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAdaptorServer } from '@hono/node-server'
import { createApp } from '#src/app.tsx'
import { noticesSettled } from '#src/billing/mercadopago/notices/actions.ts'
import { type Config, inheritedSocket } from '#src/config.ts'
import { startCounting } from '#src/counts/actions.ts'
import { openDatabases } from '#src/db/databases.ts'
import { migrateAll } from '#src/db/migrate.ts'
import { openServer } from '#src/db/open-server.ts'
import { onSlowQuery } from '#src/db/slow-queries.ts'
import { stopExports } from '#src/exports/actions.ts'
import type { Services } from '#src/http/env.ts'
import { serverLimits } from '#src/http/server-limits.ts'
import { importsSettled } from '#src/imports/actions.ts'
import { startJobs } from '#src/jobs.ts'
import { createLog } from '#src/log.ts'
import { watchProcess } from '#src/metrics/guard.ts'
import { slowQueries, watchPools } from '#src/metrics/metrics.ts'
import { Refusal } from '#src/process.ts'
import { servicesOf } from '#src/services.ts'
import { discardHalfMade } from '#src/tenants/spares.ts'
import { demoText } from '#src/texts.ts'
import { commit, version } from '#src/version.ts'

/**
 * The whole server, from its database to its addresses, until SIGTERM or SIGINT. Everything started here
 * is stopped here, in reverse order, also when a later step fails or the signal comes in the middle.
 */
export async function serve(
  config: Config,
  options: { demo: boolean; say(text: string): void },
): Promise<void> {
  const log = createLog(config)
  const stopping = stopSignal()
  const undo: (() => Promise<void>)[] = []
  /** One thing more that runs; the signal may have come meanwhile. */
  const started = (stop: () => Promise<void>) => {
    undo.push(stop)
    stopping.throwIfAborted()
  }
  try {
    const onWait = ({ pid }: { pid: number }) =>
      options.say(`A command (process ${pid}) is using the database; waiting until it ends.`)
    const database = await openServer(config, { role: 'serve', onWait, signal: stopping })
    started(database.stop)
    const databases = await openDatabases({ servers: database.servers, masterKey: config.databaseKey })
    started(() => databases.close())

    const services = servicesOf(config, databases, log)
    await prepareDatabases(services, options.say, stopping)
    stopping.throwIfAborted()
    started(() => settled(services.mailer.settled(), 5))
    started(() => settled(importsSettled(), 20))
    started(() => settled(noticesSettled(), 9))
    started(() => settled(stopExports(), 10))
    started(startCounting(databases.admin, log))
    watchPools(() => databases.pools())
    onSlowQuery((slow) => {
      slowQueries.inc()
      log.warn(slow, 'slow query')
    })
    started(guarded(log))

    const server = await listen(services, stopping)
    // The first thing they do is to make the spare databases for the next sign-ups.
    undo.push(startJobs({ ...services, spares: config.spares }))
    // Last, so that it stops first: requests end in their own time, whatever the jobs are doing.
    started(() => drain(server))
    if (options.demo) options.say(await demo(services))
    options.say(addresses(config, database.isPrivate))
    log.info({ version, commit, port: config.port }, 'serving')
    await new Promise((resolve) => stopping.addEventListener('abort', resolve, { once: true }))
  } catch (error) {
    if (!stopping.aborted) throw error
  } finally {
    for (const stop of undo.reverse()) {
      await stop().catch((err: unknown) => log.error({ err }, 'a part did not stop well'))
    }
  }
  options.say('SmartKet has stopped.')
}

/** Tables as this release knows them, and nothing left of sign-ups that were killed half-way. */
async function prepareDatabases(
  { config, databases, log, clock }: Services,
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const onWait = () => say('Another process is migrating the databases; waiting until it ends.')
  const report = await migrateAll(databases, { signal, onWait, canaries: config.canaries ?? undefined })
  if (report.migrated > 0) log.info({ migrated: report.migrated }, 'databases migrated')
  for (const { tenantId, problem } of report.failed) {
    log.error({ tenantId, problem }, 'a database could not be migrated')
    say(`The database of business ${tenantId} could not be migrated: ${problem}`)
  }
  if (report.held.length > 0) {
    log.error({ held: report.held.length }, 'databases were not begun: those that went first failed')
    say(`${report.held.length} more were not begun: those that went first failed. See «smartket migrate».`)
  }
  await discardHalfMade(databases, clock())
}

async function demo(services: Services): Promise<string> {
  const { makeDemo } = await import('#src/demo/actions.ts')
  return demoText(await makeDemo(services, services.clock()), services.config)
}

/** On our own port, or on the socket that systemd keeps open while one release takes over from the other. */
async function listen(services: Services, stopping: AbortSignal): Promise<Server> {
  const { config } = services
  const server = createAdaptorServer({
    fetch: createApp(services).fetch,
    serverOptions: serverLimits,
  }) as Server
  server.maxConnections = 4_096
  server.prependListener('request', (_request, response) => {
    if (stopping.aborted) response.setHeader('Connection', 'close')
  })
  const fd = inheritedSocket()
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenProblem(error, config)))
    server.once('listening', resolve)
    if (fd === null) server.listen(config.port, config.host)
    else server.listen({ fd })
  })
  return server
}

function listenProblem(error: NodeJS.ErrnoException, { port, host }: Config): Error {
  if (error.code === 'EADDRINUSE') {
    return new Refusal(`Port ${port} is in use by another program. Choose another one: PORT=${port + 1}`)
  }
  if (error.code === 'EACCES')
    return new Refusal(`Port ${port} may not be opened by this user; choose one above 1023.`)
  return new Refusal(`SmartKet cannot listen on ${host}, port ${port}: ${error.message}`)
}

/**
 * Without losing a request: no new connections (server.close() would cut idle keep-alive ones that the proxy
 * is just using), a moment for requests underway to arrive and be told «Connection: close», then the idle
 * ones, then whatever takes too long.
 */
async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()))
  await Promise.race([closed, sleep(700, undefined, { ref: false })])
  server.closeIdleConnections()
  await Promise.race([closed, sleep(8_000, undefined, { ref: false })])
  server.closeAllConnections()
  await closed
}

/** Ends this process in good order before the kernel ends it in the middle of a charge. */
function guarded(log: Services['log']): () => Promise<void> {
  const stop = watchProcess({
    onTooLarge: (bytes) => {
      log.error({ megabytes: Math.round(bytes / 1e6) }, 'too much memory: ending, to be started anew')
      process.kill(process.pid, 'SIGTERM')
    },
  })
  return async () => stop()
}

const settled = (work: Promise<void>, seconds: number): Promise<void> =>
  Promise.race([work, sleep(seconds * 1_000, undefined, { ref: false })])

/** SIGHUP too: a closed terminal must not leave a database behind. */
function stopSignal(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => controller.abort())
  return controller.signal
}

function addresses(config: Config, isPrivate: boolean): string {
  return [
    '',
    `  SmartKet ${version} is running. Ctrl-C stops it.`,
    '',
    `  Start here   ${config.landingOrigin}/`,
    `  Sign in      ${config.appOrigin}/ingresar`,
    `  Console      ${config.operatorOrigin}/ (smartket operators create)`,
    `  Data         ${config.dataFolder}${isPrivate ? ' (with a MariaDB of its own)' : ', and the MariaDB of DATABASE_URL'}`,
    ...(config.smtpUrl
      ? []
      : [`  Mail         written to ${config.dataFolder}/mail (no SMTP is configured)`]),
    '',
  ].join('\n')
}
