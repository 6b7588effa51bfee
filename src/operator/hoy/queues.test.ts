import { describe, expect, test } from 'vitest'
import { accountState } from '#src/billing/account.ts'
import type { Business } from '../businesses/business.ts'
import { messageFor, whatsappLink } from './messages.ts'
import { placesOf } from './queues.ts'
import { waitingIn } from './waiting.ts'

/** Monday 23 November, 10:00 in Lima. */
const now = new Date('2026-11-23T15:00:00Z')
const hours = (n: number) => new Date(now.getTime() - n * 3_600_000)
const olga = { operatorName: 'Olga Ramos' }

const facts = {
  trial: { trialDays: 14, trialSales: 100, trialRule: 'last' as const, trialMaxDays: 45 },
  trialStartedAt: hours(72),
  paidUntil: null,
  provisionalUntil: null,
  extendedUntil: null,
  suspendedAt: null,
  closedAt: null,
}

type Change = {
  facts?: Partial<Parameters<typeof accountState>[0]>
  stats?: Partial<Business['stats']>
  usedUpAt?: Date
  at?: Date
  trialEnd?: Business['trialEnd']
}

/** Rosa's pollería: signed up three days ago, set up, and selling. */
function rosita({
  facts: change = {},
  stats = {},
  usedUpAt,
  at = now,
  trialEnd = null,
}: Change = {}): Business {
  const all = { ...facts, ...change }
  const made = stats.salesMade ?? 41
  return {
    id: 7,
    name: 'Pollería Rosita',
    rubro: 'polleria',
    plan: 'TRIAL_POLLERIA',
    planName: 'Prueba de pollería',
    account: accountState(all, { made, usedUpAt: usedUpAt ?? null }, at),
    paidUntil: all.paidUntil,
    extendsFrom: null,
    trialEnd,
    signedUpAt: all.trialStartedAt,
    flags: [],
    schemaVersion: 9,
    coveredUntil: null,
    isUncovered: false,
    errorsToday: 0,
    stats: {
      refreshedAt: now,
      setupStep: 4,
      ownerName: 'Rosa Quispe',
      ownerEmail: 'rosa@example.test',
      whatsapp: '987654321',
      branches: 1,
      registers: 1,
      staff: 2,
      products: 23,
      salesMade: made,
      salesCentimos: 123_450,
      sales7Days: 41,
      firstSaleAt: hours(40),
      lastSaleAt: hours(1),
      databaseBytes: 1_000_000,
      ...stats,
    },
  }
}

/** Her sales are used up: the days are the end. */
const byDays = (day: number) => ({
  trialStartedAt: hours(24 * day),
  trial: { ...facts.trial, trialSales: 40 },
})

const unsold = { salesMade: 0, salesCentimos: 0, sales7Days: 0, firstSaleAt: null, lastSaleAt: null }
const queuesOf = (business: Business, at = now) => placesOf(business, at).map(({ queue }) => queue)

