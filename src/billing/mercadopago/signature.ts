import { InvalidWebhookSignatureError, WebhookSignatureValidator } from 'mercadopago'

export type Signed = {
  signature: string | undefined
  requestId: string | undefined
  dataId: string | undefined
}
export type SignatureAnswer = { ok: true; signedAt: Date | null } | { ok: false; problem: string }

/**
 * Did whoever knows the secret sign this? By the SDK's own validator, without tolerance: `ts` is kept for the
 * log only, since a notice that was retried for days is genuine (OPERATIONS.md, section 6). All three parts
 * must be there and simple: the signed text joins them with semicolons, and leaves out what is missing.
 */
export function checkSignature({ signature, requestId, dataId }: Signed, secret: string): SignatureAnswer {
  if (!/^[\w.:-]{1,100}$/.test(requestId ?? '') || !/^[\w-]{1,64}$/.test(dataId ?? '')) {
    return { ok: false, problem: 'Incomplete' }
  }
  const answers = [dataId, dataId?.toLowerCase()].map((id) => validate({ signature, requestId, id }, secret))
  const problem = answers.find((answer) => answer === null) === null ? null : (answers[0] ?? null)
  return problem === null ? { ok: true, signedAt: signedAt(signature) } : { ok: false, problem }
}

/** What is wrong with it, in the SDK's word; null: nothing. A number with letters is signed in lower case. */
function validate(of: Record<'signature' | 'requestId' | 'id', string | undefined>, secret: string) {
  try {
    const { signature: xSignature, requestId: xRequestId, id: dataId } = of
    WebhookSignatureValidator.validate({ xSignature, xRequestId, dataId, secret })
    return null
  } catch (error) {
    if (error instanceof InvalidWebhookSignatureError) return error.reason
    throw error
  }
}

/** In seconds, or in milliseconds as the service's newer notices have it. */
function signedAt(signature = ''): Date | null {
  const digits = /(?:^|,)\s*ts\s*=\s*(\d{1,13})\b/i.exec(signature)?.[1]
  if (!digits) return null
  return new Date(digits.length > 11 ? Number(digits) : Number(digits) * 1000)
}
