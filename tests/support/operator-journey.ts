import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { inject } from 'vitest'
import { codeAt } from '#src/operator/totp.ts'
import { operator, password } from './journey.ts'

const program = join(import.meta.dirname, '..', '..', 'dist', 'server.mjs')

/** `smartket operators …` beside the running server, as on the VPS. */
export function smartketOperators(args: string[], input?: string): string {
  const env = { ...process.env, SMARTKET_DATA: inject('data'), DATABASE_URL: '' }
  return execFileSync(process.execPath, [program, 'operators', ...args], { env, input, encoding: 'utf8' })
}

let people = 0

/** Olga, made on the command line; her telephone is `secret`. */
export function newOperator() {
  people += 1
  const email = `olga-${process.pid}-${people}@smartket.test`
  const args = ['create', email, '--name', 'Olga', '--password-stdin', '--json']
  const made = JSON.parse(smartketOperators(args, `${password}\n`)) as {
    otpauth: string
    recoveryCodes: string[]
  }
  const secret = new URL(made.otpauth).searchParams.get('secret') ?? ''
  return { email, secret, recoveryCodes: made.recoveryCodes, code: () => codeAt(secret, new Date()) }
}

/** Signs a fresh Olga in to the console, and goes to this page of it. */
export async function signInAsOperator(page: Page, path = '/') {
  const olga = newOperator()
  await page.goto(operator() + path)
  await page.getByLabel('Correo').fill(olga.email)
  await page.getByLabel('Contraseña').fill(password)
  await page.getByLabel('Código').fill(olga.code())
  await page.getByRole('button', { name: 'Ingresar' }).click()
  await page.waitForURL(operator() + path)
  return olga
}
