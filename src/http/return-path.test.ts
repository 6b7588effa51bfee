import { expect, test } from 'vitest'
import { returnPath } from '#src/http/return-path.ts'

const app = 'https://app.smartket.com'

test.each([
  ['/productos?categoria=3', '/productos?categoria=3'],
  ['https://app.smartket.com/ventas/12/ticket', '/ventas/12/ticket'],
  ['/', '/'],
])('%s leads back to %s', (address, path) => {
  expect(returnPath(address, app)).toBe(path)
})

test.each([
  undefined,
  '',
  'https://evil.example/pos',
  '//evil.example/pos',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  'https://app.smartket.com//evil.example',
  'javascript:alert(1)',
  'http://app.smartket.com/pos',
])('%s leads nowhere but to the start', (address) => {
  expect(returnPath(address, app)).toBe('/')
})
