import { Hono } from 'hono'
import { account, accounts } from '#src/accounts/routes.tsx'
import { lock } from '#src/billing/lock/routes.tsx'
import { notices } from '#src/billing/mercadopago/notices/routes.ts'
import { mercadoPago } from '#src/billing/mercadopago/routes.tsx'
import { isDeclarationPath } from '#src/billing/paths.ts'
import { billing } from '#src/billing/routes.tsx'
import { cash } from '#src/cash/routes.tsx'
import { complaints } from '#src/complaints/routes.tsx'
import { exports } from '#src/exports/routes.tsx'
import { files } from '#src/files/routes.tsx'
import { home } from '#src/home/routes.tsx'
import type { Env, Services, TenantEnv } from '#src/http/env.ts'
import { notFound, onError } from '#src/http/errors.tsx'
import { health } from '#src/http/health.ts'
import { metrics } from '#src/http/metrics.ts'
import { request } from '#src/http/request.ts'
import { limitBody, plainHeaders, sameOriginOnly, securityHeaders } from '#src/http/security.ts'
import { requireSession } from '#src/http/session.ts'
import { shedding } from '#src/http/shedding.ts'
import { loadShell } from '#src/http/shell.ts'
import { staticFiles } from '#src/http/static.ts'
import { isUploadPath } from '#src/imports/paths.ts'
import { imports } from '#src/imports/routes.tsx'
import { landing } from '#src/landing/routes.tsx'
import { leaving } from '#src/leaving/routes.tsx'
import { modifiers } from '#src/modifiers/routes.tsx'
import { onboarding } from '#src/onboarding/routes.tsx'
import { businesses } from '#src/operator/businesses/routes.tsx'
import { complaintsDesk } from '#src/operator/complaints-desk/routes.tsx'
import type { OperatorEnv } from '#src/operator/env.ts'
import { funnel } from '#src/operator/funnel/routes.tsx'
import { hoy } from '#src/operator/hoy/routes.tsx'
import { income } from '#src/operator/income/routes.tsx'
import { jobsPage } from '#src/operator/jobs-page/routes.tsx'
import { paymentsQueue } from '#src/operator/payments-queue/routes.tsx'
import { planTable } from '#src/operator/plan-table/routes.tsx'
import { operatorDoor } from '#src/operator/routes.tsx'
import { requireOperator } from '#src/operator/session.tsx'
import { practice } from '#src/practice/routes.tsx'
import { prints } from '#src/prints/routes.tsx'
import { isPhotoPath } from '#src/products/photo/paths.ts'
import { products } from '#src/products/routes.tsx'
import { sales } from '#src/sales/routes.tsx'
import { staff } from '#src/staff/routes.tsx'
import { stock } from '#src/stock/routes.tsx'
import { support, supportDesk, supportDoor } from '#src/support/routes.tsx'
import { till } from '#src/till/routes.tsx'

/** One server, by host: the landing, the app, and the operator's console. Every other name is nobody. */
export function createApp(services: Services) {
  const { landingOrigin, appOrigin, operatorOrigin } = services.config
  const hosts = new Map([
    [new URL(landingOrigin).host, landingHost(services)],
    [new URL(appOrigin).host, appHost(services)],
    [new URL(operatorOrigin).host, operatorHost(services)],
  ])
  const server = new Hono<Env>()
  for (const path of ['/healthz', '/readyz', '/metrics']) server.use(path, request(services))
  server.route('/', health)
  server.route('/', metrics)
  server.onError(onError)
  server.all('*', (c) => {
    const host = hosts.get(c.req.header('Host')?.toLowerCase() ?? '')
    return host ? host.fetch(c.req.raw, c.env) : c.text('Unknown host', 421, plainHeaders)
  })
  return server
}

function landingHost(services: Services) {
  const { config } = services
  const host = common(new Hono<Env>(), services)
  host.use(securityHeaders(config, 'landing'), shedding, sameOriginOnly(config.landingOrigin, {}))
  host.get('/assets/*', staticFiles())
  host.route('/', landing)
  host.route('/', complaints)
  return host
}

function appHost(services: Services) {
  const { config } = services
  const host = common(new Hono<Env>(), services)
  host.use(
    securityHeaders(config, 'app'),
    shedding,
    sameOriginOnly(config.appOrigin, {
      '/registro': config.landingOrigin,
      '/soporte': config.operatorOrigin,
    }),
    limitBody((path) => isUploadPath(path) || isPhotoPath(path) || isDeclarationPath(path)),
  )
  host.get('/assets/*', staticFiles())
  // Signed by Mercado Pago: neither an origin nor a session.
  host.route('/', notices)
  host.route('/', accounts)
  host.route('/', supportDoor)
  host.route('/', signedIn())
  return host
}

/** Everything behind the door: a session, its business's database, and the shell around each page. */
export function signedIn() {
  const inside = new Hono<TenantEnv>()
  inside.use(requireSession, loadShell)
  for (const feature of [
    home,
    till,
    sales,
    practice,
    prints,
    cash,
    products,
    modifiers,
    stock,
    files,
    imports,
    staff,
    onboarding,
    account,
    exports,
    leaving,
    support,
    lock,
    billing,
    mercadoPago,
  ]) {
    inside.route('/', feature)
  }
  return inside
}

function operatorHost(services: Services) {
  const { config } = services
  const host = common(new Hono<Env>(), services)
  host.use(
    securityHeaders(config, 'operator'),
    shedding,
    sameOriginOnly(config.operatorOrigin, {}),
    limitBody(() => false),
  )
  host.get('/assets/*', staticFiles())
  host.route('/', operatorDoor)
  host.route('/', operatorConsole())
  return host
}

/** Everything behind the operator's door: password and code, and no business's database. */
export function operatorConsole() {
  const inside = new Hono<OperatorEnv>()
  inside.use(requireOperator)
  for (const feature of [
    funnel,
    income,
    jobsPage,
    complaintsDesk,
    hoy,
    businesses,
    paymentsQueue,
    planTable,
    supportDesk,
  ])
    inside.route('/', feature)
  return inside
}

function common(app: Hono<Env>, services: Services) {
  app.use(request(services))
  app.onError(onError)
  app.notFound(notFound)
  return app
}
