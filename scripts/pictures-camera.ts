/** How a picture is taken: signed in, at rest, and for the landing as good as its bytes allow. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import type { Demo } from './pictures-demo.ts'

const root = join(import.meta.dirname, '..')
export const folders = { web: join(root, 'public/img'), docs: join(root, 'docs/pictures') }

export async function signedIn(browser: Browser, demo: Demo, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({
    locale: 'es-PE',
    timezoneId: 'America/Lima',
    reducedMotion: 'reduce',
    ...options,
  })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  await page.goto(`${demo.app}/ingresar`)
  await page.getByLabel('Correo').fill(demo.email)
  await page.getByLabel('Contraseña', { exact: true }).fill(demo.password)
  await page.getByRole('button', { name: 'Ingresar' }).click()
  await page.waitForURL((url) => url.pathname !== '/ingresar')
  return page
}

export async function png(page: Page, name: string): Promise<void> {
  await still(page)
  await page.screenshot({ path: join(folders.docs, `${name}.png`) })
}

type Web = {
  name: string
  maxBytes: number
  /** Of the page's pixels: the landing shows it smaller, and half the pixels are half the bytes. */
  scale: number
  of?: Locator
  /** The last thing of it that is worth its bytes. */
  until?: Locator
}

/** Tries from good to poor; the landing's 60 KB are the limit. */
export async function webp(page: Page, { name, maxBytes, scale, of, until }: Web): Promise<void> {
  await still(page)
  const size = page.viewportSize() ?? { width: 0, height: 0 }
  const box = (await of?.boundingBox()) ?? { x: 0, y: 0, ...size }
  const last = await until?.boundingBox()
  if (last) box.height = last.y + last.height + 32 - box.y
  const session = await page.context().newCDPSession(page)
  for (let quality = 90; quality >= 30; quality -= 5) {
    const clip = { ...box, scale }
    const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality, clip })
    const picture = Buffer.from(data, 'base64')
    if (picture.length > maxBytes) continue
    writeFileSync(join(folders.web, `${name}.webp`), picture)
    const shape = `${Math.round(box.width)} × ${Math.round(box.height)}`
    console.log(`${name}.webp: ${picture.length} bytes, quality ${quality}, of ${shape}`)
    return
  }
  throw new Error(`${name} does not fit into ${maxBytes} bytes`)
}

/**
 * Paper is black on white: with eight greys and nothing lost it is sharper and smaller than any photograph
 * of it. `scale` above 1 keeps it readable on a phone's dense screen.
 */
export async function paper(page: Page, name: string, of: Locator, maxBytes: number): Promise<void> {
  await still(page)
  const box = await of.boundingBox()
  if (!box) throw new Error(`${name} is not on the page`)
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'png',
    clip: { ...box, scale: 1.25 },
  })
  const empty = await page.context().newPage()
  const picture = Buffer.from(await empty.evaluate(inEightGreys, data), 'base64')
  await empty.close()
  if (picture.length > maxBytes) throw new Error(`${name} has ${picture.length} bytes`)
  writeFileSync(join(folders.web, `${name}.webp`), picture)
  console.log(
    `${name}.webp: ${picture.length} bytes, of ${Math.round(box.width)} × ${Math.round(box.height)}`,
  )
}

/** Runs in the browser, which is our image library: a PNG in, a lossless WebP out, both as base64. */
async function inEightGreys(png: string): Promise<string> {
  const image = new Image()
  image.src = `data:image/png;base64,${png}`
  await image.decode()
  const canvas = Object.assign(document.createElement('canvas'), {
    width: image.naturalWidth,
    height: image.naturalHeight,
  })
  const brush = canvas.getContext('2d')
  if (!brush) throw new Error('no canvas')
  brush.drawImage(image, 0, 0)
  const pixels = brush.getImageData(0, 0, canvas.width, canvas.height)
  for (let at = 0; at < pixels.data.length; at += 4) {
    const grey = Math.round(((pixels.data[at] ?? 0) / 255) * 7) * (255 / 7)
    pixels.data.fill(grey, at, at + 3)
  }
  brush.putImageData(pixels, 0, 0)
  return canvas.toDataURL('image/webp', 1).replace(/^.*,/, '')
}

/** No focus ring, no pressed button, nothing half drawn. */
async function still(page: Page): Promise<void> {
  await page.mouse.move(0, 0)
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await page.waitForLoadState('networkidle')
}
