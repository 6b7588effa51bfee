import { randomBytes } from 'node:crypto'
import { readlinkSync, writeFileSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { isSea } from 'node:sea'
import { install, readFound } from '#src/install/actions.ts'
import { valueIn } from '#src/install/environment.ts'
import { codeOf, planInstall } from '#src/install/install.ts'
import { place } from '#src/install/place.ts'
import { installTexts, stepText } from '#src/install/texts.ts'
import { assetText } from '#src/lib/assets.ts'
import { type Answer, Refusal } from '#src/process.ts'
import { commit, version } from '#src/version.ts'

type Options = { domain?: string; yes?: boolean; root?: string; confirmSheet?: string; json?: boolean }

const sheetFile = 'recovery-sheet.confirmed'

/** Everything on a fresh server. Without `--yes` it only says what it would do. */
export function installServer(options: Options): Answer {
  const root = options.root ?? '/'
  if (options.confirmSheet !== undefined) return confirmSheet(options.confirmSheet, root)
  const planned = planInstall(
    {
      domain: (options.domain ?? '').toLowerCase(),
      version,
      commit,
      memoryBytes: totalmem(),
      executable: isSea() ? process.execPath : null,
      found: readFound([place.environment, place.caddyMain], root),
      current: currentRelease(root),
      caddyfile: assetText('Caddyfile'),
    },
    {
      databasePassword: randomBytes(24).toString('base64url'),
      masterKey: randomBytes(32).toString('hex'),
      metricsToken: randomBytes(24).toString('base64url'),
    },
  )
  if (!planned.ok) throw new Refusal(installTexts[planned.problem], 2, planned.problem)
  const { steps, left, sheet } = planned
  const lines = steps.map(stepText)
  if (!options.yes) {
    const text = ['Nothing has been done yet. With --yes:', ...lines, '', 'Then, for you:', ...left].join(
      '\n',
    )
    return { data: { done: false, steps: lines, left }, text }
  }
  if (root === '/' && process.getuid?.() !== 0)
    throw new Refusal('Only root can install: sudo smartket install …')
  const said: string[] = []
  const done = install(steps, root, (step) => {
    said.push(stepText(step))
    if (!options.json) process.stdout.write(`${stepText(step)}\n`)
  })
  if (!done.ok)
    throw new Refusal(`${stepText(done.step)}\n${done.found}\nMend it and run the same again: it is safe.`)
  return finished(said, left, sheet, root)
}

/** Unfinished until somebody says that the sheet exists: a lost master key with a lost disk loses everybody. */
function finished(steps: string[], left: string[], sheet: string, root: string): Answer {
  const isConfirmed = sheetFile in namesOf(readFound([join(place.data, sheetFile)], root))
  const ask = isConfirmed
    ? []
    : ['', sheet, '', 'UNFINISHED until you have it on paper: smartket install --confirm-sheet CODE']
  return {
    data: { done: true, steps, left, isSheetConfirmed: isConfirmed },
    text: ['', 'For you:', ...left.map((one) => `  ${one}`), ...ask].join('\n'),
  }
}

function currentRelease(root: string): string | null {
  try {
    return readlinkSync(join(root, place.current))
  } catch {
    return null
  }
}

const namesOf = (found: Record<string, string>) =>
  Object.fromEntries(Object.keys(found).map((path) => [path.split('/').at(-1) ?? '', true]))

function confirmSheet(code: string, root: string): Answer {
  const key = valueIn(readFound([place.environment], root)[place.environment] ?? '', 'SMARTKET_MASTER_KEY')
  if (!key) throw new Refusal('There is no installation here yet: smartket install --domain DOMAIN --yes')
  if (code.trim().toLowerCase() !== codeOf(key))
    throw new Refusal('That is not the check code of the sheet: compare the master key, sign by sign.', 2)
  writeFileSync(join(root, place.data, sheetFile), `${new Date().toISOString()}\n`)
  return {
    data: { isSheetConfirmed: true },
    text: 'The recovery sheet is confirmed. The installation is finished.',
  }
}