describe('who waits for somebody', () => {
  test('a business that sells waits for nobody', () => {
    expect(placesOf(rosita(), now)).toEqual([])
  })

  test('whoever stands in the wizard for over a day', () => {
    const stuck = (age: number) =>
      rosita({ facts: { trialStartedAt: hours(age) }, stats: { ...unsold, setupStep: 1 } })
    expect(queuesOf(stuck(24))).toEqual([])
    expect(placesOf(stuck(24.1), now)).toEqual([{ queue: 'configuracion', about: 'paso 2' }])
  })

  test('whoever passed it and has not sold for two days', () => {
    const quiet = (age: number) => rosita({ facts: { trialStartedAt: hours(age) }, stats: unsold })
    expect(queuesOf(quiet(47.9))).toEqual([])
    expect(queuesOf(quiet(48))).toEqual(['primera-venta'])
  })

  test('nobody is written to about figures that were never counted', () => {
    expect(queuesOf(rosita({ stats: { ...unsold, setupStep: 0, refreshedAt: null } }))).toEqual([])
  })

  test.each([
    [10, []],
    [11, ['fin-de-prueba']],
    [14, ['fin-de-prueba']],
  ])('a trial on its day %i', (day, queues) => {
    expect(queuesOf(rosita({ facts: byDays(day) }))).toEqual(queues)
  })

  test('the last day of the days is not the end while sales go on', () => {
    for (const day of [11, 14, 15])
      expect(queuesOf(rosita({ facts: { trialStartedAt: hours(24 * day) } }))).toEqual([])
  })

  test('the last ten sales, however slowly they are sold', () => {
    const slow = rosita({
      facts: { trialStartedAt: hours(24 * 20) },
      stats: { salesMade: 90, sales7Days: 1 },
      trialEnd: { salesLeft: 10, lastMidnight: null },
    })
    expect(placesOf(slow, now)).toEqual([{ queue: 'fin-de-prueba', about: 'últimas ventas' }])
  })

  test('a trial that sales end, when its pace ends it within three days', () => {
    const old = { trialStartedAt: hours(24 * 20) }
    const selling = (sales7Days: number) =>
      rosita({
        facts: old,
        stats: { salesMade: 80, sales7Days },
        trialEnd: { salesLeft: 20, lastMidnight: null },
      })
    expect(queuesOf(selling(46))).toEqual([])
    expect(placesOf(selling(47), now)).toEqual([{ queue: 'fin-de-prueba', about: 'últimas ventas' }])
    expect(messageFor('fin-de-prueba', selling(47), olga, now)).toMatch(
      /^Hola Rosa, tu prueba termina en 20 ventas más\. Llevas 80 ventas/,
    )
  })

  test('a trial that sells little, when its very last day is within three days', () => {
    const slow = (lastMidnight: string) =>
      rosita({
        facts: { trialStartedAt: hours(24 * 42) },
        stats: { salesMade: 10, sales7Days: 1 },
        trialEnd: { salesLeft: 90, lastMidnight: new Date(lastMidnight) },
      })
    expect(queuesOf(slow('2026-11-28T05:00:00Z'))).toEqual([])
    const ending = slow('2026-11-27T05:00:00Z')
    expect(placesOf(ending, now)).toEqual([{ queue: 'fin-de-prueba', about: '2026-11-26' }])
    expect(messageFor('fin-de-prueba', ending, olga, now)).toContain('tu prueba termina el jue 26 nov.')
  })

  test('late, locked and a trial that is over, for 30 days', () => {
    const midnight = new Date('2026-11-23T05:00:00Z')
    expect(queuesOf(rosita({ facts: { paidUntil: midnight } }))).toEqual(['vencidos'])
    const locked = new Date(midnight.getTime() - 8 * 86_400_000)
    expect(placesOf(rosita({ facts: { paidUntil: locked } }), now)).toEqual([
      { queue: 'vencidos', about: 'locked 2026-11-22' },
    ])
    const long = new Date(midnight.getTime() - 38 * 86_400_000)
    expect(queuesOf(rosita({ facts: { paidUntil: long } }))).toEqual([])
    const over = { facts: { trialStartedAt: hours(24 * 20) }, stats: { salesMade: 100 }, usedUpAt: hours(5) }
    expect(queuesOf(rosita(over))).toEqual(['vencidos'])
  })

  test('in pause and closed wait for nobody', () => {
    const stuck = { ...unsold, setupStep: 1 }
    expect(queuesOf(rosita({ facts: { suspendedAt: hours(1) }, stats: stuck }))).toEqual([])
    expect(queuesOf(rosita({ facts: { closedAt: hours(1) }, stats: stuck }))).toEqual([])
    expect(queuesOf({ ...rosita({ stats: stuck }), account: null })).toEqual([])
  })
})

