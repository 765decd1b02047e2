import { addDays, addMonths, type IsoDate, type ParameterTable, wholeParameter } from '@tongxin/domain'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { type Deadline, type DeadlineCtx, endDeadlines, setDeadlines } from '../../deadlines/index.ts'
import type { Absence } from '../queries/absences.queries.ts'

const YELLOW_DAYS = 14

/** From this day a contact that is not made shows yellow. */
export const yellowBefore = (dueOn: IsoDate): IsoDate => addDays(dueOn, -YELLOW_DAYS)

const keys = (absenceId: string) => ({
  contact: `membership.contact/${absenceId}`,
  stop: `membership.stop/${absenceId}`,
})

type Clocked = Pick<
  Absence,
  'id' | 'kind' | 'personId' | 'name' | 'unitId' | 'orgPath' | 'startedOn' | 'contactDueOn' | 'facts'
>

/** What an open absence asks of the branch: the next contact, and the day from which a proposal is possible. */
export async function setClocks(ctx: Ctx<Tx>, absence: Clocked, parameters: ParameterTable): Promise<void> {
  const base = {
    params: { name: absence.name },
    unit: { id: absence.unitId, path: absence.orgPath },
    permission: 'membership.write' as const,
    startsOn: absence.startedOn,
    deskPath: `/membership/absences/${absence.id}`,
    phonePath: null,
  }
  const { contactDueOn } = absence
  const clocks: Deadline[] = []
  if (contactDueOn) {
    clocks.push({
      ...base,
      key: keys(absence.id).contact,
      kind: `membership.contact_${absence.kind}`,
      // Somebody who is lost is not reminded of himself.
      personId: absence.kind === 'lost' ? null : absence.personId,
      phonePath: absence.kind === 'lost' ? null : '/me/absence',
      yellowOn: yellowBefore(contactDueOn),
      dueOn: contactDueOn,
      remind: [14, 3, 0],
    })
  }
  const months = stopMonths(absence, parameters)
  if (months !== null) {
    const dueOn = addMonths(absence.startedOn, months)
    clocks.push({
      ...base,
      key: keys(absence.id).stop,
      kind: `membership.stop_${absence.kind}`,
      personId: null,
      yellowOn: addDays(dueOn, -30),
      dueOn,
      remind: [30, 0],
    })
  }
  await setDeadlines(ctx, clocks)
}

function stopMonths(absence: Clocked, parameters: ParameterTable): number | null {
  if (absence.kind === 'lost') return wholeParameter(parameters, 'membership.lostContactMonths', absence.startedOn)
  if (absence.kind === 'abroad' && absence.facts.purpose !== 'official')
    return wholeParameter(parameters, 'membership.abroadMonths', absence.startedOn)
  return null
}

export async function endClocks(ctx: DeadlineCtx, absenceId: string): Promise<void> {
  await endDeadlines(ctx, Object.values(keys(absenceId)), 'void')
}

/** Two years after the stop (MEM-4): the branch has to say again whether the person was found. */
export async function setRemovalClock(
  ctx: Ctx<Tx>,
  decision: { id: string; name: string; unitId: string; orgPath: string; effectiveOn: IsoDate },
  parameters: ParameterTable,
): Promise<void> {
  const months = wholeParameter(parameters, 'membership.removalAfterStopMonths', decision.effectiveOn)
  const dueOn = addMonths(decision.effectiveOn, months)
  await setDeadlines(ctx, [
    {
      key: removalKey(decision.id),
      kind: 'membership.removal',
      params: { name: decision.name },
      unit: { id: decision.unitId, path: decision.orgPath },
      permission: 'membership.write',
      personId: null,
      startsOn: decision.effectiveOn,
      yellowOn: addDays(dueOn, -30),
      dueOn,
      remind: [30, 0],
      deskPath: `/membership/decisions/${decision.id}`,
      phonePath: null,
    },
  ])
}

const removalKey = (decisionId: string): string => `membership.removal/${decisionId}`

export async function endRemovalClock(ctx: Ctx<Tx>, stopId: string, end: 'done' | 'void'): Promise<void> {
  await endDeadlines(ctx, [removalKey(stopId)], end)
}
