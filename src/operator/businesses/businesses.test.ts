import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AdminDb } from '#src/db/admin.ts'
import { auditLog, backups, dailyCounts, tenants } from '#src/db/admin-schema.ts'
import { seedBusiness } from '../../../tests/support/businesses.ts'
import { ownDatabases } from '../../../tests/support/database.ts'
import { testServices } from '../../../tests/support/http.ts'
import { operatorApp } from '../../../tests/support/operator.ts'

/** Monday 23 November, 10:00 in Lima. */
const now = new Date('2026-11-23T15:00:00Z')
const midnight = (day: string) => new Date(`${day}T05:00:00Z`)
let own: Awaited<ReturnType<typeof ownDatabases>>
let admin: AdminDb
let asOlga: Awaited<ReturnType<typeof operatorApp>>
let rosita: number
const rositaUid = crypto.randomUUID()
let bodega: number

const text = async (path: string) => (await (await asOlga(path)).text()).replaceAll('\u00a0', ' ')
const names = async (query: string) => {
  const page = await text(`/negocios?${query}`)
  return ['Pollería Rosita', 'Bodega Carla', 'Chifa Pausado', 'Ya borrado'].filter((name) =>
    page.includes(`<strong>${name}</strong>`),
  )
}

beforeAll(async () => {
  own = await ownDatabases()
  admin = own.databases.admin
  asOlga = await operatorApp(testServices(own.databases, { clock: () => now }))
  rosita = await seedBusiness(
    admin,
    {
      tenant: { uid: rositaUid, trialStartedAt: midnight('2026-11-20'), flags: 'third-trial' },
      stats: {
        sales7Days: 40,
        salesMade: 412,
        salesCentimos: 987_050,
        databaseBytes: 2_097_152,
        whatsapp: '987654321',
      },
    },
    now,
  )
  bodega = await seedBusiness(
    admin,
    {
      tenant: {
        businessName: 'Bodega Carla',
        rubro: 'bodega',
        plan: 'LOCAL',
        paidUntil: midnight('2026-12-24'),
      },
      stats: { ownerName: 'Carla Núñez', sales7Days: 90 },
    },
    now,
  )
  await seedBusiness(
    admin,
    { tenant: { businessName: 'Chifa Pausado', rubro: 'chifa', suspendedAt: now } },
    now,
  )
  await seedBusiness(admin, { tenant: { businessName: 'Ya borrado', status: 'BORRADO' } }, now)
  await seedBusiness(admin, { tenant: { businessName: 'De reserva', status: 'RESERVA', plan: null } }, now)
  await admin.insert(backups).values({
    tenantId: rosita,
    uid: rositaUid,
    generation: 1,
    nombreDb: 'db_cliente_1',
    night: '2026-11-22',
    dumpedOn: '2026-11-22',
    kind: 'dumped',
    status: 'whole',
    takenAt: new Date('2026-11-22T08:10:00Z'),
    verifiedAt: new Date('2026-11-22T08:25:00Z'),
  })
  await admin.insert(dailyCounts).values([
    { day: '2026-11-23', name: 'error', tenantId: rosita, count: 7 },
    { day: '2026-11-22', name: 'error', tenantId: bodega, count: 9 },
  ])
}, 60_000)
afterAll(() => own.stop())

