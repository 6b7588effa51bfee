import type { RawDb, Statements } from './handles.ts'

declare const brand: unique symbol

/** smartket_admin_db, through an account that can reach nothing else. */
export type AdminDb = RawDb & { readonly [brand]: 'admin' }
export type AdminTx = Statements & { readonly [brand]: 'admin transaction' }
/** For queries that serve inside and outside a transaction. */
export type Admin = AdminDb | AdminTx

export const adminDb = (db: RawDb) => db as AdminDb
