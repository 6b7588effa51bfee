import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { Refusal } from '#src/process.ts'

const longest = 4_096

/** A password without showing it: on the terminal, twice, or with `--password-stdin` the first line that comes. */
export async function askPassword(options: { stdin: boolean }): Promise<string> {
  if (options.stdin) return firstLine(process.stdin)
  if (!process.stdin.isTTY) throw new Refusal('There is no terminal to ask at: use --password-stdin.', 2)
  const password = await hidden('Password: ')
  if ((await hidden('Once more: ')) !== password) throw new Refusal('The two are not the same.')
  return password
}

async function firstLine(input: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  for await (const chunk of input) {
    text += String(chunk)
    if (text.includes('\n') || text.length > longest) break
  }
  return (text.split('\n')[0] ?? '').replace(/\r$/, '')
}

/** The question goes where answers do not: what a command says may be piped. */
async function hidden(question: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  process.stderr.write(question)
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('SIGINT', () => reject(new Refusal('')))
      lines.once('close', () => reject(new Refusal('')))
      void lines.question('').then(resolve, reject)
    })
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
}