describe('the table', () => {
  test('shows of each what the operator must know', async () => {
    const page = await text('/negocios')
    const row = /<tr>(?:(?!<\/tr>).)*Pollería Rosita.*?<\/tr>/s.exec(page)?.[0] ?? ''
    for (const part of [
      'Prueba',
      '11 días',
      '>40',
      '2 MB',
      'dom 22 nov, 3:10 a. m.',
      '<strong>7</strong>',
      'Tercera prueba',
    ])
      expect(row).toContain(part)
    expect(page).toContain('3 negocios')
    expect(page).not.toContain('De reserva')
  })

  test.each([
    ['', ['Pollería Rosita', 'Bodega Carla', 'Chifa Pausado']],
    ['q=rosita', ['Pollería Rosita']],
    ['q=nunez', ['Bodega Carla']],
    ['estado=al-dia', ['Bodega Carla']],
    ['estado=en-pausa', ['Chifa Pausado']],
    ['estado=borrado', ['Ya borrado']],
    ['rubro=bodega', ['Bodega Carla']],
    ['plan=LOCAL', ['Bodega Carla']],
    ['q=nadie', []],
    ['pagina=99', ['Pollería Rosita', 'Bodega Carla', 'Chifa Pausado']],
  ])('«%s» finds %j', async (query, found) => {
    expect(await names(query)).toEqual(found)
  })

  test('sorts both ways', async () => {
    const isFirst = async (query: string) => {
      const page = await text(`/negocios?${query}`)
      return page.indexOf('Bodega Carla</strong>') < page.indexOf('Pollería Rosita</strong>')
    }
    expect(await isFirst('orden=-ventas')).toBe(true)
    expect(await isFirst('orden=ventas')).toBe(false)
  })

  test('htmx gets only the list', async () => {
    const answer = await asOlga('/negocios?q=rosita', { headers: { 'HX-Request-Type': 'partial' } })
    expect(await answer.text()).toMatch(/^<div id="business-list"/)
  })
})

