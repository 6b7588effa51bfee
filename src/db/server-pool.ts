import { setTimeout as pause } from 'node:timers/promises'
import type { Connection } from 'mysql2/promise'
import type { Account } from './accounts.ts'
import { DatabaseBusy, isConnectionLost, isFull } from './errors.ts'
import { checkSlot, holderOf, openSlot, resetSlot, type Slot, setUp, switchSlot } from './pool-slot.ts'
import type { ServerAddress } from './server-address.ts'

export type PoolOptions = {
  server: ServerAddress
  /** Connections at most, whatever the number of tenants. */
  connections: number
  /** Of these at most so many for one account, so that one busy shop does not stop the others. */
  perAccount: number
  /** How long a request waits for a connection before it is told that the database is busy. */
  waitMs?: number
  /** After so long without use a connection is asked whether it still lives. */
  pingAfterMs?: number
}

/** A connection on loan. `release` is called exactly once and never throws. */
export type Loan = {
  connection: Connection
  /** With `reset` the session starts afresh: what a transaction may have left behind is gone. */
  release(after: { reset: boolean; error?: unknown }): Promise<void>
}

type Turn = { slot: Slot | null }
type Waiter = { account: Account; go(turn: Turn): void }

/**
 * Bounded connections to ONE database server, lent to any account. A connection keeps the account it last
 * served and goes back to it if it can; otherwise it is switched with COM_CHANGE_USER, which leaves nothing
 * of the session before. Never `USE` and never server-side prepared statements: both read the wrong
 * tenant without a word (MARIADB.md, traps 1 and 4).
 */
export class ServerPool {
  readonly stats = { connects: 0, switches: 0, destroyed: 0, timeouts: 0 }
  readonly #options: Required<PoolOptions>
  readonly #idle: Slot[] = []
  readonly #inUse = new Map<string, number>()
  readonly #waiters = new Set<Waiter>()
  #size = 0
  #isClosed = false

  constructor(options: PoolOptions) {
    this.#options = { waitMs: 5000, pingAfterMs: 30_000, ...options }
  }

  /** For whoever watches: what is open, who waits, and how often a wait was given up. */
  get figures() {
    const { timeouts, switches } = this.stats
    return { connections: this.#size, waiting: this.#waiters.size, timeouts, switches }
  }

  /** Throws DatabaseBusy when no connection is free within `waitMs`. */
  async borrow(account: Account): Promise<Loan> {
    const deadline = Date.now() + this.#options.waitMs
    for (;;) {
      const turn = await this.#turn(account, deadline)
      try {
        return this.#lend(account, await this.#ready(account, turn))
      } catch (error) {
        this.#drop(turn.slot)
        this.#giveBack(account)
        const wasStale = turn.slot !== null && isConnectionLost(error)
        if (!wasStale && !isFull(error)) throw error
        if (Date.now() >= deadline) throw this.#busy()
        if (isFull(error)) await pause(20 + Math.random() * 60)
      }
    }
  }

  /** Idle connections end at once, those on loan when they come back. */
  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all(this.#idle.splice(0).map((slot) => slot.connection.end().catch(() => this.#drop(slot))))
  }

  /** Waits for the right to use a slot: an idle one, or (null) a connection yet to be opened. */
  #turn(account: Account, deadline: number): Promise<Turn> {
    if (this.#isClosed) throw new DatabaseBusy('the pool is closed')
    const turn = this.#take(account)
    if (turn) return Promise.resolve(turn)
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiters.delete(waiter)
        reject(this.#busy())
      }, deadline - Date.now())
      const waiter: Waiter = {
        account,
        go(turn) {
          clearTimeout(timer)
          resolve(turn)
        },
      }
      this.#waiters.add(waiter)
    })
  }

  /** Counts the slot as used before anyone else can run, so that the limits hold without a lock. */
  #take(account: Account): Turn | null {
    const used = this.#inUse.get(account.user) ?? 0
    if (used >= this.#options.perAccount) return null
    const own = this.#idle.findLastIndex((slot) => slot.holder === holderOf(account))
    let slot: Slot | null
    if (own >= 0) slot = this.#idle.splice(own, 1)[0] ?? null
    else if (this.#size < this.#options.connections) slot = null
    else if (this.#idle.length > 0) slot = this.#idle.shift() ?? null
    else return null
    if (!slot) this.#size++
    this.#inUse.set(account.user, used + 1)
    return { slot }
  }

  /** Makes the slot the account's. Fills `turn.slot` as soon as there is a connection to be destroyed. */
  async #ready(account: Account, turn: Turn): Promise<Slot> {
    const { pingAfterMs } = this.#options
    if (!turn.slot) {
      turn.slot = await this.#opened(account)
      await setUp(turn.slot, account)
      return turn.slot
    }
    const isOurs = turn.slot.holder === holderOf(account)
    await checkSlot(turn.slot, isOurs ? pingAfterMs : Number.POSITIVE_INFINITY)
    if (isOurs) return turn.slot
    this.stats.switches++
    await switchSlot(turn.slot, account)
    return turn.slot
  }

  async #opened(account: Account): Promise<Slot> {
    this.stats.connects++
    try {
      return await openSlot(this.#options.server, account)
    } catch (error) {
      this.#size--
      throw error
    }
  }

  #lend(account: Account, slot: Slot): Loan {
    let isBack = false
    return {
      connection: slot.connection,
      release: async ({ reset, error }) => {
        if (isBack) return
        isBack = true
        if (isConnectionLost(error)) slot.isDead = true
        if (reset && !slot.isDead) await resetSlot(slot, account)
        slot.usedAt = Date.now()
        if (slot.isDead || this.#isClosed) this.#drop(slot)
        else this.#idle.push(slot)
        this.#giveBack(account)
      },
    }
  }

  #drop(slot: Slot | null): void {
    if (!slot) return
    this.#size--
    this.stats.destroyed++
    slot.connection.destroy()
  }

  #giveBack(account: Account): void {
    const left = (this.#inUse.get(account.user) ?? 1) - 1
    if (left > 0) this.#inUse.set(account.user, left)
    else this.#inUse.delete(account.user)
    for (const waiter of this.#waiters) {
      const turn = this.#take(waiter.account)
      if (!turn) continue
      this.#waiters.delete(waiter)
      waiter.go(turn)
    }
  }

  #busy(): DatabaseBusy {
    this.stats.timeouts++
    return new DatabaseBusy('no database connection became free in time')
  }
}
