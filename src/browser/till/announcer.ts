/** What a cashier who listens hears. Taps in a hurry join into the last state; errors interrupt, once. */
export type Announcer = { polite: (text: string) => void; assertive: (text: string) => void }

const joinMs = 500

export function makeAnnouncer(politeRegion: HTMLElement, assertiveRegion: HTMLElement): Announcer {
  let waiting: ReturnType<typeof setTimeout> | undefined
  return {
    polite: (text) => {
      clearTimeout(waiting)
      waiting = setTimeout(() => {
        politeRegion.textContent = text
      }, joinMs)
    },
    assertive: (text) => {
      clearTimeout(waiting)
      // The same sentence twice in a row is two events: emptied first so that it is spoken again.
      assertiveRegion.textContent = ''
      requestAnimationFrame(() => {
        assertiveRegion.textContent = text
      })
    },
  }
}
