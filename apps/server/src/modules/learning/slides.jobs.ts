import { existsSync } from 'node:fs'
import type { SlidesWhy } from '@tongxin/contract'
import type { Tx } from '../../platform/ctx.ts'
import { visitTenants } from '../../platform/each-tenant.ts'
import type { Job, JobCtx } from '../../platform/module.ts'
import type { Platform } from '../../platform/platform.ts'
import { ProgramFailed } from '../../platform/run-program.ts'
import type { Tenant } from '../../platform/tenants.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { keptFile, keptPath } from '../files/index.ts'
import * as q from './queries/slides.queries.ts'
import { type Drawn, drawPages, NotDrawable, type SlideTools, slideTools } from './slides.programs.ts'
import { slideFoldersOf } from './slides.store.ts'

/** All programs together end within their limits; after that the drawing was interrupted. */
const LEASE_MS = 20 * 60_000
const MOST_ATTEMPTS = 3
/** What this machine has no program for is asked for again: somebody may install it. */
const LATER_MS = 3600_000
let isRunning = false

type Place = { readonly platform: Platform; readonly tenant: Tenant; readonly signal: AbortSignal }
const within = <T>({ platform, tenant }: Place, run: (tx: Tx) => Promise<T>): Promise<T> =>
  inSystemTransaction(platform, { tenantId: tenant.id, scope: tenant.path }, run)

/** Draws the pages of what waits, one file after the other; without the programs the files are opened as they are. */
export async function drawWaiting(
  { platform, signal }: JobCtx,
  tools: SlideTools | null = slideTools(),
): Promise<void> {
  if (isRunning) return
  isRunning = true
  try {
    await visitTenants({ platform, signal }, async (tenant) => {
      const place = { platform, tenant, signal }
      if (!tools) {
        await within(place, (tx) => q.tellNoProgram(tx, tenant.id))
        return
      }
      while (!signal.aborted) {
        const now = platform.clock()
        const until = new Date(now.getTime() + LEASE_MS)
        const next = await within(place, (tx) => q.claimSlides(tx, { tenantId: tenant.id, now }, until))
        if (!next) return
        await draw(place, tools, next)
      }
    })
  } finally {
    isRunning = false
  }
}

async function draw(place: Place, tools: SlideTools, { fileId, attempts }: q.Claimed): Promise<void> {
  const { platform, tenant, signal } = place
  const file = await within(place, (tx) => keptFile(tx, tenant.id, fileId))
  const isSlides = file?.kind === 'pdf' || file?.kind === 'pptx'
  if (!isSlides) return settle(place, fileId, 'not_slides')
  if (attempts > MOST_ATTEMPTS) return settle(place, fileId, 'interrupted')
  if (file.kind === 'pptx' && tools.soffice === null) return postpone(place, fileId)
  const folders = slideFoldersOf(platform.dataDir, tenant.id)
  try {
    const source = { path: keptPath(platform.dataDir, tenant.id, file.sha256), kind: file.kind }
    const drawn = await drawPages({ tools, source, folder: await folders.begin(fileId), signal })
    await folders.replace(fileId)
    await settle(place, fileId, drawn)
  } catch (error) {
    await folders.forget(fileId)
    // The process is being stopped: the lease ends, and the next process takes it up.
    if (error instanceof ProgramFailed && error.why === 'stopped') return
    platform.log.warn({ err: error, fileId }, 'the pages of slides could not be drawn')
    await settle(place, fileId, whyOf(error))
  }
}

function whyOf(error: unknown): SlidesWhy {
  if (error instanceof NotDrawable) return error.why
  if (error instanceof ProgramFailed) return error.why === 'timed_out' ? 'too_slow' : 'broken'
  // Not the file: no room on the disk, for one.
  return 'interrupted'
}

/** The pages as they were drawn, or why they were not. */
async function settle(place: Place, fileId: string, outcome: Drawn | SlidesWhy): Promise<void> {
  const why = typeof outcome === 'string' ? outcome : null
  const { pages, width, height } = typeof outcome === 'string' ? { pages: 0, width: 0, height: 0 } : outcome
  await within(place, (tx) =>
    q.setSlides(tx, place.tenant.id, fileId, {
      slides_state: why === null ? 'ready' : 'failed',
      slides_why: why,
      slides_pages: pages,
      slides_width: width,
      slides_height: height,
      slides_leased_until: null,
    }),
  )
}

async function postpone(place: Place, fileId: string): Promise<void> {
  const until = new Date(place.platform.clock().getTime() + LATER_MS)
  await within(place, (tx) =>
    q.setSlides(tx, place.tenant.id, fileId, {
      slides_attempts: 0,
      slides_leased_until: until,
      slides_why: 'no_office',
    }),
  )
}

/** Pages that are gone from the disk are drawn again: they are made from the file, which is what is kept. */
async function findMissing({ platform, signal }: JobCtx): Promise<void> {
  await visitTenants({ platform, signal }, async (tenant) => {
    const place = { platform, tenant, signal }
    const folders = slideFoldersOf(platform.dataDir, tenant.id)
    const again = { slides_state: 'waiting', slides_pages: 0, slides_attempts: 0 } as const
    const drawn = await within(place, (tx) => q.drawnFiles(tx, tenant.id))
    for (const fileId of drawn.filter((id) => !existsSync(folders.whole(id))))
      await within(place, (tx) => q.setSlides(tx, tenant.id, fileId, again))
  })
}

export const slideJobs: readonly Job[] = [
  { name: 'learning_draw_slides', cron: '* * * * *', run: (ctx) => drawWaiting(ctx) },
  { name: 'learning_find_missing_slides', cron: '55 3 * * *', run: findMissing },
]
