import { randomUUID } from 'node:crypto'
import { todayOf } from '../../platform/clock.ts'
import type { Tx } from '../../platform/ctx.ts'
import { inEachTenant, TenantsFailed, visitTenants } from '../../platform/each-tenant.ts'
import { publishAll } from '../../platform/events.ts'
import type { Job, JobCtx } from '../../platform/module.ts'
import type { Platform } from '../../platform/platform.ts'
import { ProgramFailed } from '../../platform/run-program.ts'
import type { Tenant } from '../../platform/tenants.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { keptPath } from '../files/index.ts'
import { settingOf } from '../settings/index.ts'
import { mediaTools, type Tools } from './media.ffmpeg.ts'
import * as work from './media.job.queries.ts'
import { foldersOf } from './media.store.ts'
import { type Made, makeStreams, SourceFaulty } from './media.streams.ts'

/** Without a sign of life for so long, a making was interrupted and another process takes it up. */
const LEASE_MS = 120_000
const BEAT_MS = 10_000
const MOST_ATTEMPTS = 3
const IDLE_MS = 24 * 3600_000
let isRunning = false

type Place = { readonly platform: Platform; readonly tenant: Tenant; readonly signal: AbortSignal }

const within = <T>({ platform, tenant }: Place, run: (tx: Tx) => Promise<T>): Promise<T> =>
  inSystemTransaction(platform, { tenantId: tenant.id, scope: tenant.path }, run)

/**
 * Makes streams of what waits, one medium of each tenant in turn, so that whoever uploads a thousand keeps nobody else
 * waiting for all of them; a second turn of the same process lets the first end.
 */
export async function makeWaiting({ platform, signal }: JobCtx, tools: Tools | null = mediaTools()): Promise<void> {
  if (isRunning) return
  isRunning = true
  try {
    let failed: unknown
    for (let made = 1; made > 0 && !signal.aborted; ) {
      made = 0
      const place = { platform, signal }
      // A tenant that fails fails in each turn; the others go on.
      await makeOneEach(place, tools, () => void (made += 1)).catch((error: unknown) => {
        if (!(error instanceof TenantsFailed)) throw error
        failed = error
      })
    }
    if (failed !== undefined) throw failed
  } finally {
    isRunning = false
  }
}

async function makeOneEach(
  { platform, signal }: Omit<Place, 'tenant'>,
  tools: Tools | null,
  onMade: () => void,
): Promise<void> {
  await visitTenants({ platform, signal }, async (tenant) => {
    const place = { platform, tenant, signal }
    const next = tools ? await claim(place) : await keepOriginal(place)
    if (!next) return
    if (tools && next !== 'done') await make(place, tools, next)
    onMade()
  })
}

async function claim(place: Place): Promise<work.Claimed | undefined> {
  const { platform, tenant } = place
  return within(place, async (tx) => {
    const now = platform.clock()
    const at = { tenantId: tenant.id, now }
    const next = await work.claimNext(tx, at, new Date(now.getTime() + LEASE_MS))
    if (!next) return undefined
    await publishAll(tx, at, 'media.transcoding', [{ subject: work.subjectOf(next), payload: {} }])
    return next
  })
}

/** No ffmpeg here: the upload itself plays, until somebody installs it and asks for another try. */
async function keepOriginal(place: Place): Promise<'done' | undefined> {
  return within(place, async (tx) => {
    const at = { tenantId: place.tenant.id, now: place.platform.clock() }
    const next = await work.lockWaiting(tx, at)
    if (!next) return undefined
    const old = await work.setOriginal(tx, at, next)
    await publishAll(tx, at, 'media.kept_original', [{ subject: work.subjectOf(next), payload: { kind: next.kind } }])
    if (old) await foldersOf(place.platform.dataDir, place.tenant.id).forget(old)
    return 'done'
  })
}

