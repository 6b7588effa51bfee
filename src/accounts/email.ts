// The same file runs in the browser: nothing of Node's in here.

/** How an e-mail is stored and compared. */
export const normalizeEmail = (text: string) => text.trim().toLowerCase()

/** Could a mail reach this? One @, a name, and a domain with a point; what exactly is valid only sending can tell. */
export function isEmail(text: string): boolean {
  return (
    text.length <= 254 &&
    /^[^\s@<>(),;:"[\]\\]{1,64}@[^\s@<>(),;:"[\]\\]+\.[a-z\u00a1-\uffff]{2,}$/i.test(text) &&
    !text.includes('..')
  )
}

/** What this person probably meant («juan@gmial.com» → «juan@gmail.com»), or null. It is asked, never corrected. */
export function suggestedEmail(text: string): string | null {
  const email = normalizeEmail(text)
  const at = email.lastIndexOf('@')
  if (at < 1) return null
  const domain = email.slice(at + 1)
  const better = suggestedDomain(domain)
  return better && better !== domain ? email.slice(0, at + 1) + better : null
}

/** Where most of our owners have their mail; the first of a family is what its misspellings become. */
const known = [
  'gmail.com',
  'hotmail.com',
  'outlook.com',
  'yahoo.com',
  'icloud.com',
  'live.com',
  'hotmail.es',
  'outlook.es',
  'yahoo.es',
  'yahoo.com.pe',
  'live.com.pe',
  'msn.com',
  'me.com',
  'aol.com',
  'proton.me',
  'protonmail.com',
  'ymail.com',
  'mail.com',
  'gmx.com',
  'gmx.es',
]

/** Short names are too near to real ones (mail.com, live.cl) for a guess. */
const guessable = [
  'gmail.com',
  'hotmail.com',
  'outlook.com',
  'yahoo.com',
  'icloud.com',
  'hotmail.es',
  'outlook.es',
  'yahoo.es',
]

function suggestedDomain(domain: string): string | null {
  if (known.includes(domain)) return null
  const [name = '', ...rest] = domain.split('.')
  const ending = rest.join('.')
  const provider = ['gmail', 'hotmail', 'outlook', 'yahoo', 'icloud'].find((p) => name === p)
  // A provider's right name with an ending that it has not: gmail.con, hotmail.om, gmail.comm, gmail.com.pe
  if (provider) return isPlausibleEnding(provider, ending) ? null : `${provider}.com`
  if (/^(con|cmo|ocm|comm|coom|vom|xom|cim|cpm|cob|c0m|cm)$/.test(ending))
    return suggestedDomain(`${name}.com`) ?? `${name}.com`
  return (
    guessable.find((candidate) => distance(domain, candidate) <= (candidate.length > 9 ? 2 : 1)) ??
    swapped(domain)
  )
}

/** Hotmail, Outlook and Yahoo exist under many countries; Gmail and iCloud under .com alone. */
function isPlausibleEnding(provider: string, ending: string): boolean {
  if (provider === 'gmail' || provider === 'icloud') return ending === 'com'
  return /^(com|[a-z]{2}|com?\.[a-z]{2})$/.test(ending) && !/^(co|cm|om|cn|vm)$/.test(ending)
}

/** Two neighbours in the wrong order are the commonest slip: gmial, hotmial, yaoho. */
const swapped = (domain: string) =>
  guessable.find(
    (candidate) =>
      candidate.length === domain.length &&
      distance(domain, candidate) === 2 &&
      [...candidate].sort().join('') === [...domain].sort().join(''),
  ) ?? null

/** How many letters must be added, taken away or changed. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      const changed = (row[j] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
