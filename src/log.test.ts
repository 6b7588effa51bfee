import { DrizzleQueryError } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { createLog } from '#src/log.ts'

function written(act: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = []
  act(createLog({ logLevel: 'info' }, { write: (line) => lines.push(line) }))
  return lines.join('')
}

test('what opens a door is not in the log', () => {
  const text = written((log) => {
    log.info(
      { password: 'pollo a la brasa', request: { pin: '4821', headers: { cookie: 'session=abc' } } },
      'x',
    )
    log.info({ path: '/recuperar/Zx81kQpLmN02vbTy77aa?correo=rosa@example.test' }, 'y')
  })
  expect(text).toContain('/recuperar/[secret]')
  expect(text).not.toMatch(/pollo a la brasa|4821|session=abc|Zx81kQ|rosa@/)
})

test("a failed query is logged without its parameters or the server's quotes of them", () => {
  const cause = Object.assign(new Error("Duplicate entry 'rosa@example.test' for key 'users_email'"), {
    errno: 1062,
    sql: 'insert …',
  })
  const text = written((log) =>
    log.error({ err: new DrizzleQueryError('insert into users', ['rosa@example.test'], cause) }, 'failed'),
  )
  expect(text).toContain('1062')
  expect(text).not.toContain('rosa@')
})
