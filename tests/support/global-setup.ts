import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startTestServer } from './server.ts'

const root = join(import.meta.dirname, '../..')

/** One database server for the whole run, gone with it. */
export default async function setup(project: TestProject) {
  buildAssets()
  const server = await startTestServer()
  project.provide('testServer', server.address)
  return () => server.stop()
}

/** Migrations are read as assets. A bundle that does not build fails its own tests, not everybody's. */
function buildAssets(): void {
  try {
    execFileSync(process.execPath, [join(root, 'scripts/build/assets.ts')], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  } catch (error) {
    if (!existsSync(join(root, 'dist/assets/manifest.json'))) throw error
  }
}

declare module 'vitest' {
  interface ProvidedContext {
    testServer: { socketPath: string; user: string; password: string }
  }
}
