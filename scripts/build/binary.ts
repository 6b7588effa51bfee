/** dist/smartket: one executable with Node, the server and every asset inside. */
import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildAssets, root } from './assets.ts'
import { buildServer, bundleFile } from './server.ts'

const executable = join(root, 'dist/smartket')

await Promise.all([buildAssets(), buildServer()])
const draft = `${executable}.${process.pid}`
const recipe = join(root, `dist/sea.${process.pid}.json`)
try {
  // The project's own Node, whatever runs this script.
  const base = join(root, 'node_modules/node/bin/node')
  writeFileSync(
    recipe,
    JSON.stringify({
      main: bundleFile,
      mainFormat: 'module',
      executable: base,
      output: draft,
      disableExperimentalSEAWarning: true,
      useCodeCache: false,
      assets: assetFiles(),
    }),
  )
  execFileSync(base, [`--build-sea=${recipe}`], { stdio: ['ignore', 'ignore', 'inherit'] })
  chmodSync(draft, 0o755)
  renameSync(draft, executable)
} finally {
  rmSync(draft, { force: true })
  rmSync(recipe, { force: true })
}
console.log(`dist/smartket: ${Math.round(statSync(executable).size / 1_000_000)} MB`)

/** Each file under the name by which the program asks for it. */
function assetFiles(): Record<string, string> {
  const folder = join(root, 'dist/assets')
  const names = Object.keys(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')))
  return Object.fromEntries(['manifest.json', ...names].map((name) => [name, join(folder, name)]))
}
