import { execFileSync } from 'node:child_process'

/** What a zip holds, as any other program sees it. */
export function openedZip(file: string) {
  const run = (args: string[]) => execFileSync('unzip', args, { maxBuffer: 200_000_000 })
  return {
    names: run(['-Z1', file]).toString('utf8').trim().split('\n'),
    bytes: (name: string) => run(['-p', file, name]),
    text: (name: string) => run(['-p', file, name]).toString('utf8'),
  }
}

/** As whoever has the file would do it: into an empty database, with MariaDB's own client. */
export function restoreSql(socketPath: string, database: string, text: string): void {
  const client = ['--no-defaults', `--socket=${socketPath}`, '--user=root']
  execFileSync('mariadb', [...client, '-e', `create database \`${database}\``])
  execFileSync('mariadb', [...client, database], { input: text })
}
