import { describe, expect, it } from 'vitest'
import { commandFor, type Key, type Screen } from './keys.ts'

const press = (screen: Screen, key: string, more: Partial<Key> = {}) =>
  commandFor(screen, {
    key,
    ctrl: false,
    alt: false,
    inField: false,
    inSearch: false,
    inEmptySearch: false,
    onButton: false,
    ...more,
  })

describe("the till's keys", () => {
  it('go to the payment with F2 or Ctrl+Enter', () => {
    expect(press('order', 'F2')).toEqual({ do: 'charge-screen' })
    expect(press('order', 'Enter', { ctrl: true })).toEqual({ do: 'charge-screen' })
  })

  it('never charge with F2: in the payment it only asks for the payment again', () => {
    expect(press('payment', 'F2')).toEqual({ do: 'charge-screen' })
    expect(press('payment', 'Enter')).toEqual({ do: 'confirm' })
  })

  it.each(['F3', 'F5', 'F6', 'F7', 'F10', 'F11', 'F12'])('leave %s to the browser', (key) => {
    expect(press('order', key)).toBeNull()
    expect(press('payment', key)).toBeNull()
  })

  it('search with any letter, and with + and − step the open line', () => {
    expect(press('order', 'm')).toEqual({ do: 'search' })
    expect(press('order', '+')).toEqual({ do: 'more' })
    expect(press('order', '-', { inField: true, inSearch: true, inEmptySearch: true })).toEqual({
      do: 'less',
    })
    expect(press('order', '+', { inField: true, inSearch: true })).toBeNull()
  })

  it('leave the quantity’s own field alone', () => {
    expect(press('order', '5', { inField: true })).toBeNull()
    expect(press('order', 'Delete', { inField: true })).toBeNull()
  })

  it('choose the method with E, Y, P and T, but not inside the operation number', () => {
    expect(press('payment', 'y')).toEqual({ do: 'method', method: 'yape' })
    expect(press('payment', 'T')).toEqual({ do: 'method', method: 'tarjeta' })
    expect(press('payment', 'y', { inField: true })).toBeNull()
    expect(press('order', 'y')).toEqual({ do: 'search' })
  })

  it('press the button that has the focus instead of charging', () => {
    expect(press('payment', 'Enter', { onButton: true })).toBeNull()
  })

  it('go one step back with Esc from anywhere', () => {
    for (const screen of ['order', 'payment', 'charged'] as const) {
      expect(press(screen, 'Escape', { inField: true })).toEqual({ do: 'back' })
    }
  })
})
