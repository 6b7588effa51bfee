/**
 * Everything that the program reads at run time and that is no code: css and js for the browser,
 * pictures, migrations, workers. Written to dist/assets with a manifest, so that the same names work
 * beside the bundle and inside the executable.
 */
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, extname, join, relative } from 'node:path'
import { type BuildOptions, build } from 'esbuild'

export const root = join(import.meta.dirname, '../..')
const finished = join(root, 'dist/assets')

/** The oldest browsers in which the till works. */
const browsers = ['chrome106', 'firefox102', 'safari15']

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.sql': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
}

type Asset = { name: string; content: Uint8Array; isPublic: boolean; path?: string }
type ManifestEntry = { path: string; type: string; file: string; public: boolean }

export async function buildAssets(): Promise<number> {
  const assets = (await Promise.all([styles(), scripts(), workers(), copies()])).flat()
  const manifest: Record<string, ManifestEntry> = {}
  const draft = `${finished}.${process.pid}`
  try {
    for (const asset of assets.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      manifest[asset.name] = {
        path: asset.isPublic ? (asset.path ?? hashedPath(asset)) : '',
        type: types[extname(asset.name)] ?? 'application/octet-stream',
        file: asset.name,
        public: asset.isPublic,
      }
      write(join(draft, asset.name), asset.content)
    }
    write(join(draft, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`)
    replaceFolder(draft, finished)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
  return assets.length
}

async function styles(): Promise<Asset[]> {
  const entryPoints = files('public/css/entry/*.css')
  const outputs = await bundle({
    entryPoints,
    minify: true,
    target: browsers,
    loader: { '.svg': 'file', '.png': 'file', '.webp': 'file', '.woff2': 'file' },
    assetNames: 'css-files/[name].[hash]',
    publicPath: '/assets',
  })
  return outputs.map((output) => {
    const isEntry = output.name.endsWith('.css')
    return { ...output, isPublic: true, ...(isEntry ? {} : { path: `/assets/${output.name}` }) }
  })
}

async function scripts(): Promise<Asset[]> {
  const entryPoints = files('src/browser/*.ts').filter((file) => !/\.(test|d)\.ts$/.test(file))
  const outputs = await bundle({ entryPoints, minify: true, target: browsers, format: 'iife' })
  return outputs.map((output) => ({ ...output, isPublic: true }))
}

/** CommonJS, because `new Worker(code, { eval: true })` runs a script. */
async function workers(): Promise<Asset[]> {
  const entryPoints = files('src/**/*.worker.ts')
  const outputs = await bundle({ entryPoints, platform: 'node', target: 'node26', format: 'cjs' })
  return outputs.map((output) => ({
    ...output,
    name: `workers/${basename(output.name).replace('.worker.js', '.js')}`,
    isPublic: false,
  }))
}

function copies(): Asset[] {
  const read = (file: string) => readFileSync(join(root, file))
  const pictures = files('public/{img,icons}/**/*.*')
  const migrations = files('drizzle/{admin,tenant}/*.sql')
  return [
    { name: 'htmx.min.js', content: read('node_modules/htmx.org/dist/htmx.min.js'), isPublic: true },
    ...pictures.map((file) => ({ name: relative('public', file), content: read(file), isPublic: true })),
    // What «smartket install» writes on a server.
    { name: 'Caddyfile', content: read('Caddyfile'), isPublic: false },
    ...migrations.map((file) => ({
      name: file.replace('drizzle/', 'migrations/'),
      content: read(file),
      isPublic: false,
    })),
  ]
}

async function bundle(options: BuildOptions & { entryPoints: string[] }) {
  if (options.entryPoints.length === 0) return []
  const outdir = join(root, 'dist/none')
  const result = await build({
    bundle: true,
    absWorkingDir: root,
    write: false,
    outdir,
    logLevel: 'warning',
    ...options,
  })
  return (result.outputFiles ?? []).map((file) => ({
    name: outputName(outdir, file.path),
    content: file.contents,
  }))
}

/** esbuild puts outputs at the lowest common folder of its entries; the manifest knows plain names. */
function outputName(outdir: string, path: string): string {
  const name = relative(outdir, path)
  return name.startsWith('css-files/') ? name : basename(name)
}

function hashedPath(asset: Asset): string {
  const hash = createHash('sha256').update(asset.content).digest('hex').slice(0, 8)
  const extension = extname(asset.name)
  return `/assets/${asset.name.slice(0, -extension.length)}.${hash}${extension}`
}

function files(pattern: string): string[] {
  return globSync(pattern, { cwd: root }).toSorted()
}

function write(path: string, content: Uint8Array | string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

/** A running server keeps reading the old folder until the moment the new one stands in its place. */
function replaceFolder(draft: string, target: string): void {
  const old = `${target}.old.${process.pid}`
  if (existsSync(target)) renameSync(target, old)
  renameSync(draft, target)
  rmSync(old, { recursive: true, force: true })
}

if (import.meta.main) console.log(`dist/assets: ${await buildAssets()} files`)
