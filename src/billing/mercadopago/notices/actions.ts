import { and, asc, eq, isNull, lte, or } from 'drizzle-orm'
import type { AdminDb } from '#src/db/admin.ts'
import { webhookEvents } from '#src/db/admin-schema.ts'
import { describeError } from '#src/db/errors.ts'
import { type Elsewhere, elsewhereOf, type NoticeContext } from '../elsewhere.ts'
import { providerName } from '../provider.ts'
import { attemptsAtMost, type Notice, waitAfter } from './notice.ts'
import { obey } from './obeying/actions.ts'

type Event = typeof webhookEvents.$inferSelect

const leaseMs = 60_000
const atOnce = 50

/** Kept before anything is believed of it. false: this very notice is here already. */
export async function storeNotice(admin: AdminDb, notice: Notice, now: Date): Promise<boolean> {
  const [stored] = await admin
    .insert(webhookEvents)
    .ignore()
    .values({ provider: providerName, ...notice, receivedAt: now, status: 'new' })
  return stored.affectedRows > 0
}

/** Does what each waiting notice asks for: fetches what it is about, and believes only that. */
export async function readNotices(context: NoticeContext, signal?: AbortSignal): Promise<void> {
  const elsewhere = elsewhereOf(context)
  if (!elsewhere) return
  for (const event of await waitingNotices(context.databases.admin, context.clock())) {
    signal?.throwIfAborted()
    await readNotice(context, elsewhere, event)
  }
}

const underway = new Set<Promise<void>>()
let isReading = false
let wantsMore = false

/** Right after one was stored: nobody waits a minute for a paid plan. One reading at a time, and one more after it. */
export function readNoticesSoon(context: NoticeContext): void {
  wantsMore = true
  if (isReading) return
  isReading = true
  const work = readWhileWanted(context)
    .catch((error: unknown) =>
      context.log.error({ error: describeError(error) }, 'notices could not be read'),
    )
    .finally(() => {
      isReading = false
      underway.delete(work)
    })
  underway.add(work)
}

/** When all that was begun is done: before the process ends, and in tests. */
export const noticesSettled = async () => void (await Promise.allSettled([...underway]))

async function readWhileWanted(context: NoticeContext): Promise<void> {
  while (wantsMore) {
    wantsMore = false
    await readNotices(context)
  }
}

function waitingNotices(admin: AdminDb, now: Date): Promise<Event[]> {
  return admin
    .select()
    .from(webhookEvents)
    .where(
      and(
        eq(webhookEvents.provider, providerName),
        eq(webhookEvents.status, 'new'),
        or(isNull(webhookEvents.nextAttemptAt), lte(webhookEvents.nextAttemptAt, now)),
      ),
    )
    .orderBy(asc(webhookEvents.id))
    .limit(atOnce)
}

async function readNotice(context: NoticeContext, elsewhere: Elsewhere, event: Event): Promise<void> {
  const { databases, clock, log } = context
  const { admin } = databases
  if (!(await claim(admin, event, clock()))) return
  try {
    const error = await obey(elsewhere, event, clock())
    await admin
      .update(webhookEvents)
      .set({ status: 'done', error, nextAttemptAt: null, processedAt: clock() })
      .where(eq(webhookEvents.id, event.id))
  } catch (error) {
    await tryLater(admin, event, error, clock())
    log.error(
      { topic: event.topic, event: event.id, error: describeError(error) },
      'a notice could not be read',
    )
  }
}

/** Another process may be at it: whoever counts the attempt has it for a minute. */
async function claim(admin: AdminDb, { id, attempts }: Event, now: Date): Promise<boolean> {
  const [claimed] = await admin
    .update(webhookEvents)
    .set({ attempts: attempts + 1, nextAttemptAt: new Date(now.getTime() + leaseMs) })
    .where(
      and(eq(webhookEvents.id, id), eq(webhookEvents.status, 'new'), eq(webhookEvents.attempts, attempts)),
    )
  return claimed.affectedRows > 0
}

async function tryLater(admin: AdminDb, event: Event, error: unknown, now: Date): Promise<void> {
  const attempts = event.attempts + 1
  const isOver = attempts >= attemptsAtMost
  await admin
    .update(webhookEvents)
    .set({
      status: isOver ? 'failed' : 'new',
      error: describeError(error).message.slice(0, 500),
      nextAttemptAt: isOver ? null : new Date(now.getTime() + waitAfter(attempts)),
    })
    .where(eq(webhookEvents.id, event.id))
}
