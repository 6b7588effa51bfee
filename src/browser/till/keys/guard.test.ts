import { describe, expect, it } from 'vitest'
import { makeGuard } from './guard.ts'

const here = { x: 200, y: 600 }
const near = { x: 214, y: 608 }
const elsewhere = { x: 60, y: 240 }

describe('two presses in one place', () => {
  it('never take money, however much later the second one comes', () => {
    const guard = makeGuard()
    guard.opened(here)
    guard.pressed(near)
    expect(guard.mayCharge()).toBe(false)
    guard.pressed(here)
    expect(guard.mayCharge()).toBe(false)
  })

  it('are no longer two once anything else was pressed or typed', () => {
    const pressed = makeGuard()
    pressed.opened(here)
    pressed.pressed(elsewhere)
    pressed.pressed(here)
    expect(pressed.mayCharge()).toBe(true)
    const typed = makeGuard()
    typed.opened(here)
    typed.typed('5')
    expect(typed.mayCharge()).toBe(true)
  })

  it('count for Enter on «Cobrar» too, and not for scan, F2, Enter', () => {
    const guard = makeGuard()
    guard.opened('Enter')
    guard.typed('Enter')
    expect(guard.mayCharge()).toBe(false)
    guard.opened(null)
    guard.typed('Enter')
    expect(guard.mayCharge()).toBe(true)
  })
})

describe('a click without a pointer or a key', () => {
  it('is let go by another button, or by a moment', () => {
    let now = 0
    const guard = makeGuard(() => now)
    const [charge, exact] = [{}, {}]
    guard.opened({ button: charge })
    guard.clicked(charge)
    expect(guard.mayCharge()).toBe(false)
    guard.clicked(exact)
    expect(guard.mayCharge()).toBe(true)
    guard.opened({ button: charge })
    guard.typed('Enter')
    expect(guard.mayCharge()).toBe(false)
    now = 500
    expect(guard.mayCharge()).toBe(true)
  })
})

describe('the second half of the press that charged', () => {
  it('is the same place or the same key, within half a second', () => {
    let now = 0
    const guard = makeGuard(() => now)
    guard.pressed(here)
    guard.sent()
    now = 300
    guard.charged()
    expect(guard.isEcho(near)).toBe(true)
    expect(guard.isEcho(elsewhere)).toBe(false)
    expect(guard.isEcho('Enter')).toBe(false)
    now = 801
    expect(guard.isEcho(near)).toBe(false)
    guard.typed('Enter')
    guard.sent()
    guard.charged()
    expect(guard.isEcho('Enter')).toBe(true)
    expect(guard.isEcho(here)).toBe(false)
  })
})
