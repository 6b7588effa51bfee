/** What an operator should look at in a new account. A flag refuses nothing. Pure. */

export const flags = ['disposable', 'third-trial'] as const
export type Flag = (typeof flags)[number]

/** The column: words with a space between them, each once. */
export function withFlag(text: string, flag: Flag): string {
  const words = text.split(/[\s,]+/).filter(Boolean)
  return words.includes(flag) ? text : [...words, flag].join(' ')
}

/** The third account of one person is the first that is flagged. */
export const trialsBeforeFlag = 2

/** Services that lend a mailbox for ten minutes. The list is short on purpose: these are the ones in use. */
const disposable: ReadonlySet<string> = new Set([
  '10minutemail.com',
  '10minutemail.net',
  '1secmail.com',
  '1secmail.net',
  '1secmail.org',
  '20minutemail.com',
  '33mail.com',
  'anonaddy.me',
  'burnermail.io',
  'byom.de',
  'cock.li',
  'correotemporal.org',
  'crazymailing.com',
  'discard.email',
  'dispostable.com',
  'dropmail.me',
  'email-fake.com',
  'emailfake.com',
  'emailondeck.com',
  'emailtemporal.org',
  'fakeinbox.com',
  'fakemail.net',
  'generator.email',
  'getairmail.com',
  'getnada.com',
  'grr.la',
  'guerrillamail.biz',
  'guerrillamail.com',
  'guerrillamail.de',
  'guerrillamail.info',
  'guerrillamail.net',
  'guerrillamail.org',
  'guerrillamailblock.com',
  'harakirimail.com',
  'inboxbear.com',
  'inboxkitten.com',
  'mail-temp.com',
  'mail.tm',
  'mailcatch.com',
  'maildrop.cc',
  'mailinator.com',
  'mailinator.net',
  'mailnesia.com',
  'mailpoof.com',
  'mailsac.com',
  'minuteinbox.com',
  'mintemail.com',
  'moakt.com',
  'mohmal.com',
  'mytemp.email',
  'mytrashmail.com',
  'nada.email',
  'pokemail.net',
  'sharklasers.com',
  'spam4.me',
  'spamgourmet.com',
  'tempail.com',
  'tempinbox.com',
  'tempm.com',
  'tempmail.com',
  'temp-mail.io',
  'temp-mail.org',
  'tempmail.dev',
  'tempmail.net',
  'tempmail.plus',
  'tempmailo.com',
  'tempr.email',
  'throwawaymail.com',
  'tmail.ws',
  'tmpmail.net',
  'tmpmail.org',
  'trashmail.com',
  'trashmail.de',
  'trashmail.me',
  'trashmail.net',
  'wegwerfmail.de',
  'yopmail.com',
  'yopmail.fr',
  'yopmail.net',
])

/** A subdomain of such a service is one too. */
export function isDisposable(email: string): boolean {
  const parts = domainOf(email).split('.')
  return parts.some((_, at) => disposable.has(parts.slice(at).join('.')))
}

/** The mailbox behind an address, so that one person counts once: without «+…», and at Gmail without points. */
export type Mailbox = { local: string; domains: readonly string[]; ignoresPoints: boolean }

export function mailboxOf(email: string): Mailbox {
  const domain = domainOf(email)
  const local = email.slice(0, email.lastIndexOf('@')).toLowerCase().replace(/\+.*$/, '')
  if (!gmail.includes(domain)) return { local, domains: [domain], ignoresPoints: false }
  return { local: local.replaceAll('.', ''), domains: gmail, ignoresPoints: true }
}

const gmail = ['gmail.com', 'googlemail.com']
const domainOf = (email: string) => email.slice(email.lastIndexOf('@') + 1).toLowerCase()
