import type { NoticeKind } from '@tongxin/contract'
import type { Db } from '../../../platform/ctx.ts'
import type { Consumer, Delivered, ReactionCtx } from '../../../platform/outbox.ts'
import { holdersOfDuties } from '../../access/index.ts'
import { orgAt, type Receiver } from '../queries/notices.queries.ts'
import { officersAt, person, send, type Told } from './send.ts'

/** What reactions ask of peers; wired in modules.ts, because capabilities do not import each other. */
export type ElectionNoticePorts = {
  /** Ids of the people who elect, by the roll or by what it will be. */
  readonly electorsOf: (db: Db, tenantId: string, electionId: string) => Promise<string[]>
  /** Units that have seats at a congress, where they stand now. */
  readonly allottedUnits: (
    db: Db,
    tenantId: string,
    electionId: string,
  ) => Promise<{ id: string; path: string; name: string; seats: number }[]>
}

type Choose = (ctx: ReactionCtx, orgPath: string, electionId: string) => Promise<readonly Receiver[]>

/** Who decides above the organisation that elects: the nearest post with the permission, never one of its own. */
const above: Choose = async (ctx, orgPath) => {
  const parent = orgPath.slice(0, orgPath.lastIndexOf('.'))
  const duty = { orgPath: parent, permission: 'elections.approve' } as const
  const held = await holdersOfDuties(ctx.db, ctx.tenantId, [duty], ctx.now)
  return [...held.values()].flat().map(({ personId }) => person(personId))
}
const officers: Choose = (ctx, orgPath) => officersAt(ctx, [orgPath])
/** Who elects: by the roll, or by what it will be; in the branches below where a committee's assembly elects. */
const electors =
  ({ electorsOf }: ElectionNoticePorts): Choose =>
  async (ctx, _, id) =>
    (await electorsOf(ctx.db, ctx.tenantId, id)).map(person)

async function tell(ctx: ReactionCtx, event: Delivered, kind: NoticeKind, to: Choose): Promise<void> {
  const { orgPath, subjectId } = event
  if (!subjectId) return
  const org = await orgAt(ctx.db, ctx.tenantId, orgPath)
  const facts = { org: org?.name ?? '' }
  const told = { kind, level: 'important', facts, path: `/elections/${subjectId}`, orgId: org?.id ?? null } as const
  await send(ctx, event, { ...told, orgPath }, await to(ctx, orgPath, subjectId))
}

/** Each unit hears how many delegates it elects; its officers open the file of that election. */
async function tellUnits({ allottedUnits }: ElectionNoticePorts, ctx: ReactionCtx, event: Delivered): Promise<void> {
  if (!event.subjectId) return
  const org = await orgAt(ctx.db, ctx.tenantId, event.orgPath)
  for (const unit of await allottedUnits(ctx.db, ctx.tenantId, event.subjectId)) {
    const facts = { org: org?.name ?? '', unit: unit.name, seats: unit.seats }
    const words = { kind: 'election_allotted', level: 'important', facts, path: '/elections', of: unit.id } as const
    await send(ctx, event, { ...words, orgId: unit.id, orgPath: unit.path }, await officersAt(ctx, [unit.path]))
  }
}

/** The two who are named in a handover: what waits for them, and that it waits no longer. */
async function tellTwo(
  ctx: ReactionCtx,
  event: Delivered<'elections.handover_entered' | 'elections.handover_withdrawn'>,
  kind: NoticeKind,
  said: Told['facts'],
): Promise<void> {
  const { orgPath, subjectId, payload } = event
  const org = await orgAt(ctx.db, ctx.tenantId, orgPath)
  const facts = { org: org?.name ?? '', ...said }
  const told = { kind, level: 'important', facts, path: `/elections/${subjectId}`, orgId: org?.id ?? null } as const
  await send(ctx, event, { ...told, orgPath }, payload.personIds.map(person))
}

/** The level above hears of what it is asked, the organisation of the answer, its members of what they may do and read. */
export function electionReactions(ports: ElectionNoticePorts): Consumer['on'] {
  const voters = electors(ports)
  return {
    'elections.requested': (ctx, event) => tell(ctx, event as never, 'election_asked', above),
    'elections.candidates_reported': (ctx, event) => tell(ctx, event as never, 'election_asked', above),
    'elections.reported': (ctx, event) => tell(ctx, event as never, 'election_asked', above),
    'elections.approved': async (ctx, event) => {
      await tell(ctx, event as never, 'election_approved', officers)
      await tell(ctx, event as never, 'election_nominate', voters)
    },
    'elections.delegates_allotted': (ctx, event) => tellUnits(ports, ctx, event as never),
    'elections.candidates_approved': (ctx, event) => tell(ctx, event as never, 'election_approved', officers),
    'elections.returned': (ctx, event) => tell(ctx, event as never, 'election_returned', officers),
    'elections.handover_entered': (ctx, event) =>
      tellTwo(ctx, event, 'election_handover', { items: event.payload.items }),
    'elections.handover_withdrawn': (ctx, event) => tellTwo(ctx, event, 'election_handover_off', {}),
    'elections.completed': async (ctx, event) => {
      const everybody: Choose = async (at, path, id) => {
        const people = [...(await officers(at, path, id)), ...(await voters(at, path, id))]
        return [...new Map(people.map((one) => [one.personId, one])).values()]
      }
      await tell(ctx, event as never, 'election_result', everybody)
    },
  }
}
