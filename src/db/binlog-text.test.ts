import { describe, expect, test } from 'vitest'
import { logFilter } from './binlog-text.ts'

const pass = (text: string, isFromFirstDay = false) => {
  const filter = logFilter('db_cliente_3', { file: 'binlog.000001', offset: 4 }, isFromFirstDay)
  const lines = text.split('\n').flatMap((line) => filter.take(line))
  return { lines, seen: filter.seen }
}

const row = `#261123  9:06:00 server id 1  end_log_pos 1068 CRC32 0xa8fae01e \tTable_map: \`db_cliente_3\`.\`sales\` mapped to number 18
#261123  9:06:00 server id 1  end_log_pos 1121 CRC32 0x5315f5f9 \tWrite_rows: table id 18 flags: STMT_END_F

BINLOG '
+AEEaxMBAAAALwAAACwEAAAAABIAAAAAAAEABGRiX2EAAXQAAgMPAlAAAh7g+qg=
'/*!*/;
# Number of rows: 1`
const query = `#261123  9:06:01 server id 1  end_log_pos 1101 CRC32 0x8da8a51c \tQuery\tthread_id=4\texec_time=0\terror_code=0\txid=16`
const transaction = (inside: string) => `START TRANSACTION
/*!*/;
# at 953
${inside}
COMMIT/*!*/;`

describe('of the binary log', () => {
  test('a sale is replayed, without its comments', () => {
    const { lines, seen } = pass(transaction(row))
    expect(lines[0]).toBe('START TRANSACTION')
    expect(lines.at(-1)).toBe('COMMIT/*!*/;')
    expect(lines.filter((line) => line.startsWith('#'))).toEqual([])
    expect(seen).toMatchObject({ lastAt: new Date('2026-11-23T09:06:00Z'), changes: 1, wasDropped: false })
  })

  test("of another business's sale nothing is left but the settings that were said in it", () => {
    const { lines, seen } = pass(transaction('SET @@session.lc_time_names=0/*!*/;'))
    expect(lines).toEqual(['SET @@session.lc_time_names=0/*!*/;'])
    expect(seen.changes).toBe(0)
  })

  test.each([
    'drop database db_cliente_3',
    'DROP DATABASE IF EXISTS `db_cliente_3`',
    '/* oops */ drop schema `db_cliente_3`',
    'drop database db_cliente_3 -- by mistake',
  ])('%s is where it ends', (statement) => {
    const { lines, seen } = pass(`${transaction(row)}\n${query}\n${statement}\n/*!*/;\n${transaction(row)}`)
    expect(seen).toMatchObject({ wasDropped: true, changes: 1 })
    expect(lines.filter((line) => line === 'START TRANSACTION')).toHaveLength(1)
  })

  test.each(['drop database db_cliente_33', 'drop database `db_cliente_3_g2`', 'drop table db_cliente_3'])(
    '%s is not',
    (statement) => expect(pass(statement).seen.wasDropped).toBe(false),
  )

  test('made again under the same name after it was dropped: that is said', () => {
    const dropped = 'drop database db_cliente_3'
    expect(pass(`${dropped}\ncreate database \`db_cliente_3_g2\``).seen.wasMadeAgain).toBe(false)
    expect(pass(`${dropped}\ncreate database \`db_cliente_3\` character set utf8mb4`).seen).toMatchObject({
      wasDropped: true,
      wasMadeAgain: true,
    })
  })

  test('read from its first day, a drop from before it was made is not its end', () => {
    const made = 'create database `db_cliente_3`'
    const { lines, seen } = pass(
      `${query}\ndrop database if exists \`db_cliente_3\`\n${made}\n${transaction(row)}`,
      true,
    )
    expect(lines[0]).toBe(made)
    expect(seen).toMatchObject({ wasDropped: false, wasMadeAgain: false, changes: 1 })
    expect(pass(`${made}\ndrop database db_cliente_3`, true).seen.wasDropped).toBe(true)
  })

  test('where it ends is the end of a transaction, and the file that it has come to', () => {
    const xid = '#261123  9:06:00 server id 1  end_log_pos 1152 CRC32 0x6622ce17 \tXid = 454'
    const sale = transaction(`${row}\n${xid}`)
    expect(pass(transaction(row)).seen.end).toEqual({ file: 'binlog.000001', offset: 4 })
    expect(pass(sale).seen.end).toEqual({ file: 'binlog.000001', offset: 1152 })
    expect(pass(`${sale}\n${query}`).seen.end).toEqual({ file: 'binlog.000001', offset: 1101 })
    const rotate =
      '#700101  0:00:00 server id 1  end_log_pos 0 CRC32 0xf7c38353 \tRotate to binlog.000002  pos: 4'
    expect(pass(`${sale}\n${rotate}`).seen.end).toEqual({ file: 'binlog.000002', offset: 4 })
    // The first one only names the file in which reading began.
    const first = '#700101  0:00:00 server id 1  end_log_pos 0 \tRotate to binlog.000001  pos: 4'
    expect(pass(`${sale}\n${first}`).seen.end).toEqual({ file: 'binlog.000001', offset: 1152 })
  })
})
