import { expect, test } from 'vitest'
import { needsAttention, type RucAnswer, type RucFound, rucLookup } from './lookup.ts'

const rosita: RucFound = {
  ruc: '20000000001',
  legalName: 'POLLERIA ROSITA S.A.C.',
  address: null,
  state: 'ACTIVO',
  condition: 'HABIDO',
}
const found: RucAnswer = { outcome: 'found', found: rosita }
const notFound: RucAnswer = { outcome: 'not-found' }
const unavailable: RucAnswer = { outcome: 'unavailable' }

/** The answer, and who was asked. */
async function ask(...answers: (RucAnswer | Error)[]): Promise<[RucAnswer, number[]]> {
  const asked: number[] = []
  const providers = answers.map((answer, i) => async () => {
    asked.push(i)
    if (answer instanceof Error) throw answer
    return answer
  })
  return [await rucLookup(providers)(rosita.ruc), asked]
}

test('the first that answers decides, and the next is not asked', async () => {
  expect(await ask(found, notFound)).toEqual([found, [0]])
  expect(await ask(notFound, found)).toEqual([notFound, [0]])
})

test('when the service is down, SUNAT’s register answers', async () => {
  expect(await ask(unavailable, found)).toEqual([found, [0, 1]])
  expect(await ask(unavailable, notFound)).toEqual([notFound, [0, 1]])
})

test('a provider that breaks is one that is down', async () => {
  expect(await ask(new Error('broken'), found)).toEqual([found, [0, 1]])
})

test('when all are down, or there is none, it is unavailable and Rosa types her data', async () => {
  expect((await ask(unavailable, unavailable))[0]).toEqual(unavailable)
  expect((await ask(new Error('broken')))[0]).toEqual(unavailable)
  expect((await ask())[0]).toEqual(unavailable)
})

test('a business that is not active, or not at its address, gets a warning', () => {
  expect(needsAttention(rosita)).toBe(false)
  expect(needsAttention({ ...rosita, state: '', condition: '' })).toBe(false)
  expect(needsAttention({ ...rosita, state: 'SUSPENSION TEMPORAL' })).toBe(true)
  expect(needsAttention({ ...rosita, condition: 'NO HABIDO' })).toBe(true)
})
