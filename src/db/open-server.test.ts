import { expect, test } from 'vitest'
import { addressFrom } from './open-server.ts'

test.each([
  ['mysql://root@db.example.pe', { host: 'db.example.pe', port: 3306, user: 'root', password: '' }],
  ['mysql://ro%40ot:p%2Fw%3A@[::1]:3307', { host: '::1', port: 3307, user: 'ro@ot', password: 'p/w:' }],
  [
    'mariadb://root:x@localhost?socket=/run/mysqld/mysqld.sock',
    { socketPath: '/run/mysqld/mysqld.sock', user: 'root', password: 'x' },
  ],
])('DATABASE_URL %s is understood', (url, address) => {
  expect(addressFrom(url)).toEqual(address)
})
