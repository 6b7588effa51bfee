import { randomBytes } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import type { Logger } from 'pino'
import { describeError } from '#src/db/errors.ts'

export type MailKind =
  | 'welcome'
  | 'recovery'
  | 'confirmation'
  | 'notice'
  | 'payment'
  | 'closing'
  | 'complaint'
  | 'alarm'
export type Mail = { kind: MailKind; to: string; subject: string; text: string; html: string }

export type Mailer = {
  /**
   * Sends in the background. `prepare` runs there too, so that an answer takes the same time whether there
   * is somebody to write to or not (null: nobody). Nothing that fails reaches the request: it is logged.
   */
  send(kind: MailKind, prepare: () => Promise<Mail | null>): void
  /** One try, for whoever must know that the mail was taken: throws when it was not. */
  deliver(mail: Mail): Promise<void>
  /** When all that was begun is sent or given up: before the process ends, and in tests. */
  settled(): Promise<void>
}

/** Delivers one mail or throws. */
export type Delivery = (mail: Mail) => Promise<void>

type Options = { log: Logger; waits?: readonly number[] }

/** By SMTP when there is a server for it; otherwise each mail is a file to open, and the log says where. */
export function createMailer(
  config: { smtpUrl: string | null; mailFrom: string; dataFolder: string },
  { log }: { log: Logger },
): Mailer {
  return mailerOver(config.smtpUrl ? smtp(config.smtpUrl, config.mailFrom) : files(config, log), { log })
}

/** Tries again after each of the waits (milliseconds), then gives up. */
export function mailerOver(deliver: Delivery, { log, waits = [1_000, 10_000, 60_000] }: Options): Mailer {
  const underway = new Set<Promise<void>>()

  async function run(kind: MailKind, prepare: () => Promise<Mail | null>) {
    try {
      const mail = await prepare()
      if (mail) await deliverWithPatience(mail, deliver, { log, waits })
    } catch (error) {
      // The kind and the cause, never the text: it carries the link.
      log.error({ kind, ...cause(error) }, 'mail not sent')
    }
  }

  return {
    send(kind, prepare) {
      const work = run(kind, prepare).finally(() => underway.delete(work))
      underway.add(work)
    },
    deliver,
    async settled() {
      while (underway.size > 0) await Promise.all(underway)
    },
  }
}

async function deliverWithPatience(mail: Mail, deliver: Delivery, { log, waits = [] }: Options) {
  for (const wait of waits) {
    try {
      return await deliver(mail)
    } catch (error) {
      log.warn({ kind: mail.kind, ...cause(error) }, 'mail not sent yet')
      // A mail that still waits must not keep the process from ending.
      await pause(wait, undefined, { ref: false })
    }
  }
  return deliver(mail)
}

/** A mail server's words quote the address, so of them only the codes are kept. */
function cause(error: unknown) {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown }
  return typeof code === 'string' ? { code, responseCode } : { error: describeError(error) }
}

function smtp(url: string, from: string): Delivery {
  const transport = createTransport({ url, connectionTimeout: 10_000, socketTimeout: 20_000 })
  return async ({ to, subject, text, html }) => {
    await transport.sendMail({ from, to: { name: '', address: to }, subject, text, html })
  }
}

/** The whole file or none: it gets its name when it is complete. Only its owner may read it: it holds a link. */
function files({ dataFolder, mailFrom }: { dataFolder: string; mailFrom: string }, log: Logger): Delivery {
  const folder = join(dataFolder, 'mail')
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  return async ({ kind, to, subject, text, html }) => {
    const composed = await transport.sendMail({
      from: mailFrom,
      to: { name: '', address: to },
      subject,
      text,
      html,
    })
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-')
    const file = join(folder, `${stamp}-${kind}-${randomBytes(3).toString('hex')}.eml`)
    await writeFile(`${file}.part`, composed.message as Buffer, { mode: 0o600 })
    await rename(`${file}.part`, file)
    log.info({ kind, file }, 'mail written to a file (no SMTP is configured)')
  }
}
