import type { MovementCause } from '@tongxin/contract'
import { isCounted, type MemberStanding, standingChange } from '@tongxin/domain'
import { todayOf } from '../../platform/clock.ts'
import { newId, publishAll } from '../../platform/events.ts'
import type { Consumer, Delivered, ReactionCtx } from '../../platform/outbox.ts'
import { pathsOfUnits } from '../org/index.ts'
import { lockOpenOf, setAbsence } from './queries/absences.queries.ts'
import { spanOf, sumsOf } from './queries/months.queries.ts'
import { insertMovements } from './queries/movements.queries.ts'
import { subjectOf } from './service/absences.ts'
import { endClocks } from './service/clocks.ts'

type Moved = {
  readonly unitId: string
  readonly cause: MovementCause
  readonly people: number
  readonly memberId?: string
  readonly batchId?: string
}

/** Writes what an event did to the number of members, dated by the day on which it was written down. */
async function move(ctx: ReactionCtx, event: Pick<Delivered, 'id' | 'at'>, moved: readonly Moved[]): Promise<void> {
  const paths = await pathsOfUnits(ctx.db, ctx.tenantId, [...new Set(moved.map(({ unitId }) => unitId))])
  const on = todayOf(event.at)
  await insertMovements(
    ctx.db,
    ctx.tenantId,
    moved.flatMap(({ unitId, cause, people, memberId, batchId }) => {
      const orgPath = paths.get(unitId)
      if (orgPath === undefined || people === 0) return []
      return [
        {
          id: newId({ now: event.at }),
          eventId: event.id,
          unitId,
          orgPath,
          month: on.slice(0, 7),
          on,
          cause,
          people,
          memberId: memberId ?? null,
          batchId: batchId ?? null,
        },
      ]
    }),
  )
}

type One = MemberStanding & { memberId: string; orgId: string }
const one = (payload: One, cause: MovementCause, people: 1 | -1): Moved[] =>
  isCounted(payload) ? [{ unitId: payload.orgId, cause, people, memberId: payload.memberId }] : []

/** Standing after which nobody is looked for or asked how he is. */
const GONE: ReadonlySet<string> = new Set(['struck_off', 'expelled', 'left', 'deceased', 'transferred'])

/** Who has gone, or belongs to another branch now, is absent from the old one no longer. */
async function endAbsences(
  ctx: ReactionCtx,
  memberId: string,
  butUnit: string | null,
  end: 'decided' | 'transferred',
): Promise<void> {
  const { db, now, tenantId } = ctx
  const open = await lockOpenOf(db, tenantId, memberId, butUnit)
  const today = todayOf(now)
  for (const absence of open) {
    const change = { state: 'ended', ended_on: today, end_kind: end, contact_due_on: null } as const
    await setAbsence(db, tenantId, absence, change, now)
    await endClocks({ db, now, actor: { tenantId } }, absence.id)
  }
  const facts = open.map((absence) => ({ subject: subjectOf(absence), payload: { kind: absence.kind, end } }))
  await publishAll(db, { tenantId, now }, 'membership.absence_ended', facts)
}

export const membershipConsumer: Consumer = {
  name: 'membership',
  on: {
    'members.registered': (ctx, event) =>
      move(ctx, event, one(event.payload, event.payload.source === 'transfer' ? 'transferred_in' : 'registered', 1)),
    'members.deleted': (ctx, event) => move(ctx, event, one(event.payload, 'deleted', -1)),
    'members.restored': (ctx, event) => move(ctx, event, one(event.payload, 'undeleted', 1)),
    'members.corrected': async (ctx, event) => {
      const { categoryFrom, categoryTo, statusFrom, statusTo, memberId, orgId } = event.payload
      if (statusFrom !== statusTo && GONE.has(statusTo))
        await endAbsences(ctx, memberId, null, statusTo === 'transferred' ? 'transferred' : 'decided')
      const after = { category: categoryTo, status: statusTo }
      const cause = standingChange({ category: categoryFrom, status: statusFrom }, after)
      if (cause) await move(ctx, event, [{ unitId: orgId, cause, people: isCounted(after) ? 1 : -1, memberId }])
    },
    'members.placed': async (ctx, event) => {
      const { fromOrgId, toOrgId, memberId } = event.payload
      await endAbsences(ctx, memberId, toOrgId, 'transferred')
      if (!isCounted(event.payload)) return
      await move(ctx, event, [
        { unitId: fromOrgId, cause: 'transferred_out', people: -1, memberId },
        { unitId: toOrgId, cause: 'transferred_in', people: 1, memberId },
      ])
    },
    // The people go over to the other organisation, and with them what the figures say of them.
    'org.merged': async (ctx, event) => {
      const unitId = event.subjectId
      if (unitId === null) return
      const span = await spanOf(ctx.db, ctx.tenantId, todayOf(event.at).slice(0, 7))
      const people = (await sumsOf(ctx.db, ctx.tenantId, [unitId], span)).reduce((sum, one) => sum + one.people, 0)
      await move(ctx, event, [
        { unitId, cause: 'transferred_out', people: -people },
        { unitId: event.payload.intoId, cause: 'transferred_in', people },
      ])
    },
    // An import counts people in, its reversal counts them out again; behind the figure stands the batch.
    'members.batch_counted': async (ctx, event) => {
      const { batchId, deltas } = event.payload
      const sums = new Map<string, number>()
      for (const { unitId, category, delta } of deltas)
        if (isCounted({ category, status: 'normal' })) sums.set(unitId, (sums.get(unitId) ?? 0) + delta)
      await move(
        ctx,
        event,
        [...sums].map(([unitId, people]) => ({
          unitId,
          cause: people > 0 ? ('registered' as const) : ('deleted' as const),
          people,
          batchId,
        })),
      )
    },
  },
}
