import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getAsset, isSea } from 'node:sea'

/**
 * The only door to files: what the browser fetches, migrations, workers. In the executable they are
 * inside it; in development and tests they lie in dist/assets, made by scripts/build/assets.ts.
 */
export type Asset = { file: string; path: string; type: string; public: boolean }

const folder = [import.meta.dirname, join(import.meta.dirname, '..', '..', 'dist')]
  .map((parent) => join(parent, 'assets'))
  .find((candidate) => existsSync(join(candidate, 'manifest.json')))

export function assetBytes(file: string): Buffer {
  if (isSea()) return Buffer.from(getAsset(file) as ArrayBuffer)
  if (!folder) throw new Error('dist/assets is missing: run node scripts/build/assets.ts')
  return readFileSync(join(folder, file))
}

export const assetText = (file: string) => assetBytes(file).toString('utf8')

let manifest: Record<string, Asset> | undefined

/** Every asset by its name: `app.css`, `till.js`, `migrations/tenant/0000_start.sql`, `workers/parse.js`. */
export function assets(): Record<string, Asset> {
  manifest ??= Object.fromEntries(
    Object.entries(
      JSON.parse(assetText('manifest.json')) as Record<string, Omit<Asset, 'public'> & { public?: boolean }>,
    ).map(([name, asset]) => [name, { ...asset, public: asset.public !== false }]),
  )
  return manifest
}

/** The fingerprinted address of something the browser fetches: it may be cached for ever. */
export function assetUrl(name: string): string {
  const asset = assets()[name]
  if (!asset?.public) throw new Error(`no such asset: ${name}`)
  return asset.path
}
