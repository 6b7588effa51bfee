import { randomBytes, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import type { StoreConfig } from '#src/config.ts'
import type { Admin } from '#src/db/admin.ts'
import { clocksAgree } from '#src/notices/notice.ts'
import { partBytes } from '../checksum.ts'
import { manifestKey, nightOf, nightsPrefix } from '../names.ts'
import { collected, opened, sealed } from '../seal.ts'
import { faultOf, type Store, type StoreProblem } from '../store.ts'
import { storeTexts } from '../texts.ts'
import { sentNights } from './queries.ts'

export type Finding = { name: string; ok: boolean; found: string; mend?: string }

/**
 * Whether copies would get there, come back and open, told by doing it: something small and something in parts is
 * sealed, sent, compared, read, opened and removed. About 6 MB each way.
 */
export async function checkStore(
  store: Store,
  config: StoreConfig,
  clock: () => Date,
  admin?: Admin,
): Promise<Finding[]> {
  const findings = [recipients(config)]
  const reached = await finding('store', async () => {
    const [there, here] = [await store.now(), clock()]
    const apart = Math.round((there.getTime() - here.getTime()) / 1_000)
    return clocksAgree(here, there)
      ? { ok: true, found: `${config.url}, bucket ${config.bucket}, answers` }
      : { ok: false, found: `its clock is ${apart} s away`, mend: storeTexts['clocks-differ'] }
  })
  findings.push(reached)
  if (!reached.ok) return findings
  const key = `check/${randomUUID()}.age`
  findings.push(await finding('a small copy', () => thereAndBack(store, key, 1_000)))
  findings.push(await finding('a copy in parts', () => thereAndBack(store, key, partBytes + 500_000)))
  findings.push(await finding('listing', async () => listed((await store.list('check/')).length)))
  findings.push(await removing(store, key))
  findings.push(await versions(store))
  if (admin) findings.push(await finding('what was sent', () => stillThere(store, admin)))
  return findings
}

function recipients({ recipients }: StoreConfig): Finding {
  const name = 'keys to open copies'
  if (recipients.length > 1) return { name, ok: true, found: `${recipients.length} public keys` }
  const mend = 'Add a second one to SMARTKET_STORE_RECIPIENTS, whose private half lies somewhere else.'
  return { name, ok: false, found: 'one public key: if its private half is lost, no copy opens', mend }
}

async function thereAndBack(store: Store, key: string, bytes: number): Promise<Omit<Finding, 'name'>> {
  // Nobody's key but this moment's: what is left behind after a failure says nothing to anybody.
  const identity = await generateIdentity()
  const plain = randomBytes(bytes)
  await store.put(key, await sealed(Readable.from([plain]), [await identityToRecipient(identity)]))
  const back = await collected(await opened(store.get(key), identity))
  return plain.equals(back)
    ? { ok: true, found: 'sent, compared, read back and opened' }
    : { ok: false, found: 'what came back is something else', mend: storeTexts.damaged }
}

const listed = (count: number): Omit<Finding, 'name'> =>
  count > 0
    ? { ok: true, found: 'what was sent is listed' }
    : { ok: false, found: 'what was sent is not listed', mend: 'The key must be allowed to list the bucket.' }

/** Neither answer is wrong: a key that cannot delete leaves the deleting to the store. */
async function removing(store: Store, key: string): Promise<Finding> {
  const name = 'deleting'
  try {
    await store.remove(key)
    return { name, ok: true, found: 'this key deletes: SMARTKET_STORE_KEEP is what stays' }
  } catch (error) {
    const fault = faultOf(error)
    if (fault.problem !== 'refused') return failed(name, fault.problem, fault.message)
    return {
      name,
      ok: true,
      found: "this key cannot delete: the bucket's own lifecycle rules decide what stays",
    }
  }
}

async function versions(store: Store): Promise<Finding> {
  const name = 'deleted copies'
  const keeps = await store.keepsVersions()
  if (keeps) return { name, ok: true, found: 'the bucket keeps older versions' }
  if (keeps === null)
    return { name, ok: true, found: 'this key may not ask whether the bucket keeps versions' }
  const mend =
    'Turn versioning on for the bucket, with lifecycle rules that end old versions after 30 days, and those below keys/ after one: whoever has this key could delete every copy at once.'
  return { name, ok: false, found: 'the bucket keeps no versions', mend }
}

/** Every night of our records that should be there is there with its manifest. */
async function stillThere(store: Store, admin: Admin): Promise<Omit<Finding, 'name'>> {
  const keys = new Set((await store.list(nightsPrefix)).map(({ key }) => key))
  const nights = await sentNights(admin)
  const gone = nights.filter((night) => !keys.has(manifestKey(night)))
  const found = new Set([...keys].flatMap((key) => nightOf(key)?.night ?? []))
  if (gone.length === 0) return { ok: true, found: `${found.size} nights` }
  return {
    ok: false,
    found: `these nights were sent and are not whole there: ${gone.join(', ')}`,
    mend: 'smartket backup store send, for those that are still on this server; ask the store for older versions of the others.',
  }
}

async function finding(name: string, look: () => Promise<Omit<Finding, 'name'>>): Promise<Finding> {
  try {
    return { name, ...(await look()) }
  } catch (error) {
    const fault = faultOf(error)
    return failed(name, fault.problem, fault.message)
  }
}

const failed = (name: string, problem: StoreProblem, detail: string): Finding => ({
  name,
  ok: false,
  found: `${problem} (${detail})`,
  mend: `${storeTexts[problem].charAt(0).toUpperCase()}${storeTexts[problem].slice(1)}`,
})
