import * as z from 'zod'
import { isEmail, normalizeEmail } from '#src/accounts/email.ts'
import { type ComplaintContent, isDocumentNumber } from '#src/complaints/complaint.ts'
import { texts } from '#src/complaints/texts.ts'
import { parseSoles } from '#src/lib/money.ts'

/** S/ 9,999,999.99: more than anything that we sell. */
const mostCentimos = 999_999_999

const line = (missing: string, most: number) =>
  z
    .string({ error: missing })
    .transform(tidy)
    .refine((text) => /[\p{L}\p{N}]/u.test(text), { error: missing })
    .refine((text) => text.length <= most, { error: texts.tooLong(most) })

/** Several lines: their breaks stay. */
const story = (missing: string, most: number) =>
  z
    .string({ error: missing })
    .transform(tidyLines)
    .refine((text) => /[\p{L}\p{N}]/u.test(text), { error: missing })
    .refine((text) => text.length <= most, { error: texts.tooLong(most) })

const phone = z
  .string({ error: texts.phone })
  .transform(tidy)
  .refine((text) => /^[+\d][\d\s()-]{5,19}$/.test(text), { error: texts.phone })

const amount = z
  .string()
  .default('')
  .transform((text, ctx): number | null => {
    if (text.trim() === '') return null
    const parsed = parseSoles(text, mostCentimos)
    if (parsed.ok) return parsed.centimos
    ctx.addIssue({ code: 'custom', message: texts.amount })
    return z.NEVER
  })

const fields = z.object({
  request_key: z.guid({ error: texts.staleForm }).transform((key) => key.toLowerCase()),
  kind: z.enum(['reclamo', 'queja'], { error: texts.kind }),
  consumer_name: line(texts.consumerName, 150),
  document_type: z.enum(['DNI', 'CE', 'PASAPORTE', 'RUC'], { error: texts.documentType }),
  document_number: z
    .string({ error: texts.documentNumber.DNI })
    .transform((text) => text.replace(/[\s.-]/g, '').toUpperCase()),
  consumer_address: line(texts.consumerAddress, 200),
  phone,
  email: z.string({ error: texts.email }).transform(normalizeEmail).refine(isEmail, { error: texts.email }),
  guardian_name: z
    .string()
    .default('')
    .transform(tidy)
    .refine((text) => text.length <= 150, { error: texts.tooLong(150) }),
  item: z.enum(['producto', 'servicio'], { error: texts.item }),
  item_description: line(texts.itemDescription, 300),
  amount,
  detail: story(texts.detail, 4_000),
  request: story(texts.request, 2_000),
})

const documentOf = fields.pick({ document_type: true, document_number: true })
type DocumentTyped = z.output<typeof documentOf>

/** Where each field of the form ends up. The document is looked at also where other fields are wrong: all is said at once. */
export const complaintForm = fields
  .refine((form) => isDocumentNumber(form.document_type, form.document_number), {
    path: ['document_number'],
    error: ({ input }) => texts.documentNumber[(input as DocumentTyped).document_type],
    when: ({ value }) => documentOf.safeParse(value).success,
  })
  .transform((form): { requestKey: string; content: ComplaintContent } => ({
    requestKey: form.request_key,
    content: {
      kind: form.kind,
      consumerName: form.consumer_name,
      consumerAddress: form.consumer_address,
      documentType: form.document_type,
      documentNumber: form.document_number,
      phone: form.phone,
      email: form.email,
      guardianName: form.guardian_name || null,
      item: form.item,
      itemDescription: form.item_description,
      amountCentimos: form.amount,
      detail: form.detail,
      request: form.request,
    },
  }))

export const answerForm = z.object({ answer: story(texts.answer, 8_000) })

function tidy(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

function tidyLines(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]+/gu, ' ')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
