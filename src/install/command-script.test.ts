import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { commandScript, serviceUnit, socketUnit } from './units.ts'

const root = mkdtempSync(join(tmpdir(), 'sk-cmd-'))
afterAll(() => rmSync(root, { recursive: true }))
const calls = join(root, 'calls')
const program = (path: string, text: string) => {
  writeFileSync(join(root, path), `#!/bin/sh\n${text}\n`)
  chmodSync(join(root, path), 0o755)
}
beforeEach(() => {
  rmSync(root, { recursive: true })
  for (const folder of ['bin', 'etc/smartket', 'var/lib/smartket', 'opt/smartket/current'])
    mkdirSync(join(root, folder), { recursive: true })
  for (const name of ['systemctl', 'chown']) program(`bin/${name}`, `echo ${name} "$@" >>${calls}`)
  program('bin/setpriv', `shift 3; AS=service exec "$@"`)
  program(
    'opt/smartket/current/smartket',
    `echo "\${AS:-root}" "$@" "[$SMARTKET_COMPANY_LEGAL_NAME|$SMARTKET_SMTP_URL]" >>${calls}; exit \${SAYS:-0}`,
  )
  writeFileSync(
    join(root, 'etc/smartket/smartket.env'),
    '# a remark\n#SMARTKET_SMTP_URL=\nSMARTKET_COMPANY_LEGAL_NAME="Rosita S.A.C."\nSMARTKET_SMTP_URL=smtps://u:a&b$c@mail\n',
  )
})

/** What was called, one line each, and how it ended. */
function typed(args: string[], says = '0') {
  const script = commandScript.replaceAll(/\/(etc|var|opt)\/(?=smartket|lib)/g, `${root}/$1/`)
  const { status } = spawnSync('sh', ['-c', script, 'smartket', ...args], {
    env: { PATH: `${join(root, 'bin')}:${process.env.PATH}`, SAYS: says },
  })
  const lines = readFileSync(calls, 'utf8').replaceAll(root, '').trim().split('\n')
  return { status, lines: lines.map((line) => line.replace(/ \[.*/, '')), whole: lines }
}

describe('Typed on a server', () => {
  test('a command acts as the service, with values that a shell would have cut', () => {
    const { whole } = typed(['doctor', '--json'])
    expect(whole).toEqual(['service doctor --json [Rosita S.A.C.|smtps://u:a&b$c@mail]'])
  })
  test('an upgrade leaves nothing that the service cannot read, and ends as it ended', () => {
    const { status, lines } = typed(['upgrade', './new'], '1')
    expect(lines).toEqual(['root upgrade ./new', 'chown -Rh smartket:smartket /var/lib/smartket'])
    expect(status).toBe(1)
  })
  test('a rotation restarts the service before the old passwords go, also when it was broken off', () => {
    const whole = ['service keys rotate --hold', 'systemctl restart smartket.service']
    expect(typed(['keys', 'rotate']).lines).toEqual([...whole, 'service keys rotate --finish'])
    rmSync(calls)
    writeFileSync(join(root, 'var/lib/smartket/database.key.old'), '')
    expect(typed(['keys', 'rotate']).lines).toEqual([
      'systemctl restart smartket.service',
      'service keys rotate --finish',
    ])
  })
})

describe('systemd itself', () => {
  const has = spawnSync('systemd-analyze', ['--version']).status === 0
  test.runIf(has)('finds nothing wrong with the units, and calls them well confined', () => {
    writeFileSync(join(root, 'smartket.socket'), socketUnit)
    const text = serviceUnit.replace(/ExecStart=\S+/, 'ExecStart=/bin/true')
    writeFileSync(join(root, 'smartket.service'), text)
    const units = ['smartket.service', 'smartket.socket'].map((name) => join(root, name))
    const verified = spawnSync('systemd-analyze', ['verify', ...units], { encoding: 'utf8' })
    expect(verified.stderr).not.toContain('smartket.')
    expect(verified.status).toBe(0)
    const secure = spawnSync(
      'systemd-analyze',
      ['security', '--offline=true', '--threshold=20', units[0] ?? ''],
      { encoding: 'utf8' },
    )
    expect(secure.status, secure.stdout.slice(-200)).toBe(0)
  })
})
