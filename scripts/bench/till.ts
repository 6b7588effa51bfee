import type { CDPSession, Page } from 'playwright-core'
import type { Bench } from './place.ts'
import { openShop } from './shop.ts'
import { atMost, median, type Row } from './table.ts'

/** What a cashier feels, in a real browser: taps and scans with the CPU slowed 6×, opening, charging. */
export async function till(bench: Bench): Promise<Row[]> {
  const shop = await openShop(bench, { productCount: 2000 })
  const context = await bench.browser.newContext({ viewport: { width: 1366, height: 625 } })
  const [name = '', value = ''] = shop.cookie.split('=')
  await context.addCookies([{ name, value, url: bench.app.app }])
  const page = await context.newPage()
  const rows = [
    ...(await opening(page, bench)),
    ...(await charging(page, bench)),
    ...(await taps(page, bench)),
  ]
  await context.close()
  return rows
}

/** Warm: the browser has been here before. The yardstick is our plainest page, opened the same way. */
async function opening(page: Page, bench: Bench): Promise<Row[]> {
  const open = async (path: string, ready: string) => {
    const times: number[] = []
    for (let i = 0; i < 8; i++) {
      await page.goto(bench.app.app + path)
      await page.waitForSelector(ready)
      times.push(
        await page.evaluate(
          () =>
            performance.getEntriesByName('till-ready')[0]?.startTime ??
            (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming)
              .domContentLoadedEventEnd,
        ),
      )
    }
    return median(times.slice(2))
  }
  await page.goto(`${bench.app.app}/pos`)
  await page.waitForLoadState('networkidle')
  const value = await open('/pos', '.tile')
  const yardstick = { name: 'opening /recuperar', value: await open('/recuperar', 'form') }
  return [
    atMost(100, {
      name: 'warm open of the till, 2,000 products (median of 6)',
      value,
      unit: 'ms',
      yardstick,
    }),
  ]
}

/** From the tap on a note to the ticket in the page; the yardstick is one empty request from the same page. */
async function charging(page: Page, bench: Bench): Promise<Row[]> {
  await page.goto(`${bench.app.app}/pos`)
  await page.waitForFunction(() => customElements.get('sk-till') !== undefined)
  const times: number[] = []
  const empty: number[] = []
  for (let i = 0; i < 20; i++) {
    await page.locator('.tile').first().click()
    await page.waitForFunction(() => document.querySelector('.tile-count')?.textContent === '1')
    await page.keyboard.press('F2')
    const exact = page.getByRole('button', { name: 'Cobrar exacto' })
    await exact.waitFor()
    times.push(await exact.evaluate(timeToTicket))
    empty.push(await page.evaluate(timeOfNothing))
    // Half a second in which the till takes a press for the second half of a double one.
    await page.waitForTimeout(600)
  }
  const yardstick = { name: 'GET /healthz from the page', value: median(empty) }
  return [
    atMost(40, {
      name: 'charge → ticket on screen (median of 20)',
      value: median(times),
      unit: 'ms',
      yardstick,
    }),
  ]
}

const timeOfNothing = async () => {
  const started = performance.now()
  await (await fetch('/healthz')).text()
  return performance.now() - started
}

const timeToTicket = (button: Element) =>
  new Promise<number>((resolve) => {
    const before = document.querySelector('article.ticket')
    const started = performance.now()
    new MutationObserver((_changes, observer) => {
      const ticket = document.querySelector('article.ticket')
      if (!ticket || ticket === before) return
      observer.disconnect()
      resolve(performance.now() - started)
    }).observe(document.body, { childList: true, subtree: true })
    ;(button as HTMLElement).click()
  })

/** CPU slowed 6×: the work between a tap or a scan and its line, style and layout included; no request may go out. */
async function taps(page: Page, bench: Bench): Promise<Row[]> {
  await page.goto(`${bench.app.app}/pos`)
  await page.waitForLoadState('networkidle')
  const cdp: CDPSession = await page.context().newCDPSession(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 6 })
  let requests = 0
  page.on('request', (request) => {
    // Chromium fetches the page's icon for itself, when it likes.
    if (!request.url().includes('/assets/icons/')) requests += 1
  })
  const nothing = median(await page.evaluate(emptyTaps))
  const tapped = await page.evaluate(timeTaps)
  const scanned = await page.evaluate(
    timeScans,
    [7_750_000_000_100, 7_750_000_001_500, 7_750_000_000_777].map(String),
  )
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  page.removeAllListeners('request')
  const yardstick = { name: 'an empty tap, 6×', value: nothing }
  return [
    atMost(16, { name: 'tap → line, CPU 6× (median of 30)', value: median(tapped), unit: 'ms', yardstick }),
    atMost(16, { name: 'scan → line, CPU 6× (median of 30)', value: median(scanned), unit: 'ms', yardstick }),
    atMost(0, { name: 'requests during 60 taps and scans', value: requests, unit: 'requests' }),
  ]
}

/** A text written by hand and its layout: the least that a screen can do about a tap. */
const emptyTaps = () => {
  const mark = document.body.appendChild(document.createElement('p'))
  // A hundred at a time: one alone is shorter than a step of the browser's clock.
  const times = Array.from({ length: 30 }, () => {
    const started = performance.now()
    for (let i = 0; i < 100; i++) {
      mark.textContent = String(i)
      void mark.offsetHeight
    }
    return (performance.now() - started) / 100
  })
  mark.remove()
  return times
}

const timeTaps = () => {
  const tiles = [...document.querySelectorAll<HTMLElement>('.tile')].slice(0, 30)
  return tiles.map((tile) => {
    const started = performance.now()
    tile.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))
    tile.click()
    void document.body.offsetHeight
    return performance.now() - started
  })
}

/** Keys as fast as a scanner's; only the Enter that adds the line is timed. */
const timeScans = async (codes: string[]) => {
  const press = (key: string) =>
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  const times: number[] = []
  for (let i = 0; i < 30; i++) {
    for (const digit of codes[i % codes.length] ?? '') press(digit)
    const started = performance.now()
    press('Enter')
    void document.body.offsetHeight
    times.push(performance.now() - started)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return times
}
