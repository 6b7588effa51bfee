import { readFileSync } from 'node:fs'

/** `import icon from 'lucide-static/icons/x.svg'` is the file's text, in tests as in the bundle. */
export const svgAsText = {
  name: 'svg-as-text',
  enforce: 'pre' as const,
  load(id: string) {
    const file = id.replace(/\?.*$/, '')
    return file.endsWith('.svg') ? `export default ${JSON.stringify(readFileSync(file, 'utf8'))}` : null
  },
}
