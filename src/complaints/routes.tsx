import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { secondsToWait } from '#src/accounts/too-many.tsx'
import { mailInBackground, mailNews, receiveComplaint } from '#src/complaints/actions.ts'
import { complaintLimits, providerText } from '#src/complaints/complaint.ts'
import { complaintForm } from '#src/complaints/form.ts'
import { findComplaintByKey, findSheetByKey, mailsOf } from '#src/complaints/queries.ts'
import { problemText, tooManyText } from '#src/complaints/texts.ts'
import type { Env } from '#src/http/env.ts'
import { NotFound } from '#src/http/errors.tsx'
import { type Rejected, readForm } from '#src/http/form.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { limitBody } from '#src/http/security.ts'
import { siteOf } from '#src/landing/site.ts'
import { ComplaintPage } from '#views/complaints/complaint-page.tsx'
import { SheetPage } from '#views/complaints/sheet-page.tsx'

/** The Libro de Reclamaciones, on the landing's host: for anybody, without an account and without a cookie. */
export const complaints = new Hono<Env>()

// Never stored: each form has a key of its own, and no two people may get the same.
complaints.get('/libro-de-reclamaciones', (c) => show(c))

complaints.post(
  '/libro-de-reclamaciones',
  limitBody(() => false),
  async (c) => {
    const { services, now } = c.var
    const form = await readForm(c, complaintForm)
    if (!form.ok) return show(c, withKey(form))

    const { requestKey, content } = form.data
    const wait = await waitFor(c, requestKey, content.email)
    if (wait) return show(c, { values: form.values, errors: { form: tooManyText(wait) } }, 429)

    const provider = providerText(services.config.company)
    const received = await receiveComplaint(services.databases.admin, { requestKey, content, provider }, now)
    if (!received.ok) {
      const errors = { form: problemText[received.problem] }
      return show(c, { values: { ...form.values, request_key: randomUUID() }, errors }, 409)
    }
    const { complaint, isNew } = received
    if (isNew) {
      mailInBackground(postOf(c), complaint.id, 'copy')
      mailNews(services.mailer, services.config, complaint)
    }
    return goTo(c, `/libro-de-reclamaciones/${complaint.requestKey}`)
  },
)

// Found by the form's own key, which nobody can guess: the number alone shows nothing.
complaints.get('/libro-de-reclamaciones/:key{[0-9a-f-]{36}}', async (c) => {
  const { services } = c.var
  const { admin } = services.databases
  const sheet = await findSheetByKey(admin, c.req.param('key'))
  if (!sheet) throw new NotFound()
  const isMailed = Boolean((await mailsOf(admin, sheet.complaint.id)).copy)
  return respond(c, {
    page: () => <SheetPage site={siteOf(services.config)} {...sheet} isMailed={isMailed} />,
  })
})

/** The same form again costs nothing: whoever pressed twice is not told to wait. */
async function waitFor(c: Context<Env>, requestKey: string, email: string): Promise<number | null> {
  if (await findComplaintByKey(c.var.services.databases.admin, requestKey)) return null
  return secondsToWait(c, [
    [complaintLimits.byAddress, c.var.clientAddress],
    [complaintLimits.byEmail, email],
  ])
}

function postOf(c: Context<Env>) {
  const { databases, mailer, clock, config } = c.var.services
  return { admin: databases.admin, mailer, clock, landingOrigin: config.landingOrigin }
}

/** A form whose key got lost or damaged on the way is sent again under a new one. */
const withKey = ({ values, errors }: Rejected): Rejected =>
  errors.request_key
    ? { values: { ...values, request_key: randomUUID() }, errors: { ...errors, form: errors.request_key } }
    : { values, errors }

function show(c: Context<Env>, rejected?: Rejected, status: 409 | 422 | 429 = 422) {
  const { config } = c.var.services
  const values = rejected?.values ?? { request_key: randomUUID() }
  return respond(
    c,
    {
      page: () => (
        <ComplaintPage
          site={siteOf(config)}
          provider={providerText(config.company)}
          values={values}
          errors={rejected?.errors}
        />
      ),
    },
    rejected ? status : 200,
  )
}
