import { expect, test } from 'vitest'
import { isDisposable, mailboxOf, withFlag } from './flags.ts'

test.each([
  ['rosa@mailinator.com', true],
  ['rosa@otra.mailinator.com', true],
  ['rosa@YOPMAIL.com', true],
  ['rosa@gmail.com', false],
  ['rosa@mimailinator.com', false],
  ['mailinator.com@gmail.com', false],
])('%s comes from a mailbox for ten minutes: %s', (email, expected) => {
  expect(isDisposable(email)).toBe(expected)
})

test('one mailbox under many addresses is one', () => {
  const own = mailboxOf('rosaquispe@gmail.com')
  for (const email of ['rosa.quispe@gmail.com', 'rosaquispe+2@gmail.com', 'r.o.s.a.quispe+x@googlemail.com'])
    expect(mailboxOf(email)).toEqual(own)
  expect(mailboxOf('rosa+caja@hotmail.com')).toEqual(mailboxOf('rosa@hotmail.com'))
  expect(mailboxOf('ro.sa@hotmail.com')).not.toEqual(mailboxOf('rosa@hotmail.com'))
  expect(mailboxOf('rosa@hotmail.com')).not.toEqual(mailboxOf('rosa@outlook.com'))
})

test('a flag stands once, beside the others', () => {
  expect(withFlag('', 'disposable')).toBe('disposable')
  expect(withFlag('disposable', 'third-trial')).toBe('disposable third-trial')
  expect(withFlag('disposable third-trial', 'third-trial')).toBe('disposable third-trial')
})
