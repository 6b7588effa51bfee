import { createHash } from 'node:crypto'
import { databasePasswordIn, environmentFile, type Secrets, valueIn } from './environment.ts'
import { databaseUser, place, releaseName, systemUser } from './place.ts'
import { leastMemoryBytes } from './sizes.ts'
import {
  commandScript,
  journalConf,
  logrotateConf,
  mariadbConf,
  mariadbLimits,
  serviceUnit,
  socketUnit,
} from './units.ts'

/** What is known before anything is done. */
export type Machine = {
  domain: string
  version: string
  commit: string
  memoryBytes: number
  /** The executable that runs this command; null when it is the development tree. */
  executable: string | null
  /** The files of ours that are already there, by path. */
  found: Readonly<Record<string, string | undefined>>
  /** The release folder that `current` names; null on a fresh server. */
  current: string | null
  /** The Caddyfile that this release carries. */
  caddyfile: string
}

export type Step =
  | { kind: 'user'; name: string; home: string }
  | { kind: 'folder'; path: string; mode: number; owner: string }
  | { kind: 'file'; path: string; mode: number; text: string; isSecret: boolean }
  | { kind: 'kept'; path: string }
  | { kind: 'copy'; from: string; path: string; mode: number }
  | { kind: 'link'; path: string; target: string }
  | { kind: 'run'; command: readonly string[]; why: string }
  | { kind: 'sql'; statements: readonly string[]; why: string }

export type InstallProblem =
  | 'bad-domain'
  | 'little-memory'
  | 'not-the-binary'
  | 'other-database'
  | 'other-domain'
  | 'no-master-key'
  | 'other-release'
export type InstallPlan =
  | { ok: true; steps: Step[]; left: string[]; sheet: string; sheetCode: string }
  | { ok: false; problem: InstallProblem }

const domainShape = /^(?=.{4,200}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}$/

/**
 * Everything that a fresh Debian or Ubuntu needs to serve `domain`, in order, and safe to repeat: what holds a secret
 * is kept as it is, what is derived is written again. Pure: `secrets` are used only where there are none yet.
 */
export function planInstall(machine: Machine, secrets: Secrets): InstallPlan {
  const { domain, found } = machine
  if (!domainShape.test(domain)) return { ok: false, problem: 'bad-domain' }
  if (machine.memoryBytes < leastMemoryBytes) return { ok: false, problem: 'little-memory' }
  if (machine.executable === null) return { ok: false, problem: 'not-the-binary' }
  const kept = found[place.environment]
  const password = kept === undefined ? secrets.databasePassword : databasePasswordIn(kept)
  if (password === null) return { ok: false, problem: 'other-database' }
  if (kept !== undefined && valueIn(kept, 'SMARTKET_LANDING_ORIGIN') !== `https://${domain}`)
    return { ok: false, problem: 'other-domain' }
  // A key that stands nowhere must never be printed as the one that opens everything.
  const masterKey = kept === undefined ? secrets.masterKey : valueIn(kept, 'SMARTKET_MASTER_KEY')
  if (masterKey === null) return { ok: false, problem: 'no-master-key' }
  // Another release comes by «upgrade» alone: it migrates first, and goes back by itself.
  if (machine.current !== null && machine.current !== releaseFolder(machine))
    return { ok: false, problem: 'other-release' }
  const steps: Step[] = [
    { kind: 'user', name: systemUser, home: place.data },
    { kind: 'folder', path: '/etc/smartket', mode: 0o755, owner: 'root' },
    { kind: 'folder', path: place.data, mode: 0o700, owner: systemUser },
    ...release(machine, machine.executable),
    ...(kept === undefined
      ? [file(place.environment, environmentFile(domain, secrets), 0o600, true)]
      : [{ kind: 'kept', path: place.environment } as const]),
    file(place.command, commandScript, 0o755),
    ...database(machine.memoryBytes, password),
    ...proxy(machine),
    ...service(),
  ]
  const sheetCode = codeOf(masterKey)
  return { ok: true, steps, left: leftFor(domain, found), sheet: sheetOf(domain, masterKey), sheetCode }
}

const releaseFolder = ({ version, commit }: Machine) => `${place.releases}/${releaseName(version, commit)}`

function release(machine: Machine, executable: string): Step[] {
  const folder = releaseFolder(machine)
  return [
    { kind: 'folder', path: folder, mode: 0o755, owner: 'root' },
    { kind: 'copy', from: executable, path: `${folder}/smartket`, mode: 0o755 },
    { kind: 'link', path: place.current, target: folder },
  ]
}

