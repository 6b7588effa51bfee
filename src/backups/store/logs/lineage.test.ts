import { expect, test } from 'vitest'
import { chainFrom, lineageOf, nameIn } from './lineage.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 8, minute))
const log = (name: string, minute: number) => ({ name, storedAt: at(minute) })
const names = (logs: { name: string }[]) => logs.map(({ name }) => name)

test('a name says which server wrote it', () => {
  expect(lineageOf('binlog.000007')).toEqual({ file: 'binlog.000007', lineage: 1 })
  expect(lineageOf('binlog.000007~3')).toEqual({ file: 'binlog.000007', lineage: 3 })
  expect([nameIn('b.000001', 1), nameIn('b.000001', 2)]).toEqual(['b.000001', 'b.000001~2'])
})

test('the chain goes on from the log of the copy until the first gap', () => {
  const logs = [log('b.000009', 5), log('b.000010', 10), log('b.000011', 15), log('b.000013', 25)]
  expect(names(chainFrom(logs, 'b.000009', at(3)))).toEqual(['b.000009', 'b.000010', 'b.000011'])
  expect(chainFrom(logs, 'b.000012', at(3))).toEqual([])
  expect(names(chainFrom([log('b.999999', 1), log('b.1000000', 2)], 'b.999999', at(0)))).toHaveLength(2)
})

test('of two servers with the same names it stays with the one that made the copy', () => {
  const logs = [log('b.000001', 5), log('b.000001~2', 40), log('b.000002', 10), log('b.000002~2', 45)]
  expect(names(chainFrom(logs, 'b.000001', at(1)))).toEqual(['b.000001', 'b.000002'])
  expect(names(chainFrom(logs, 'b.000001', at(30)))).toEqual(['b.000001~2', 'b.000002~2'])
  expect(chainFrom(logs, 'b.000001', at(51))).toEqual([])
})
