import type { Context, Env as HonoEnv } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type * as z from 'zod'

export type Texts = Record<string, string>
/** What was typed, and a sentence for each wrong field (`form` for the whole). */
export type Rejected = { values: Texts; errors: Texts }
export type Submitted<T> = { ok: true; data: T; values: Texts } | ({ ok: false } & Rejected)

/**
 * Reads an HTML form. If it is wrong the answer holds what the person typed, so that the page can show it
 * again. Of a repeated name `values` keeps the last; the schema gets an array when a name ends in `[]`.
 */
export async function readForm<T, E extends HonoEnv>(
  c: Context<E>,
  schema: z.ZodType<T>,
): Promise<Submitted<T>> {
  const fields = [...((await readBody(c)) ?? [])]
  if (fields.length > mostFields) throw new HTTPException(413, { message: 'too many fields' })
  const values: Texts = {}
  const lists: Record<string, string[]> = {}
  for (const [name, value] of fields) {
    if (typeof value !== 'string') continue
    const text = value.replaceAll('\u0000', '')
    values[name] = text
    if (!name.endsWith('[]')) continue
    const list = lists[name] ?? []
    list.push(text)
    lists[name] = list
  }
  const result = schema.safeParse({ ...values, ...lists })
  if (result.success) return { ok: true, data: result.data, values }
  return { ok: false, values, errors: firstErrors(result.error) }
}

/** Far more than any form of ours has; far fewer than a megabyte can hold. */
const mostFields = 5_000

/** One sentence a field: the first issue of each wins. */
export function firstErrors(error: z.ZodError): Texts {
  const errors: Texts = {}
  for (const issue of error.issues) errors[String(issue.path[0] ?? 'form')] ??= issue.message
  return errors
}

/** The JSON body, or null when it is not JSON: the caller answers its own «malformed». */
export async function readJson<E extends HonoEnv>(c: Context<E>): Promise<unknown> {
  return c.req.json().catch(() => null)
}

/** A body that is no form at all reads as an empty one: every field is then missing, and is told so. */
const readBody = <E extends HonoEnv>(c: Context<E>) => c.req.formData().catch(() => null)
