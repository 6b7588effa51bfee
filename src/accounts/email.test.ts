import { expect, test } from 'vitest'
import { isEmail, normalizeEmail, suggestedEmail } from '#src/accounts/email.ts'

test.each([
  ['juan@gmial.com', 'juan@gmail.com'],
  ['juan@gmai.com', 'juan@gmail.com'],
  ['juan@gmal.com', 'juan@gmail.com'],
  ['juan@gnail.com', 'juan@gmail.com'],
  ['juan@gmail.con', 'juan@gmail.com'],
  ['juan@gmail.co', 'juan@gmail.com'],
  ['juan@gmail.cm', 'juan@gmail.com'],
  ['juan@gmail.com.pe', 'juan@gmail.com'],
  ['juan@gmaill.com', 'juan@gmail.com'],
  ['juan@hotmial.com', 'juan@hotmail.com'],
  ['juan@hotmai.com', 'juan@hotmail.com'],
  ['juan@hotmal.com', 'juan@hotmail.com'],
  ['juan@hitmail.com', 'juan@hotmail.com'],
  ['juan@hotmail.con', 'juan@hotmail.com'],
  ['juan@hotmial.es', 'juan@hotmail.es'],
  ['juan@outlok.com', 'juan@outlook.com'],
  ['juan@outloock.com', 'juan@outlook.com'],
  ['juan@outlook.cm', 'juan@outlook.com'],
  ['juan@yaho.com', 'juan@yahoo.com'],
  ['juan@yahooo.com', 'juan@yahoo.com'],
  ['juan@yaoho.com', 'juan@yahoo.com'],
  ['juan@iclud.com', 'juan@icloud.com'],
  ['ventas@rosita.con', 'ventas@rosita.com'],
  [' Juan@GMIAL.com ', 'juan@gmail.com'],
])('%s: did you mean %s?', (typed, meant) => {
  expect(suggestedEmail(typed)).toBe(meant)
})

test.each([
  'juan@gmail.com',
  'juan@hotmail.com',
  'juan@hotmail.es',
  'juan@hotmail.com.pe',
  'juan@outlook.es',
  'juan@outlook.pe',
  'juan@yahoo.es',
  'juan@yahoo.com.pe',
  'juan@yahoo.com.mx',
  'juan@mail.com',
  'juan@ymail.com',
  'juan@live.com',
  'juan@pucp.edu.pe',
  'ventas@rosita.pe',
  'rosa@example.com',
  'juan@empresa.co',
  'juan',
  '@gmail.com',
  '',
])('%s is not questioned', (typed) => {
  expect(suggestedEmail(typed)).toBeNull()
})

test.each(['juan@gmail.com', 'josé@pollería.pe', "o'higgins+caja1@mi-local.com.pe"])(
  '%s is an address',
  (email) => {
    expect(isEmail(email)).toBe(true)
  },
)

test.each([
  '',
  'juan',
  'juan@',
  '@gmail.com',
  'juan@gmail',
  'juan@@gmail.com',
  'juan gmail@gmail.com',
  'juan@gmail..com',
  '<script>@gmail.com',
  `${'j'.repeat(65)}@gmail.com`,
  `juan@${'g'.repeat(260)}.com`,
  'juan@gmail.com\r\nBcc: all@example.com',
])('%s is none', (email) => {
  expect(isEmail(email)).toBe(false)
})

test('capitals and spaces around do not make another address', () => {
  expect(normalizeEmail(' Rosa@Gmail.COM ')).toBe('rosa@gmail.com')
})