describe('what is written to her', () => {
  test('in the wizard, to the letter', () => {
    const stuck = rosita({ stats: { ...unsold, setupStep: 1 } })
    expect(messageFor('configuracion', stuck, olga, now)).toBe(
      'Hola Rosa, soy Olga de SmartKet. Vi que te quedaste en el paso 2. ¿Te ayudo a terminar? Son 2 minutos.',
    )
  })

  test('before the trial ends, to the letter', () => {
    const ending = rosita({ facts: byDays(11) })
    expect(messageFor('fin-de-prueba', ending, olga, now)).toBe(
      'Hola Rosa, tu prueba termina el jue 26 nov. Llevas 41 ventas por S/ 1,234.50. ¿Seguimos?',
    )
  })

  test('late: when it ended and until when she may sell', () => {
    const late = rosita({ facts: { paidUntil: new Date('2026-11-23T05:00:00Z') } })
    expect(messageFor('vencidos', late, olga, now)).toBe(
      'Hola Rosa, soy Olga de SmartKet. Tu plan venció el dom 22 nov y puedes vender hasta el dom 29 nov. ¿Te ayudo a renovarlo?',
    )
  })

  test('without a name nobody is greeted by an empty one', () => {
    const nameless = rosita({ stats: { ...unsold, setupStep: 0, ownerName: '' } })
    expect(messageFor('configuracion', nameless, olga, now)).toMatch(/^Hola, soy Olga de SmartKet\./)
  })

  test('the link carries the text whole, and the country where it is missing', () => {
    const text = 'Hola Rosa & Cía: ¿seguimos? #1'
    const link = new URL(whatsappLink('987654321', text))
    expect(link.pathname).toBe('/51987654321')
    expect(link.searchParams.get('text')).toBe(text)
    expect(link.hash).toBe('')
    expect(new URL(whatsappLink('+51 987 654 321', null)).pathname).toBe('/51987654321')
  })
})

describe('payments to confirm', () => {
  const payment = (id: number, tenantId: number, hoursAgo: number) => ({
    ...{ id, tenantId, amountCentimos: 6900, method: 'yape' as const, operationNumber: '1111' },
    declaredAt: hours(hoursAgo),
  })

  test('whoever waits with a closed till comes first, marked', () => {
    const over = { facts: { trialStartedAt: hours(24 * 20) }, stats: { salesMade: 100 }, usedUpAt: hours(72) }
    const businesses = [
      { ...rosita({ ...over, facts: { ...over.facts, provisionalUntil: hours(-10) } }), id: 1 },
      { ...rosita(over), id: 2 },
    ]
    const payments = [payment(1, 1, 38), payment(2, 2, 1)]
    const { pagos } = waitingIn({ businesses, payments, marks: [], operatorName: 'Olga' }, now)
    expect(pagos.map(({ business, isLocked }) => [business.id, isLocked])).toEqual([
      [2, true],
      [1, false],
    ])
  })
})

describe('the rows', () => {
  const stuck = rosita({ stats: { ...unsold, setupStep: 1 } })
  const rows = (marks: { tenantId: number; queue: string; about: string }[], business = stuck) =>
    waitingIn({ businesses: [business], payments: [], marks, operatorName: 'Olga' }, now).configuracion

  test('«Hecho» hides a row until there is another reason', () => {
    expect(rows([])).toHaveLength(1)
    expect(rows([{ tenantId: 7, queue: 'configuracion', about: 'paso 2' }])).toHaveLength(0)
    expect(rows([{ tenantId: 7, queue: 'configuracion', about: 'paso 1' }])).toHaveLength(1)
    expect(rows([{ tenantId: 8, queue: 'configuracion', about: 'paso 2' }])).toHaveLength(1)
  })

  test('without her consent there is no message', () => {
    expect(rows([])[0]?.message).toContain('Hola Rosa')
    const silent = rosita({ stats: { ...unsold, setupStep: 1, whatsapp: null } })
    expect(rows([], silent)[0]?.message).toBeNull()
  })

  test('the trial that ends first comes first', () => {
    const ending = (id: number, day: number) => ({
      ...rosita({ facts: byDays(day) }),
      id,
    })
    const businesses = [ending(1, 11), ending(2, 14), ending(3, 12)]
    const { 'fin-de-prueba': found } = waitingIn(
      { businesses, payments: [], marks: [], operatorName: 'Olga' },
      now,
    )
    expect(found.map(({ business }) => business.id)).toEqual([2, 3, 1])
    expect(found[0]?.detail).toMatch(/^Termina hoy/)
  })
})
