import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import { expect, test } from 'vitest'
import { collected, opened, openedText, sealed, sealedText } from './seal.ts'

const identity = await generateIdentity()
const recipient = await identityToRecipient(identity)
const seal = async (bytes: Buffer) => collected(await sealed(Readable.from([bytes]), [recipient]))
const open = async (bytes: Buffer, key = identity) => collected(await opened(Readable.from([bytes]), key))

test('what was sealed opens as it was, of whatever length: frames are of 64 KB', async () => {
  for (const length of [0, 1, 65_535, 65_536, 65_537, 400_000]) {
    const plain = randomBytes(length)
    expect(await open(await seal(plain))).toEqual(plain)
  }
  expect(await openedText(Readable.from([await sealedText('Rosa', [recipient])]), identity)).toBe('Rosa')
})

test('cut anywhere, even between two frames, or with one bit changed, it does not open', async () => {
  const box = await seal(randomBytes(200_000))
  const header = box.indexOf('\n', box.indexOf('\n---')) + 1 + 16
  const frame = 65_536 + 16
  for (const length of [100, header, header + 100, header + frame, header + 2 * frame, box.length - 1]) {
    await expect(open(box.subarray(0, length)), `cut at ${length}`).rejects.toThrow()
  }
  for (const at of [30, header + 5, header + frame + 5, box.length - 3]) {
    const changed = Buffer.from(box)
    changed[at] = (changed[at] ?? 0) ^ 1
    await expect(open(changed), `changed at ${at}`).rejects.toThrow()
  }
  await expect(open(Buffer.concat([box, Buffer.from('x')]))).rejects.toThrow()
})

test('another key does not open it, and nothing is sealed to nobody', async () => {
  const box = await seal(Buffer.from('1/4 pollo'))
  await expect(open(box, await generateIdentity())).rejects.toThrow('no identity matched')
  await expect(sealed(Readable.from([]), [])).rejects.toThrow('nobody')
})

test('what breaks in the source breaks the sealed stream: half a copy never looks finished', async () => {
  const broken = Readable.from(
    (async function* () {
      yield randomBytes(100_000)
      throw new Error('the disk is gone')
    })(),
  )
  await expect(collected(await sealed(broken, [recipient]))).rejects.toThrow('the disk is gone')
})

test('sealing 200 MB keeps a few MB in memory, whoever reads slowly', async () => {
  let given = 0
  const piece = randomBytes(1024 * 1024)
  const source = new Readable({
    highWaterMark: 1024 * 1024,
    read() {
      this.push(given++ < 200 ? piece : null)
    },
  })
  let taken = 0
  let ahead = 0
  for await (const bytes of await sealed(source, [recipient])) {
    taken += (bytes as Buffer).length
    ahead = Math.max(ahead, given * piece.length - taken)
  }
  expect(taken).toBeGreaterThan(200 * 1024 * 1024)
  // What was read and not yet handed on: it is all that can be in memory.
  expect(ahead).toBeLessThan(8 * 1024 * 1024)
})
