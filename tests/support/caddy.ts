import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * Debian's Caddy with our own Caddyfile, certificates of its own making, and ports that need no root. Only the ports,
 * the certificates and the interface of administration differ from a server.
 */
export async function startCaddy(options: { domain: string; httpsPort: number; appPort: number }) {
  const folder = mkdtempSync(join(tmpdir(), 'sk-caddy-'))
  const file = join(folder, 'Caddyfile')
  const ours = readFileSync(join(import.meta.dirname, '../../Caddyfile'), 'utf8')
  const here = `{\n\tadmin off\n\tlocal_certs\n\tskip_install_trust\n\tauto_https disable_redirects\n\thttps_port ${options.httpsPort}\n`
  writeFileSync(file, ours.replace(/^\{\n/m, here))
  mkdirSync(join(folder, 'data'))
  const caddy = spawn('caddy', ['run', '--adapter', 'caddyfile', '--config', file], {
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      XDG_DATA_HOME: join(folder, 'data'),
      XDG_CONFIG_HOME: join(folder, 'data'),
      SMARTKET_DOMAIN: options.domain,
      PORT: String(options.appPort),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  caddy.stderr.on('data', (text) => (said = (said + text).slice(-20_000)))
  await listening(options.httpsPort, caddy, () => said)
  return {
    stop: async () => {
      const gone = once(caddy, 'exit')
      caddy.kill('SIGTERM')
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function listening(port: number, caddy: ChildProcess, said: () => string): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt++) {
    if (caddy.exitCode !== null) throw new Error(`Caddy ended:\n${said()}`)
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (isOpen) return
    await pause(100)
  }
  throw new Error(`Caddy did not listen:\n${said()}`)
}
