import { raw } from 'hono/html'
import { type IconName, icons } from './icons.ts'

/** Decoration: the word beside it says the same. Where there is no word the button carries an aria-label. */
export function Icon({ name }: { name: IconName }) {
  return raw(drawings[name])
}

const slim = (svg: string) => {
  const shapes = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'))
  const drawing = shapes.replace(/\s*\n\s*/g, '').replaceAll(' />', '/>')
  return `<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${drawing}</svg>`
}

const drawings = Object.fromEntries(Object.entries(icons).map(([name, svg]) => [name, slim(svg)])) as Record<
  IconName,
  string
>
