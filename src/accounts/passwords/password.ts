import { commonPasswords, commonWords } from '#src/accounts/passwords/common-passwords.ts'

export const passwordLengths = { least: 8, most: 200 }

export type PasswordProblem = 'too-short' | 'too-long' | 'too-easy'

/**
 * Length is what counts, so nothing is asked about capitals and signs; but what half the country would
 * try first is refused: the commonest passwords, one well-known word with figures around it, a DNI or
 * telephone number, the person's own e-mail and the name on the shop's sign.
 */
export function passwordProblem(
  password: string,
  person: { email: string; businessName?: string },
): PasswordProblem | null {
  const length = [...password.normalize('NFKC')].length
  if (length < passwordLengths.least) return 'too-short'
  if (length > passwordLengths.most) return 'too-long'
  return isEasy(fold(password), [...wordsOf(person.email), person.businessName ?? '']) ? 'too-easy' : null
}

/** rosa.quispe@gmail.com: the whole, the part before the @, and its words. */
function wordsOf(email: string): string[] {
  const [name = ''] = email.split('@')
  return [email, name, ...name.split(/[._+-]/)]
}

function isEasy(password: string, own: string[]): boolean {
  // Spaces stay: «pollo a la brasa» is a phrase, «polloalabrasa» is one word that anybody would try.
  const bare = password.replace(/[^\p{Letter}\s]/gu, '').trim()
  return (
    /^[\d\s.\-/+]{0,14}$/.test(password) ||
    new Set(password).size <= 3 ||
    isRun(password) ||
    commonPasswords.has(password) ||
    (commonWords.has(bare) && figuresAround(password, bare)) ||
    own.some((text) => isOwn(password, fold(text)))
  )
}

/** The person's own words, alone or with figures around them; very short ones say nothing. */
function isOwn(password: string, text: string): boolean {
  if (text.length < 3) return false
  return (
    password === text ||
    (lettersOnly(text).length >= 3 &&
      lettersOnly(password) === lettersOnly(text) &&
      figuresAround(password, lettersOnly(text)))
  )
}

/** Not more than six figures or signs beside the word: «rosita» with a long number of its own is not easy. */
const figuresAround = (password: string, word: string) => [...password].length - [...word].length <= 6

/** abcdefgh, 87654321: each sign is the neighbour of the one before. */
function isRun(text: string): boolean {
  const codes = [...text].map((sign) => sign.codePointAt(0) ?? 0)
  const steps = new Set(codes.slice(1).map((code, i) => code - (codes[i] ?? 0)))
  return steps.size === 1 && Math.abs([...steps][0] ?? 0) <= 1
}

const fold = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .trim()

const lettersOnly = (text: string) => text.replace(/[^\p{Letter}]/gu, '')