/** The account can create, grant and drop: it is used for these acts alone, and the rest has accounts of its own. */
function database(memoryBytes: number, password: string): Step[] {
  return [
    file(place.mariadb, mariadbConf(memoryBytes), 0o644),
    file(place.mariadbUnit, mariadbLimits, 0o644),
    run(['systemctl', 'daemon-reload'], 'the limits of MariaDB'),
    run(['systemctl', 'restart', 'mariadb'], 'its settings'),
    {
      kind: 'sql',
      why: `the account ${databaseUser}, from this machine only`,
      statements: [
        `create user if not exists '${databaseUser}'@'localhost' identified by '${password}'`,
        `alter user '${databaseUser}'@'localhost' identified by '${password}'`,
        `grant all privileges on *.* to '${databaseUser}'@'localhost' with grant option`,
      ],
    },
  ]
}

/** Caddy's own file is replaced only while it is Debian's example or ours: somebody else's sites stay. */
function proxy({ domain, caddyfile, found }: Machine): Step[] {
  const main = found[place.caddyMain]
  const isFree = main === undefined || isExample(main) || main.trim() === `import ${place.caddy}`
  const ours = caddyfile
    .replaceAll('{$SMARTKET_DOMAIN:smartket.com}', domain)
    .replaceAll('{$PORT:3000}', '3000')
  return [
    file(place.caddy, ours, 0o644),
    isFree
      ? file(place.caddyMain, `import ${place.caddy}\n`, 0o644)
      : { kind: 'kept', path: place.caddyMain },
    file(place.caddyLogs, logrotateConf, 0o644),
    run(['caddy', 'validate', '--adapter', 'caddyfile', '--config', place.caddyMain], 'before it is used'),
  ]
}

const isExample = (text: string) =>
  /The Caddyfile is an easy way to configure your Caddy web server/.test(text)

function service(): Step[] {
  return [
    file(place.socketUnit, socketUnit, 0o644),
    file(place.serviceUnit, serviceUnit, 0o644),
    file(place.journal, journalConf, 0o644),
    run(['systemctl', 'daemon-reload'], 'the new units'),
    run(
      ['systemctl', 'enable', '--now', 'smartket.socket', 'smartket.service'],
      'SmartKet, now and at each start',
    ),
    run(['systemctl', 'reload-or-restart', 'caddy'], 'TLS and the three hosts'),
  ]
}

/** What no program can do. */
function leftFor(domain: string, found: Machine['found']): string[] {
  const main = found[place.caddyMain]
  const isTaken = main !== undefined && !isExample(main) && !main.includes(place.caddy)
  return [
    ...(isTaken
      ? [`Caddy already serves something here: add the line «import ${place.caddy}» to ${place.caddyMain}.`]
      : []),
    `DNS: A (and AAAA) records of ${domain}, app.${domain} and operador.${domain} to this machine.`,
    'The firewall: 80/tcp, 443/tcp and 443/udp open; nothing else but SSH.',
    `Mail, the store of copies, the operator's address: the lines with # in ${place.environment}.`,
    'smartket operators create EMAIL --name NAME, for the console.',
    'smartket doctor, until every line says ok.',
  ]
}

/** Six signs of what only the sheet says: whoever types them has it in her hand. */
export const codeOf = (masterKey: string) =>
  createHash('sha256').update(`recovery-sheet\0${masterKey.toLowerCase()}`).digest('hex').slice(0, 6)

function sheetOf(domain: string, masterKey: string): string {
  return [
    `SmartKet · recovery sheet of ${domain}. Print it, or write it down; keep it away from the server.`,
    '',
    `  Master key   ${masterKey}`,
    '  The two age keys that open the copies in the store (age-keygen; only their public halves are on the server):',
    '    1 ____________________________________   2 ____________________________________',
    "  The store's address, bucket and a key that may read: ____________________________________",
    '',
    '  A new server: install, put this master key and the store into its environment, then',
    '  smartket restore --all --from store --identity KEY   (docs/restore.md)',
    '',
    `  Check code   ${codeOf(masterKey)}`,
  ].join('\n')
}

const file = (path: string, text: string, mode: number, isSecret = false): Step => ({
  kind: 'file',
  path,
  mode,
  text,
  isSecret,
})
const run = (command: readonly string[], why: string): Step => ({ kind: 'run', command, why })
