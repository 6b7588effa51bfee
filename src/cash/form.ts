import * as z from 'zod'
import { floatText } from '#src/cash/texts.ts'
import { parseSoles } from '#src/lib/money.ts'

/** The float: what parseSoles understands, nothing left over from 0.00 to 99,999.99. */
const soles = z.string({ error: floatText('not-a-price') }).transform((text, ctx) => {
  const parsed = parseSoles(text)
  if (parsed.ok) return parsed.centimos
  ctx.addIssue({ code: 'custom', message: floatText(parsed.problem) })
  return z.NEVER
})

const reload = 'No pudimos leer el formulario. Recarga la página.'

export const openingForm = z
  .object({
    request_key: z.uuid({ error: reload }).toLowerCase(),
    register_id: z
      .string({ error: reload })
      .regex(/^[1-9]\d{0,8}$/, reload)
      .transform(Number),
    float: soles,
  })
  .transform((form) => ({
    requestKey: form.request_key,
    registerId: form.register_id,
    floatCentimos: form.float,
  }))

export type Opening = z.output<typeof openingForm>
