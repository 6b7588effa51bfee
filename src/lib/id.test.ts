import { expect, test } from 'vitest'
import { readId } from './id.ts'

test.each([
  ['1', 1],
  ['4294967295', 4_294_967_295],
  ['4294967296', null],
  ['9'.repeat(400), null],
  ['0', null],
  ['-1', null],
  ['1e3', null],
  ['01', null],
  ['', null],
  [undefined, null],
])('%s is the id %s', (text, id) => {
  expect(readId(text)).toBe(id)
})
