/** The server as one file, dist/server.mjs: what development runs and what the executable carries. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { buildAssets, root } from './assets.ts'

export const bundleFile = join(root, 'dist/server.mjs')

export async function buildServer(): Promise<void> {
  const result = await build({
    entryPoints: ['src/main.ts'],
    absWorkingDir: root,
    outfile: bundleFile,
    bundle: true,
    platform: 'node',
    target: 'node26',
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    loader: { '.svg': 'text' },
    define: { __VERSION__: JSON.stringify(version()), __COMMIT__: JSON.stringify(commit()) },
    banner: { js: commonJsBanner },
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'warning',
    write: false,
  })
  // Put in place whole: a process that starts meanwhile never reads half a bundle.
  mkdirSync(join(root, 'dist'), { recursive: true })
  for (const file of result.outputFiles) {
    writeFileSync(`${file.path}.${process.pid}`, file.contents)
    renameSync(`${file.path}.${process.pid}`, file.path)
  }
}

/** Some dependencies are CommonJS and expect what a module does not have. */
const commonJsBanner = [
  // Password hashing takes the thread pool; files must not wait behind it (only works before its first use).
  `process.env.UV_THREADPOOL_SIZE ??= '8'`,
  `import { createRequire as __createRequire } from 'node:module'`,
  `const require = __createRequire(import.meta.url)`,
  `const __filename = import.meta.filename ?? process.execPath`,
  `const __dirname = import.meta.dirname ?? '/'`,
].join('\n')

function version(): string {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version
}

/** A tree without git (a copy, an archive) is still built; it only cannot name its commit. */
function commit(): string {
  try {
    const git = (...args: string[]) =>
      execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
    return git('rev-parse', '--short', 'HEAD')
  } catch {
    return 'unknown'
  }
}

if (import.meta.main) {
  await Promise.all([buildAssets(), buildServer()]).catch((error: unknown) => {
    // esbuild has shown its own errors, with the lines that they are about.
    if (!(error instanceof Error && 'errors' in error)) throw error
    process.exit(1)
  })
}
