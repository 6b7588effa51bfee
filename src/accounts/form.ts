import * as z from 'zod'
import { isEmail, normalizeEmail, suggestedEmail } from '#src/accounts/email.ts'
import { passwordProblem } from '#src/accounts/passwords/password.ts'
import { passwordText, texts } from '#src/accounts/texts.ts'
import { isRubro, type Rubro } from '#src/tenants/rubro.ts'

const email = z
  .string({ error: texts.email })
  .transform(normalizeEmail)
  .refine(isEmail, { error: texts.email })

/** A password that is only compared: whatever it is, it is taken as typed. */
const typedPassword = z
  .string({ error: texts.password })
  .min(1, { error: texts.password })
  .max(1000, { error: passwordText['too-long'] })

const businessName = z
  .string({ error: texts.businessName })
  .transform(tidy)
  .refine((name) => /[\p{L}\p{N}\p{S}\p{P}]/u.test(name), { error: texts.businessName })
  .refine((name) => [...name].length <= 120, { error: texts.businessNameTooLong })

const rubro = z
  .string()
  .default('')
  .transform((code, ctx): Rubro | null => {
    if (code === '') return null
    if (isRubro(code)) return code
    ctx.addIssue({ code: 'custom', message: texts.rubro })
    return z.NEVER
  })

/** `email_asked` is the address that the person was already asked about: the second time it is believed. */
const askedEmail = {
  email,
  email_asked: z.string().default('').transform(normalizeEmail),
  email_fix: z.string().default('').transform(normalizeEmail),
}

export const signUpForm = z
  .object({
    ...askedEmail,
    password: z.string({ error: passwordText['too-short'] }),
    business_name: businessName,
    rubro,
  })
  .check(newPasswordOf((form) => ({ email: form.email, businessName: form.business_name })))

type AskedEmail = { email: string; email_asked: string; email_fix: string }

/** Asked once about each address; whoever sends it again means it. */
export function meantEmail({ email, email_asked, email_fix }: AskedEmail): {
  email: string
  question?: string
} {
  const suggestion = suggestedEmail(email)
  if (!suggestion || email_asked === email) {
    return suggestion && email_fix === suggestion ? { email: suggestion } : { email }
  }
  return email_fix === suggestion ? { email: suggestion } : { email, question: suggestion }
}

export const signInForm = z.object({ email, password: typedPassword, volver: z.string().default('') })

export const recoveryForm = z.object({ email })

/** The person's e-mail is known from the link, so it is passed in. */
export const newPasswordForm = (owner: { email: string }) =>
  z.object({ password: z.string({ error: passwordText['too-short'] }) }).check(newPasswordOf(() => owner))

export const correctionForm = z.object({ ...askedEmail, password: typedPassword })

function newPasswordOf<T extends { password: string }>(
  personOf: (form: T) => { email: string; businessName?: string },
) {
  return z.superRefine<T>((form, ctx) => {
    const problem = passwordProblem(form.password, personOf(form))
    if (problem) ctx.addIssue({ code: 'custom', path: ['password'], message: passwordText[problem] })
  })
}

/** Control signs and doubled spaces have no place on a sign; everything else that people write has. */
function tidy(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
