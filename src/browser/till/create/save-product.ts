import type { CatalogueProduct } from '#src/till/catalogue.ts'
import { signedOutText } from '../texts.ts'

export type NewProduct = { name: string; price: string; barcode: string }
/** Out of what a sentence tells: «Ver planes». */
export type Way = { href: string; label: string }
export type Saved =
  | { ok: true; product: CatalogueProduct }
  | { ok: false; errors: Record<string, string>; way?: Way | null }

export const failedText = 'No pudimos guardarlo. Revisa tu conexión y vuelve a intentar.'

/** Saves it, and says what it became or why not. Sent twice in a moment it is one product. */
export async function saveProduct(product: NewProduct, fetcher: typeof fetch = fetch): Promise<Saved> {
  try {
    const response = await fetcher('/pos/productos', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(product),
      redirect: 'manual',
    })
    if (response.status === 401) return { ok: false, errors: { form: signedOutText } }
    const answer = (await response.json()) as Partial<{
      product: CatalogueProduct
      errors: unknown
      way: Way | null
    }>
    if (response.ok && answer.product) return { ok: true, product: answer.product }
    if (response.status === 422 && isTexts(answer.errors)) {
      return { ok: false, errors: answer.errors, way: answer.way ?? null }
    }
  } catch {
    // No line, or an answer that is not ours: the sentence below is all that is known.
  }
  return { ok: false, errors: { form: failedText } }
}

const isTexts = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((text) => typeof text === 'string')
