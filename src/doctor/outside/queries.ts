import { lookup } from 'node:dns/promises'
import { qrPicture } from '#src/billing/payments/qr.ts'
import type { Config } from '#src/config.ts'
import { bad, type Finding, good, looked } from '#src/doctor/finding.ts'

/** What lies around the server: names, mail, and the picture that people pay by. */
export async function outside(config: Config): Promise<Finding[]> {
  const findings = await Promise.all([
    looked('hosts', () => hosts(config)),
    looked('mail', () => mail(config)),
    looked('payment QR', () => paymentQr(config)),
  ])
  return findings.flat()
}

export const isLocal = (origin: string) => /(^|\.)localhost$/.test(new URL(origin).hostname)

async function hosts({ landingOrigin, appOrigin, operatorOrigin }: Config): Promise<Finding> {
  const names = [landingOrigin, appOrigin, operatorOrigin]
    .filter((origin) => !isLocal(origin))
    .map((origin) => new URL(origin).hostname)
  if (names.length === 0) return good('hosts', 'localhost only')
  const answers = await Promise.all(
    [...new Set(names)].map(async (name) => ({ name, addresses: await addressesOf(name) })),
  )
  const lost = answers.filter(({ addresses }) => addresses.length === 0).map(({ name }) => name)
  if (lost.length > 0)
    return bad('hosts', `no address for ${lost.join(', ')}`, "Add an A record for each at the domain's DNS.")
  return good('hosts', answers.map(({ name, addresses }) => `${name} → ${addresses.join(' ')}`).join('; '))
}

const addressesOf = (name: string) =>
  lookup(name, { all: true }).then(
    (all) => all.map(({ address }) => address),
    () => [],
  )

/** Asks the mail server as for a mail, EHLO and signing in, and sends none. */
async function mail({ smtpUrl, dataFolder, landingOrigin }: Config): Promise<Finding> {
  if (!smtpUrl) {
    const found = `written to files under ${dataFolder} (SMARTKET_SMTP_URL is not set)`
    const mend = 'Set SMARTKET_SMTP_URL: nobody gets a welcome, a notice or a new password.'
    return isLocal(landingOrigin) ? good('mail', found) : bad('mail', found, mend)
  }
  const { createTransport } = await import('nodemailer')
  const limits = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 10_000 }
  const transport = createTransport({ url: smtpUrl, ...limits })
  const { host } = new URL(smtpUrl)
  try {
    await transport.verify()
    return good('mail', `${host} answers and takes our name and password`)
  } catch (error) {
    // Its message may repeat the password; its code does not.
    const { code = 'no answer', responseCode } = error as { code?: string; responseCode?: number }
    const found = `${host}: ${code}${responseCode ? ` ${responseCode}` : ''}`
    return bad(
      'mail',
      found,
      'Mend SMARTKET_SMTP_URL, or ask who runs that mail server. Notices wait meanwhile.',
    )
  } finally {
    transport.close()
  }
}

async function paymentQr({ payByHand }: Config): Promise<Finding[]> {
  if (!payByHand?.qrFile) return []
  if (await qrPicture(payByHand)) return [good('payment QR', payByHand.qrFile)]
  const mend =
    'SMARTKET_PAY_YAPE_QR must be a PNG, JPEG or WebP that this user can read; owners see no QR now.'
  return [bad('payment QR', `${payByHand.qrFile} is no picture that can be read`, mend)]
}
