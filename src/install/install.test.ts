import { mkdtempSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readConfig } from '#src/config.ts'
import { install, readFound } from './actions.ts'
import { databasePasswordIn, environmentFile, valueIn } from './environment.ts'
import { codeOf, type Machine, planInstall, type Step } from './install.ts'
import { place } from './place.ts'
import { mariadbSettings } from './sizes.ts'
import { stepText } from './texts.ts'

const GB = 1024 ** 3
const secrets = {
  databasePassword: 'clave-inventada',
  masterKey: 'ab'.repeat(32),
  metricsToken: 'una-senal-de-prueba',
}
const machine: Machine = {
  domain: 'rosita.example.pe',
  version: '0.3.0',
  commit: '1a2b3c4',
  memoryBytes: 4 * GB,
  executable: '/root/smartket',
  found: {},
  current: null,
  caddyfile: '{$SMARTKET_DOMAIN:smartket.com} {\n\treverse_proxy 127.0.0.1:{$PORT:3000}\n}\n',
}
const planned = (change: Partial<Machine> = {}) => {
  const plan = planInstall({ ...machine, ...change }, secrets)
  if (!plan.ok) throw new Error(plan.problem)
  return plan
}
const fileOf = (steps: readonly Step[], path: string) =>
  steps.find((step) => step.kind === 'file' && step.path === path) as
    | Extract<Step, { kind: 'file' }>
    | undefined

