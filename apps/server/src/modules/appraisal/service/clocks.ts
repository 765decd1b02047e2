import { addDays, type IsoDate } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import { type Deadline, type DeadlineCtx, endDeadlines, setDeadlines } from '../../deadlines/index.ts'
import type { Round } from '../queries/rounds.queries.ts'

type Clocked = Pick<
  Round,
  'id' | 'year' | 'unitId' | 'orgPath' | 'orgName' | 'state' | 'dueOn' | 'selfDueOn' | 'sheetDueOn' | 'reportDueOn'
>
type Who = { readonly id: string; readonly personId: string }

const stepKey = (roundId: string) => `appraisal.step/${roundId}`
const ownKey = (what: 'self' | 'sheet' | 'result', id: string) => `appraisal.${what}/${id}`

const STEP_KINDS: Readonly<Partial<Record<Round['state'], string>>> = {
  study: 'appraisal.study',
  reviewing: 'appraisal.review',
  assessing: 'appraisal.assess',
  grading: 'appraisal.grade',
  checking: 'appraisal.check',
  feedback: 'appraisal.report',
}

function clock(
  ctx: DeadlineCtx,
  round: Clocked,
  dueOn: IsoDate,
): Omit<Deadline, 'key' | 'kind' | 'personId' | 'permission' | 'phonePath'> {
  return {
    params: { year: round.year },
    unit: { id: round.unitId, path: round.orgPath },
    startsOn: todayOf(ctx.now),
    yellowOn: addDays(dueOn, -3),
    dueOn,
    remind: [7, 3, 1, 0],
    deskPath: `/appraisals/${round.id}`,
  }
}

/** What the running step asks of the branch; nothing once the round is reported. */
export async function setStepClock(ctx: DeadlineCtx, round: Clocked): Promise<void> {
  const kind = STEP_KINDS[round.state]
  if (!kind || round.dueOn === null) return endDeadlines(ctx, [stepKey(round.id)], 'done')
  const permission = round.state === 'checking' ? 'appraisal.approve' : 'appraisal.write'
  await setDeadlines(ctx, [
    { ...clock(ctx, round, round.dueOn), key: stepKey(round.id), kind, permission, personId: null, phonePath: null },
  ])
}

/** What the round asks of each person: the own review, the sheet, to read the result. */
export async function setOwnClocks(
  ctx: DeadlineCtx,
  round: Clocked,
  what: 'self' | 'sheet' | 'result',
  people: readonly Who[],
): Promise<void> {
  const dueOn = { self: round.selfDueOn, sheet: round.sheetDueOn, result: round.reportDueOn }[what]
  await setDeadlines(
    ctx,
    people.map(({ id, personId }) => ({
      ...clock(ctx, round, dueOn),
      key: ownKey(what, id),
      kind: `appraisal.own_${what}`,
      permission: null,
      personId,
      deskPath: null,
      phonePath: `/appraisals/${round.id}`,
    })),
  )
}

export async function endOwnClocks(
  ctx: DeadlineCtx,
  what: 'self' | 'sheet' | 'result',
  people: readonly Pick<Who, 'id'>[],
  end: 'done' | 'void',
): Promise<void> {
  await endDeadlines(
    ctx,
    people.map(({ id }) => ownKey(what, id)),
    end,
  )
}

/** Nothing is asked of anybody any more. */
export async function endAllClocks(ctx: DeadlineCtx, round: Pick<Round, 'id'>, people: readonly Who[]): Promise<void> {
  const own = people.flatMap(({ id }) => (['self', 'sheet', 'result'] as const).map((what) => ownKey(what, id)))
  await endDeadlines(ctx, [stepKey(round.id), ...own], 'void')
}
