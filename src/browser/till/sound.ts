import { readLocal, writeLocal } from './local.ts'

/** Two beeps that tell a scan from a miss without looking. Off is remembered on this device. */
export type Sound = {
  found: () => void
  notFound: () => void
  isOn: () => boolean
  turn: (on: boolean) => void
}

const storageKey = 'smartket.sound'

export function makeSound(): Sound {
  let context: AudioContext | null = null
  let on = readLocal(storageKey) !== 'off'

  const beep = (hertz: number, seconds: number) => {
    if (!on || typeof AudioContext === 'undefined') return
    // Made on the first beep: browsers refuse sound before the first press.
    context ??= new AudioContext()
    void context.resume()
    const tone = context.createOscillator()
    const volume = context.createGain()
    tone.frequency.value = hertz
    volume.gain.value = 0.08
    tone.connect(volume).connect(context.destination)
    tone.start()
    tone.stop(context.currentTime + seconds)
  }
  return {
    found: () => beep(1760, 0.06),
    notFound: () => beep(220, 0.25),
    isOn: () => on,
    turn: (next) => {
      on = next
      writeLocal(storageKey, next ? 'on' : 'off')
    },
  }
}