describe('A fresh server', () => {
  test('gets an environment that SmartKet itself accepts', () => {
    const text = fileOf(planned().steps, place.environment)?.text ?? ''
    const variables = Object.fromEntries(
      text
        .split('\n')
        .filter((line) => /^\w+=/.test(line))
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    )
    const folder = mkdtempSync(join(tmpdir(), 'sk-'))
    const read = readConfig({ ...variables, SMARTKET_DATA: folder })
    rmSync(folder, { recursive: true })
    expect(read).toMatchObject({
      ok: true,
      config: { appOrigin: 'https://app.rosita.example.pe', trustProxy: true, port: 3000 },
    })
    expect(Object.values(variables).filter((value) => /[\s"'$`\\]/.test(value))).toEqual([])
  })

  test('hides its secrets from everybody but root, and from what is printed', () => {
    const { steps } = planned()
    expect(fileOf(steps, place.environment)?.mode).toBe(0o600)
    const printed = steps.map(stepText).join('\n')
    for (const secret of Object.values(secrets)) expect(printed).not.toContain(secret)
    const commands = steps.flatMap((step) => (step.kind === 'run' ? step.command : []))
    expect(commands.join(' ')).not.toContain(secrets.databasePassword)
  })

  test('is reached by its own three names only, at the port that its socket holds', () => {
    const { steps } = planned()
    expect(fileOf(steps, place.caddy)?.text).toBe('rosita.example.pe {\n\treverse_proxy 127.0.0.1:3000\n}\n')
    expect(fileOf(steps, place.socketUnit)?.text).toContain('ListenStream=127.0.0.1:3000')
  })

  test.each([
    ['1 GB', 1, '192M'],
    ['2 GB', 2, '384M'],
    ['what is sold as 4 GB', 3.8, '1G'],
    ['8 GB', 8, '3G'],
  ])('of %s gives MariaDB what fits', (_name, memory, pool) => {
    expect(mariadbSettings(memory * GB)['innodb-buffer-pool-size']).toBe(pool)
    expect(mariadbSettings(memory * GB)['transaction-isolation']).toBe('READ-COMMITTED')
  })
})

describe('It refuses', () => {
  test.each([
    '',
    'smartket',
    'https://smartket.com',
    'smartket.com/x',
    'a b.com',
    '-x.com',
    'x.com:80',
    "x';.com",
  ])('the domain «%s»', (domain) =>
    expect(planInstall({ ...machine, domain }, secrets)).toEqual({ ok: false, problem: 'bad-domain' }),
  )
  test('too small a machine, and the development tree', () => {
    expect(planInstall({ ...machine, memoryBytes: GB / 2 }, secrets)).toMatchObject({
      problem: 'little-memory',
    })
    expect(planInstall({ ...machine, executable: null }, secrets)).toMatchObject({
      problem: 'not-the-binary',
    })
  })
  test('a server whose environment names an account that is not ours', () => {
    const found = { [place.environment]: 'DATABASE_URL=mysql://someone:else@db.example:3306\n' }
    expect(planInstall({ ...machine, found }, secrets)).toMatchObject({ problem: 'other-database' })
  })
  test('another domain than the one that is installed, and another release', () => {
    const found = { [place.environment]: environmentFile('rosita.example.pe', secrets) }
    expect(planInstall({ ...machine, found, domain: 'otra.example.pe' }, secrets)).toMatchObject({
      problem: 'other-domain',
    })
    const current = '/opt/smartket/releases/0.2.0-9f8e7d6'
    expect(planInstall({ ...machine, found, current }, secrets)).toMatchObject({ problem: 'other-release' })
  })
  test('to print a recovery sheet with a key that stands nowhere', () => {
    const kept = environmentFile('rosita.example.pe', secrets).replace(/^SMARTKET_MASTER_KEY=.*\n/m, '')
    const found = { [place.environment]: kept }
    expect(planInstall({ ...machine, found }, secrets)).toMatchObject({ problem: 'no-master-key' })
  })
})

describe('Run again', () => {
  const kept = environmentFile('rosita.example.pe', {
    ...secrets,
    databasePassword: 'la-de-antes',
    masterKey: 'cd'.repeat(32),
  })

  test('it keeps the secrets, and gives the account the password that the file says', () => {
    const { steps, sheetCode } = planned({ found: { [place.environment]: kept } })
    expect(fileOf(steps, place.environment)).toBeUndefined()
    const sql = steps.flatMap((step) => (step.kind === 'sql' ? step.statements : [])).join('\n')
    expect(sql).toContain('la-de-antes')
    expect(sql).not.toContain(secrets.databasePassword)
    expect(sheetCode).toBe(codeOf('cd'.repeat(32)))
  })

  test("it leaves somebody else's sites alone, and says what to add", () => {
    const { steps, left } = planned({ found: { [place.caddyMain]: 'otra.example {\n\trespond "hola"\n}\n' } })
    expect(fileOf(steps, place.caddyMain)).toBeUndefined()
    expect(left[0]).toContain(`import ${place.caddy}`)
  })

  test("it leaves somebody else's sites alone also when our line stands beside them", () => {
    const main = `otra.example {\n\trespond "hola"\n}\nimport ${place.caddy}\n`
    const { steps, left } = planned({ found: { [place.caddyMain]: main } })
    expect(fileOf(steps, place.caddyMain)).toBeUndefined()
    expect(left.join('\n')).not.toContain('already serves')
  })
})

describe('Into another root', () => {
  const root = mkdtempSync(join(tmpdir(), 'sk-root-'))
  afterAll(() => rmSync(root, { recursive: true }))

  test('files stand whole, with their modes, twice over', () => {
    const executable = join(root, 'downloaded')
    writeFileSync(executable, 'the program')
    const { steps } = planned({ executable })
    for (const _ of [1, 2]) expect(install(steps, root, () => {})).toEqual({ ok: true })
    expect(statSync(join(root, place.environment)).mode & 0o777).toBe(0o600)
    expect(readlinkSync(join(root, place.current))).toBe('/opt/smartket/releases/0.3.0-1a2b3c4')
    expect(readFileSync(join(root, '/opt/smartket/releases/0.3.0-1a2b3c4/smartket'), 'utf8')).toBe(
      'the program',
    )
    const found = readFound([place.environment, '/nothing'], root)
    expect(Object.keys(found)).toEqual([place.environment])
    expect(databasePasswordIn(found[place.environment] ?? '')).toBe(secrets.databasePassword)
    expect(valueIn(found[place.environment] ?? '', 'SMARTKET_OPERATOR_MAIL')).toBeNull()
  })
})
