import { randomBytes } from 'node:crypto'
import mysql, { type Connection } from 'mysql2/promise'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { fingerprint } from './fingerprint.ts'
import { openTwin, type Twin } from './twin.ts'

const server = inject('testServer')
const [ours, theirs] = [`twin_a_${process.pid}`, `twin_b_${process.pid}`]
let root: Connection
let twin: Twin

beforeAll(async () => {
  root = await mysql.createConnection({ ...server, multipleStatements: true })
})
afterAll(async () => {
  await root.query(`drop database if exists ${ours}; drop database if exists ${theirs}`)
  await root.end()
})

const shapes = `
  create table sellers (id int unsigned auto_increment primary key, name varchar(80), code varchar(20) unique,
    born date, seen datetime(3), at_time time, price decimal(12,4), big bigint, yes boolean, note longtext, extra json);
  create table pictures (id char(64) primary key, bytes mediumblob, raw varbinary(20), flags bit(5));
  create table components (product_id int unsigned, component_id int, name varchar(20), primary key (product_id, component_id, name),
    foreign key (product_id) references sellers (id));
  create table nothing (id int primary key);`

beforeEach(async () => {
  await root.query(`drop database if exists ${ours}; drop database if exists ${theirs}`)
  for (const name of [ours, theirs])
    await root.query(`create database ${name} character set utf8mb4 collate utf8mb4_unicode_520_ci`)
  await root.query(`use ${ours}; ${shapes}`)
  twin = await openTwin({ server, database: ours }, { server, database: theirs })
  await twin.createTables()
  return () => twin.close()
})

const same = async () => {
  const [a, b] = await Promise.all([fingerprint(server, ours), fingerprint(server, theirs)])
  return a.contentHash === b.contentHash && a.definitionsHash === b.definitionsHash
}
const live = () => twin.round({ isLast: false })
const last = () => twin.round({ isLast: true })

async function fill() {
  await root.query(`insert into sellers (name, code, born, seen, at_time, price, big, yes, note, extra) values
    ('Rosa ''\\\\ ñ 🍗', 'A', '2026-11-23', '2026-11-23 17:00:00.123', '-10:11:12', -0.0001, -9223372036854775807, true, '#,NULL', '{"a": [1, "ñ"]}'),
    (null, null, null, null, null, null, null, null, null, null),
    ('NULL', 'B', '0001-01-01', '9999-12-31 23:59:59.999', '838:59:59', 99999999.9999, 9223372036854775807, false, '', '[]')`)
  await root.query('insert into pictures values (?, ?, ?, 21), (?, ?, ?, null)', [
    'a'.repeat(64),
    randomBytes(150_000),
    Buffer.from([0, 255, 39, 92]),
    'b'.repeat(64),
    Buffer.alloc(0),
    null,
  ])
  await root.query(`insert into components select 1 + seq % 3, seq % 50, concat('n', seq) from seq_1_to_5000`)
}

test('every kind of value arrives as it was', async () => {
  await fill()
  expect(await live()).toEqual({ written: 3 + 2 + 5000 })
  expect(await same()).toBe(true)
  expect(await live()).toEqual({ written: 0 })
})

test('what was inserted, changed and deleted since is found, in the middle and at the end of a long key', async () => {
  await fill()
  await live()
  await root.query(`
    delete from components where product_id = 2 and component_id = 7;
    update components set name = 'moved' where product_id = 1 and component_id = 0 and name = 'n150';
    insert into components values (3, 99, 'new');
    update sellers set name = null where id = 1;
    delete from pictures`)
  const { written } = await last()
  expect(await same()).toBe(true)
  expect(written).toBeLessThan(5000)
  expect(await last()).toEqual({ written: 0 })
})

test('a unique value that went from one row to another, and back in front, is no obstacle', async () => {
  await root.query(`insert into sellers (id, code) select seq, concat('c', seq) from seq_1_to_3000`)
  await live()
  await root.query(`
    update sellers set code = 'x' where id = 1;
    update sellers set code = 'c1' where id = 2500;
    update sellers set code = 'c2500' where id = 1`)
  await last()
  expect(await same()).toBe(true)
})

test('a number that was given out and taken back is not given out again', async () => {
  await root.query('insert into sellers (id) values (1), (2), (41); delete from sellers where id = 41')
  await live()
  await last()
  await root.query(`insert into ${theirs}.sellers (name) values ('Beto')`)
  const [rows] = await root.query(`select id from ${theirs}.sellers where name = 'Beto'`)
  expect(rows).toEqual([{ id: 42 }])
})

test('what should not be there is taken away', async () => {
  await root.query(`insert into ${theirs}.nothing values (1), (2); insert into ${ours}.nothing values (2)`)
  await last()
  expect(await same()).toBe(true)
})

test('somebody who sells all the while is followed, and caught up with once he stops', async () => {
  let isSelling = true
  let next = 1
  const seller = (async () => {
    const own = await mysql.createConnection({ ...server, database: ours })
    while (isSelling) {
      await own.query('insert into sellers (name) values (?)', [`sale ${next++}`])
      if (next % 7 === 0) await own.query('update sellers set price = id where id = ?', [next / 7])
      if (next % 11 === 0) await own.query('delete from sellers where id = ?', [next - 5])
    }
    await own.end()
  })()
  for (let round = 0; round < 5; round++) await live()
  isSelling = false
  await seller
  await last()
  expect(next).toBeGreaterThan(10)
  expect(await same()).toBe(true)
})
