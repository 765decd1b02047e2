import type { StepState, StepVerdict } from '@tongxin/contract'
import type { AdmissionEdition } from '@tongxin/domain'
import type { StepFacts } from '@tongxin/domain/admission/step-facts'
import type { Db, Tx } from '../../../platform/ctx.ts'

/** Steps from which on a second probation repeats them. */
export const REPEATED_FROM = 21

export type Step = {
  readonly id: string
  readonly step: number
  readonly attempt: number
  readonly round: number
  readonly state: StepState
  readonly heldOn: string
  readonly facts: StepFacts
  readonly verdicts: readonly StepVerdict[]
  readonly edition: AdmissionEdition
  readonly lateReason: string | null
  readonly meetingId: string | null
  readonly itemId: string | null
  readonly recordedBy: string
  readonly recordedAt: Date
  readonly decidedBy: string | null
  readonly decidedOn: string | null
  readonly decision: StepFacts
  readonly returnedReason: string | null
}

/** All steps of a case, undone ones too, in order. */
export async function stepsOf(db: Db, tenantId: string, caseId: string): Promise<Step[]> {
  const rows = await db
    .selectFrom('development_step as s')
    .select([
      's.id',
      's.step',
      's.attempt',
      's.round',
      's.state',
      's.held_on as heldOn',
      's.facts',
      's.verdicts',
      's.edition',
      's.late_reason as lateReason',
      's.meeting_id as meetingId',
      's.item_id as itemId',
      's.recorded_by as recordedBy',
      's.recorded_at as recordedAt',
      's.decided_by as decidedBy',
      's.decided_on as decidedOn',
      's.decision',
      's.returned_reason as returnedReason',
    ])
    .where('s.tenant_id', '=', tenantId)
    .where('s.case_id', '=', caseId)
    .orderBy('s.step')
    .orderBy('s.attempt')
    .execute()
  return rows as unknown as Step[]
}

export type NewStep = Omit<Step, 'decidedBy' | 'decidedOn' | 'decision' | 'returnedReason'> & {
  readonly caseId: string
  readonly personId: string
  readonly orgPath: string
}
export async function insertStep(tx: Tx, tenantId: string, step: NewStep): Promise<void> {
  await tx
    .insertInto('development_step')
    .values({
      tenant_id: tenantId,
      id: step.id,
      case_id: step.caseId,
      person_id: step.personId,
      org_path: step.orgPath,
      step: step.step,
      attempt: step.attempt,
      round: step.round,
      state: step.state,
      held_on: step.heldOn,
      facts: JSON.stringify(step.facts),
      verdicts: JSON.stringify(step.verdicts),
      edition: step.edition,
      late_reason: step.lateReason,
      meeting_id: step.meetingId,
      item_id: step.itemId,
      recorded_by: step.recordedBy,
      recorded_at: step.recordedAt,
    })
    .execute()
}

export type Decision = {
  readonly state: StepState
  readonly by: string
  readonly on: string
  readonly at: Date
  readonly decision: StepFacts
  readonly verdicts: readonly StepVerdict[]
  readonly returnedReason: string | null
}
export async function setDecision(tx: Tx, tenantId: string, id: string, made: Decision): Promise<void> {
  await tx
    .updateTable('development_step')
    .set({
      state: made.state,
      decided_by: made.by,
      decided_at: made.at,
      decided_on: made.on,
      decision: JSON.stringify(made.decision),
      verdicts: JSON.stringify(made.verdicts),
      returned_reason: made.returnedReason,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** Undoes live steps from a number on (of the running probation where they repeat), with the reason; the rows stay. */
export async function voidSteps(
  tx: Tx,
  tenantId: string,
  one: { readonly id: string; readonly round: number },
  from: number,
  reason: string,
): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('development_step')
    .set({ state: 'void', returned_reason: reason.slice(0, 500) })
    .where('tenant_id', '=', tenantId)
    .where('case_id', '=', one.id)
    .where('step', '>=', from)
    .where('state', 'in', ['recorded', 'confirmed'])
    .where((eb) => eb.or([eb('step', '<', REPEATED_FROM), eb('round', '=', one.round)]))
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Agenda items whose ballot belongs to a live step of any case. */
export async function takenItems(db: Db, tenantId: string, itemIds: readonly string[]): Promise<Set<string>> {
  if (itemIds.length === 0) return new Set()
  const rows = await db
    .selectFrom('development_step as s')
    .select('s.item_id as itemId')
    .where('s.tenant_id', '=', tenantId)
    .where('s.item_id', 'in', [...itemIds])
    .where('s.state', 'in', ['recorded', 'confirmed'])
    .execute()
  return new Set(rows.map((row) => row.itemId as string))
}
