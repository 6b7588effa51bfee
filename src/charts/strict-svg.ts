import { chartColours } from '#src/charts/chart.ts'

/**
 * An SVG that our content security policy lets through: without <style>, with every `style=` as the presentation
 * attributes that mean the same. `name` makes its ids its own among the charts of a page; our colours become the
 * stylesheet's. Only for what echarts has written: its texts are escaped, so that a tag is a tag.
 */
export function strictSvg(svg: string, name: string): string {
  return svg
    .replace(/<style\b[^>]*>[\s\S]*?<\/style>/g, '')
    .replace(/<[a-z][^<>]*>/gi, (tag) => strictTag(tag, name))
    .replace(/\n+/g, '\n')
}

function strictTag(tag: string, name: string): string {
  return tag
    .replace(/\s(?:class|ecmeta_[\w-]+|on\w+)="[^"]*"/g, '')
    .replace(/\sstyle="([^"]*)"/g, (_whole, style: string) => asAttributes(style))
    .replace(/\bzr\d+-/g, `${name}-`)
    .replace(/\b(fill|stroke)="(#[0-9a-f]{6})"/gi, (whole, attribute: string, hex: string) => {
      const token = tokens.get(hex.toLowerCase())
      return token ? `${attribute}="var(${token})"` : whole
    })
}

const tokens = new Map<string, string>(Object.values(chartColours).map(({ hex, token }) => [hex, token]))

/** `font-size:12px;cursor:pointer` → ` font-size="12px"`: what is no attribute of a drawing is left out. */
function asAttributes(style: string): string {
  return style
    .replaceAll('&quot;', "'")
    .split(';')
    .map((rule) => /^\s*([a-z-]+)\s*:\s*(.+?)\s*$/i.exec(rule))
    .flatMap((match) => (match && presentation.has(match[1] ?? '') ? [` ${match[1]}="${match[2]}"`] : []))
    .join('')
}

const presentation = new Set([
  'dominant-baseline',
  'fill',
  'fill-opacity',
  'font-family',
  'font-size',
  'font-style',
  'font-weight',
  'letter-spacing',
  'opacity',
  'stroke',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'stroke-opacity',
  'stroke-width',
  'text-anchor',
  'visibility',
])
