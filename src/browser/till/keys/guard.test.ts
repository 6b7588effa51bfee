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
