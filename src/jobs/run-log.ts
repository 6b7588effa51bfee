/** What a run says about itself, for its row. More than this nobody reads, and a night of broken copies is long. */
export const maxLogBytes = 8_000

const leftOut = '…'

export type RunLog = { say(line: string): void; text(): string | null }

/**
 * The lines of one run. Where they are too many, the first ones and the last ones stay: what it set out to do, and
 * how it ended. `before` is what an earlier attempt of the same run said.
 */
export function runLog(before: string | null = null): RunLog {
  const lines = before ? [...before.split('\n'), '— begun again'] : []
  return {
    say: (text) => void lines.push(...text.split('\n')),
    text: () => (lines.length === 0 ? null : shortened(lines)),
  }
}

function shortened(lines: readonly string[]): string {
  const cut = lines.map((line) => (line.length > 500 ? `${line.slice(0, 500)}${leftOut}` : line))
  if (bytesOf(cut) <= maxLogBytes) return cut.join('\n')
  const [head, tail] = [cut.slice(0, 3), [] as string[]]
  const size = () => bytesOf([...head, leftOut, ...tail])
  for (const line of cut.slice(head.length).toReversed()) {
    tail.unshift(line)
    if (size() > maxLogBytes) {
      tail.shift()
      break
    }
  }
  return [...head, leftOut, ...tail].join('\n')
}

const bytesOf = (lines: readonly string[]) => Buffer.byteLength(lines.join('\n'))