async function make(place: Place, tools: Tools, item: work.Claimed): Promise<void> {
  const { platform, tenant } = place
  const folders = foldersOf(platform.dataDir, tenant.id)
  if (item.attempts > MOST_ATTEMPTS) return settleFailed(place, item, 'interrupted')
  const renditionId = randomUUID()
  const beating = beat(place, item)
  try {
    const longest = await within(place, (tx) =>
      settingOf(tx, tenant.id, item.orgPath, 'media.longest_minutes', todayOf(platform.clock())),
    )
    const made = await makeStreams({
      tools,
      source: { path: keptPath(platform.dataDir, tenant.id, item.incoming.sha256), mediaType: item.incoming.mediaType },
      kind: item.kind,
      folder: await folders.begin(renditionId),
      longestSeconds: longest * 60,
      signal: beating.signal,
      onPercent: beating.percent,
    })
    await beating.end()
    await folders.finish(renditionId)
    await settleReady(place, item, renditionId, made)
  } catch (error) {
    await beating.end()
    await folders.forget(renditionId)
    if (error instanceof ProgramFailed && error.why === 'stopped')
      return place.signal.aborted ? handBack(place, item) : undefined
    platform.log.warn({ err: error, mediaId: item.id }, 'a medium could not be made ready')
    await settleFailed(place, item, faultOf(error))
  }
}

/** The process is being stopped, which is no fault of the medium: the next one takes it up, and no attempt is counted. */
async function handBack(place: Place, item: work.Claimed): Promise<void> {
  const at = { tenantId: place.tenant.id, now: place.platform.clock() }
  await within(place, (tx) => work.setWaiting(tx, at, item))
}

function faultOf(error: unknown): work.Fault {
  if (error instanceof SourceFaulty) return error.fault
  const text = error instanceof Error ? error.message : ''
  return /ENOSPC|No space left/.test(text) ? 'no_space' : 'damaged'
}

/** Tells the database every few seconds how far it is, and stops the making when somebody else has taken it over. */
function beat(place: Place, item: work.Claimed) {
  const stopping = new AbortController()
  const signal = AbortSignal.any([stopping.signal, place.signal])
  let percent = 0
  let writing = Promise.resolve()
  const tell = async (): Promise<void> => {
    const now = place.platform.clock()
    const until = new Date(now.getTime() + LEASE_MS)
    const isOurs = await within(place, (tx) =>
      work.renewLease(tx, { tenantId: place.tenant.id, now }, item, until, percent),
    )
    if (!isOurs) stopping.abort()
  }
  const timer = setInterval(() => {
    writing = writing.then(tell).catch((err: unknown) => {
      place.platform.log.warn({ err, mediaId: item.id }, 'the progress of a medium could not be written')
    })
  }, BEAT_MS)
  return {
    signal,
    percent: (now: number) => {
      percent = now
    },
    end: async () => {
      clearInterval(timer)
      await writing
    },
  }
}

async function settleReady(place: Place, item: work.Claimed, renditionId: string, made: Made): Promise<void> {
  const { platform, tenant } = place
  const at = { tenantId: tenant.id, now: platform.clock() }
  const old = await within(place, async (tx) => {
    const before = await work.setReady(tx, at, item, renditionId, made)
    if (before === undefined) return renditionId
    const payload = { kind: item.kind, seconds: made.seconds }
    await publishAll(tx, at, 'media.ready', [{ subject: work.subjectOf(item), payload }])
    return before
  })
  platform.wake()
  // What played before; or our own work, when the medium was taken from us meanwhile.
  if (old !== null) await foldersOf(platform.dataDir, tenant.id).forget(old)
}

async function settleFailed(place: Place, item: work.Claimed, fault: work.Fault): Promise<void> {
  const at = { tenantId: place.tenant.id, now: place.platform.clock() }
  await within(place, async (tx) => {
    if (!(await work.setFailed(tx, at, item, fault))) return
    await publishAll(tx, at, 'media.failed', [{ subject: work.subjectOf(item), payload: { fault } }])
  })
  place.platform.wake()
}

/** Removes folders that no medium plays from: makings that a crash interrupted, and media of a removed tenant's rows. */
async function sweep({ platform, now, signal }: JobCtx): Promise<void> {
  const before = new Date(now.getTime() - IDLE_MS)
  await inEachTenant({ platform, signal }, async (tx, tenant) => {
    const folders = foldersOf(platform.dataDir, tenant.id)
    const idle = (await folders.idleSince(before)).filter((id) => /^[0-9a-f-]{36}$/.test(id))
    const needed = await work.renditionsAmong(tx, tenant.id, idle)
    for (const id of idle) if (!needed.has(id)) await folders.forget(id)
  })
}

export const mediaJobs: readonly Job[] = [
  { name: 'media.make_waiting', cron: '* * * * *', run: (ctx) => makeWaiting(ctx) },
  { name: 'media.sweep', cron: '50 3 * * *', run: sweep },
]
