import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/**
 * What systemd does for a service with a socket: the address is bound once and handed to each process as
 * descriptor 3; between two of them connections wait in it. It never accepts anything itself.
 */
export function supervise(options: { program: () => string; env: NodeJS.ProcessEnv }) {
  const socket = boundSocket()
  let child: ChildProcess | null = null
  let output = ''

  function start(): void {
    child = spawn(options.program(), ['serve'], {
      env: { ...options.env, LISTEN_FDS: '1', PORT: String(socket.port) },
      stdio: ['ignore', 'pipe', 'pipe', socket.fd],
    })
    child.stdout?.on('data', (text) => (output = (output + text).slice(-20_000)))
    child.stderr?.on('data', (text) => (output = (output + text).slice(-20_000)))
  }

  async function end(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    await gone
  }

  return {
    port: socket.port,
    start,
    restart: async () => {
      await end()
      start()
    },
    stop: async () => {
      await end()
      socket.close()
    },
    said: () => output,
  }
}

type Bound = {
  bind(address: string, port: number): number
  fd: number
  close(): void
  getsockname(out: object): number
}

/** A net.Server would accept connections by itself; only the handle below it is bound and left alone. */
function boundSocket() {
  const { TCP, constants } = (
    process as unknown as {
      binding(name: string): { TCP: new (type: number) => Bound; constants: { SERVER: number } }
    }
  ).binding('tcp_wrap')
  const handle = new TCP(constants.SERVER)
  const failed = handle.bind('127.0.0.1', 0)
  const name: { port?: number } = {}
  if (failed || handle.getsockname(name) || !name.port) throw new Error(`no socket (${failed})`)
  return { fd: handle.fd, port: name.port, close: () => handle.close() }
}