describe('one business', () => {
  test('its figures, and whom one may write to', async () => {
    const page = await text(`/negocios/${rosita}`)
    for (const part of [
      '412 ventas por S/ 9,870.50',
      'https://wa.me/51987654321',
      'Dar más días',
      'Poner en pausa',
    ])
      expect(page).toContain(part)
    expect(await text(`/negocios/${bodega}`)).toContain('No aceptó que le escribamos.')
  })

  test.each(['0', '999999', '99999999999'])('%s is nobody', async (id) => {
    expect((await asOlga(`/negocios/${id}`)).status).toBe(404)
    expect((await asOlga(`/negocios/${id}/pausa`, { form: { motivo: 'x' } })).status).toBe(404)
  })

  test('a deleted one keeps its history, and nothing can be done to it', async () => {
    const [gone] = await admin.select().from(tenants).where(eq(tenants.businessName, 'Ya borrado'))
    expect(await text(`/negocios/${gone?.id}`)).toContain('Sus datos ya se borraron')
    expect((await asOlga(`/negocios/${gone?.id}/pausa`, { form: { motivo: 'x' } })).status).toBe(404)
  })

  test.each(['dias', 'pausa', 'reactivacion', 'reapertura', 'plan'])(
    '%s without a reason comes back with what was typed',
    async (doing) => {
      const form = { motivo: '  ', dias: '7', desde: midnight('2026-12-05').toISOString(), plan: 'LOCAL' }
      const answer = await asOlga(`/negocios/${rosita}/${doing}`, { form })
      expect(answer.status).toBe(422)
      const page = await answer.text()
      if (['dias', 'pausa', 'plan'].includes(doing)) expect(page).toContain('Escribe el motivo')
      const long = await asOlga(`/negocios/${rosita}/${doing}`, {
        form: { ...form, motivo: 'x'.repeat(301) },
      })
      expect(long.status).toBe(422)
    },
  )

  test('in pause and back, from the page, each with its reason in the history', async () => {
    const pause = await asOlga(`/negocios/${rosita}/pausa`, {
      form: { motivo: 'No contesta', lista: 'q=rosita' },
    })
    expect(pause.status).toBe(303)
    expect(pause.headers.get('Location')).toBe(`/negocios/${rosita}?q=rosita&hecho=pausa`)
    const page = await text(`/negocios/${rosita}?hecho=pausa`)
    expect(page).toContain('Listo: está en pausa')
    expect(page).toMatch(/Historial.*En pausa.*«No contesta».*Olga/s)
    expect(page).not.toContain('Dar más días')
    await asOlga(`/negocios/${rosita}/reactivacion`, { form: { motivo: 'Contestó' } })
    expect(await text(`/negocios/${rosita}`)).toContain('Dar más días')
  })

  test('more days', async () => {
    const form = { dias: '7', desde: midnight('2026-12-05').toISOString(), motivo: 'Viajó' }
    const answer = await asOlga(`/negocios/${rosita}/dias`, { form })
    expect(await text(answer.headers.get('Location') ?? '')).toContain(
      'Puede vender hasta el 11 de diciembre de 2026.',
    )
    const old = await asOlga(`/negocios/${rosita}/dias`, { form: { ...form, dias: '3' } })
    expect(old.status).toBe(422)
    expect(await old.text()).toContain('Cambió mientras mirabas esta página.')
  })

  test.each([{ dias: '0' }, { dias: '91' }, { dias: 'x' }, { dias: '7', desde: 'ayer' }])(
    'days that are none: %j',
    async (typed) => {
      const form = { motivo: 'Viajó', desde: midnight('2026-12-05').toISOString(), ...typed }
      expect((await asOlga(`/negocios/${rosita}/dias`, { form })).status).toBe(422)
    },
  )

  test('another plan asks the code, and is written once', async () => {
    const path = `/negocios/${rosita}/plan`
    const form = {
      plan: 'LOCAL',
      hasta: '2026-12-31',
      antesPlan: 'TRIAL_POLLERIA',
      antesHasta: '',
      motivo: 'Acuerdo',
    }
    const asked = await asOlga(path, { form })
    expect(await asked.text()).toContain('Cambiar el plan')
    const planOf = async () => (await admin.select().from(tenants).where(eq(tenants.id, rosita)))[0]
    expect((await planOf())?.plan).toBe('TRIAL_POLLERIA')
    const wrong = await asOlga(path, { form: { ...form, codigo: '000000' } })
    expect(wrong.status).toBe(422)
    const right = { ...form, codigo: await asOlga.olga.code() }
    expect((await asOlga(path, { form: right })).status).toBe(303)
    // A second press with the same code: what was asked for is so already.
    expect((await asOlga(path, { form: right })).status).toBe(303)
    expect(await planOf()).toMatchObject({ plan: 'LOCAL', paidUntil: midnight('2027-01-01') })
    const lines = await admin.select().from(auditLog).where(eq(auditLog.tenantId, rosita))
    expect(lines.filter((line) => line.act === 'tenant.plan')).toHaveLength(1)
  })

  test('a plan with nothing changed says so and asks for no code', async () => {
    const form = {
      ...{ plan: 'LOCAL', hasta: '2026-12-23', antesPlan: 'LOCAL', motivo: 'Acuerdo' },
      antesHasta: midnight('2026-12-24').toISOString(),
    }
    const answer = await asOlga(`/negocios/${bodega}/plan`, { form })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('No cambiaste nada: elige otro plan u otro día.')
  })

  test('more days for whoever pays: the head says until when it sells', async () => {
    // Paid to the 23rd of December, and seven days after it.
    expect(await text(`/negocios/${bodega}`)).toContain('Puede vender hasta el 30 de diciembre de 2026.')
    const form = { dias: '7', desde: midnight('2026-12-31').toISOString(), motivo: 'Viajó' }
    expect((await asOlga(`/negocios/${bodega}/dias`, { form })).status).toBe(303)
    expect(await text(`/negocios/${bodega}`)).toContain('Puede vender hasta el 6 de enero de 2027.')
  })

  test.each([
    [{ plan: 'TRIAL_CHIFA' }, 'Ese plan ya no se ofrece.'],
    [{ hasta: '2026-13-45' }, 'Escribe un día'],
    [{ hasta: '2020-01-01' }, 'Elige un día desde hoy'],
    [{ antesPlan: 'PUESTO' }, 'Su plan cambió mientras mirabas'],
  ])('a plan that cannot be: %j', async (typed, sentence) => {
    const form = {
      plan: 'CADENA',
      hasta: '2026-12-31',
      antesPlan: 'LOCAL',
      antesHasta: midnight('2026-12-24').toISOString(),
      motivo: 'Acuerdo',
      ...typed,
    }
    const answer = await asOlga(`/negocios/${bodega}/plan`, { form })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain(sentence)
  })
})
