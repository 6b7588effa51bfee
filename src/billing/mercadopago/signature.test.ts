import { describe, expect, test } from 'vitest'
import { signedNotice } from '../../../tests/support/mercadopago/notice.ts'
import { checkSignature } from './signature.ts'

const secret = 'el-secreto'

function read(type: string, id: string, change: { secret?: string; requestId?: string; ts?: number } = {}) {
  const { headers } = signedNotice(type, id, { secret, ...change })
  return { signature: headers['X-Signature'], requestId: headers['X-Request-Id'], dataId: id }
}

describe('the signature of a notice', () => {
  test('whoever knows the secret is believed to have sent it', () => {
    const answer = checkSignature(read('payment', '123', { ts: 1_763_900_000 }), secret)
    expect(answer).toEqual({ ok: true, signedAt: new Date(1_763_900_000_000) })
  })

  test('one that was retried for days is as genuine as a fresh one', () => {
    expect(checkSignature(read('payment', '123', { ts: 1_600_000_000 }), secret).ok).toBe(true)
  })

  test('a number with letters is signed in lower case, however it is written in the address', () => {
    expect(checkSignature(read('subscription_preapproval', '2C93AB'), secret).ok).toBe(true)
  })

  test.each([
    ['another secret', { ...read('payment', '123', { secret: 'otro' }) }],
    ['another payment', { ...read('payment', '123'), dataId: '124' }],
    ['another request', { ...read('payment', '123'), requestId: 'otra' }],
    ['no signature', { ...read('payment', '123'), signature: undefined }],
    ['no hash', { ...read('payment', '123'), signature: 'ts=1' }],
    ['no request', { ...read('payment', '123'), requestId: undefined }],
    ['no payment', { ...read('payment', '123'), dataId: undefined }],
    // The signed text would be the same: id and request moved into one another.
    [
      'parts run together',
      { ...read('payment', '123', { requestId: 'a' }), dataId: '123;request-id:a', requestId: '' },
    ],
    ['rubbish', { signature: '=,=,ts=x,v1=', requestId: 'a', dataId: '1' }],
  ])('%s: refused', (_what, parts) => {
    expect(checkSignature(parts, secret).ok).toBe(false)
  })
})
