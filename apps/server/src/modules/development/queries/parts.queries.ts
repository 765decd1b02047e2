import type { PublicityPurpose, ReviewKind, StepVerdict } from '@tongxin/contract'
import type { Db, Tx } from '../../../platform/ctx.ts'

/** What belongs to a case beside its steps. */
export type Person = {
  readonly id: string
  readonly part: 'contact' | 'introducer'
  readonly memberId: string
  readonly name: string
  readonly fromOn: string
  readonly untilOn: string | null
  readonly endReason: string | null
}
export type Review = {
  readonly id: string
  readonly kind: ReviewKind
  readonly isOwn: boolean
  readonly dueOn: string | null
  readonly heldOn: string
  readonly verdict: 'good' | 'fair' | 'poor' | null
  readonly opinion: string
  readonly fileId: string | null
  readonly recordedBy: string
}
export type Publicity = {
  readonly id: string
  readonly purpose: PublicityPurpose
  readonly from: string
  readonly until: string
  readonly places: string[]
  readonly floating: boolean
  readonly channel: string
  readonly verdict: StepVerdict
  readonly feedback: number | null
  readonly verification: string | null
  readonly passed: boolean | null
  readonly closedOn: string | null
}
export type Proof = {
  readonly id: string
  readonly step: number
  readonly kind: string
  readonly fileId: string
  readonly name: string
  readonly addedAt: Date
}
export type Owner = { readonly id: string; readonly personId: string; readonly orgPath: string }
export type Made = { readonly id: string; readonly by: string; readonly at: Date }

export async function peopleOf(db: Db, tenantId: string, caseId: string): Promise<Person[]> {
  const rows = await db
    .selectFrom('development_person as p')
    .select([
      'p.id',
      'p.part',
      'p.member_id as memberId',
      'p.name',
      'p.from_on as fromOn',
      'p.until_on as untilOn',
      'p.end_reason as endReason',
    ])
    .where('p.tenant_id', '=', tenantId)
    .where('p.case_id', '=', caseId)
    .orderBy('p.part')
    .orderBy('p.from_on')
    .orderBy('p.id')
    .execute()
  return rows as Person[]
}

export async function insertPerson(
  tx: Tx,
  tenantId: string,
  owner: Owner,
  person: Pick<Person, 'part' | 'memberId' | 'name' | 'fromOn'> & Made,
): Promise<void> {
  await tx
    .insertInto('development_person')
    .values({
      tenant_id: tenantId,
      id: person.id,
      case_id: owner.id,
      org_path: owner.orgPath,
      part: person.part,
      member_id: person.memberId,
      name: person.name,
      from_on: person.fromOn,
      recorded_by: person.by,
      created_at: person.at,
    })
    .execute()
}

/** Ends who holds a part now. */
export async function endPeople(
  tx: Tx,
  tenantId: string,
  caseId: string,
  part: Person['part'],
  end: { readonly on: string; readonly reason: string },
): Promise<void> {
  await tx
    .updateTable('development_person')
    .set({ until_on: end.on, end_reason: end.reason })
    .where('tenant_id', '=', tenantId)
    .where('case_id', '=', caseId)
    .where('part', '=', part)
    .where('until_on', 'is', null)
    .execute()
}

export async function reviewsOf(db: Db, tenantId: string, caseId: string): Promise<Review[]> {
  const rows = await db
    .selectFrom('development_review as r')
    .select([
      'r.id',
      'r.kind',
      'r.is_own as isOwn',
      'r.due_on as dueOn',
      'r.held_on as heldOn',
      'r.verdict',
      'r.opinion',
      'r.file_id as fileId',
      'r.recorded_by as recordedBy',
    ])
    .where('r.tenant_id', '=', tenantId)
    .where('r.case_id', '=', caseId)
    .orderBy('r.held_on')
    .orderBy('r.id')
    .execute()
  return rows as Review[]
}

export async function insertReview(
  tx: Tx,
  tenantId: string,
  owner: Owner,
  review: Omit<Review, 'recordedBy'> & Made,
): Promise<void> {
  await tx
    .insertInto('development_review')
    .values({
      tenant_id: tenantId,
      id: review.id,
      case_id: owner.id,
      person_id: owner.personId,
      org_path: owner.orgPath,
      kind: review.kind,
      is_own: review.isOwn,
      due_on: review.dueOn,
      held_on: review.heldOn,
      verdict: review.verdict,
      opinion: review.opinion,
      file_id: review.fileId,
      recorded_by: review.by,
      created_at: review.at,
    })
    .execute()
}

export async function publicitiesOf(db: Db, tenantId: string, caseId: string): Promise<Publicity[]> {
  const rows = await db
    .selectFrom('development_publicity as p')
    .select([
      'p.id',
      'p.purpose',
      'p.from_on as from',
      'p.until_on as until',
      'p.places',
      'p.floating',
      'p.channel',
      'p.verdict',
      'p.feedback',
      'p.verification',
      'p.passed',
      'p.closed_on as closedOn',
    ])
    .where('p.tenant_id', '=', tenantId)
    .where('p.case_id', '=', caseId)
    .orderBy('p.from_on')
    .orderBy('p.id')
    .execute()
  return rows as unknown as Publicity[]
}

export async function insertPublicity(
  tx: Tx,
  tenantId: string,
  owner: Owner,
  one: Omit<Publicity, 'feedback' | 'verification' | 'passed' | 'closedOn'> & Made,
): Promise<void> {
  await tx
    .insertInto('development_publicity')
    .values({
      tenant_id: tenantId,
      id: one.id,
      case_id: owner.id,
      org_path: owner.orgPath,
      purpose: one.purpose,
      from_on: one.from,
      until_on: one.until,
      places: one.places,
      floating: one.floating,
      channel: one.channel,
      verdict: JSON.stringify(one.verdict),
      recorded_by: one.by,
      created_at: one.at,
    })
    .execute()
}

export async function setClosed(
  tx: Tx,
  tenantId: string,
  id: string,
  end: { on: string; feedback: number; verification: string | null; passed: boolean; by: string },
): Promise<void> {
  await tx
    .updateTable('development_publicity')
    .set({
      closed_on: end.on,
      feedback: end.feedback,
      verification: end.verification,
      passed: end.passed,
      closed_by: end.by,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export async function proofsOf(db: Db, tenantId: string, caseId: string): Promise<Proof[]> {
  return db
    .selectFrom('development_proof as p')
    .select(['p.id', 'p.step', 'p.kind', 'p.file_id as fileId', 'p.name', 'p.added_at as addedAt'])
    .where('p.tenant_id', '=', tenantId)
    .where('p.case_id', '=', caseId)
    .orderBy('p.step')
    .orderBy('p.id')
    .execute()
}

export async function insertProof(
  tx: Tx,
  tenantId: string,
  owner: Owner,
  proof: Pick<Proof, 'step' | 'kind' | 'fileId' | 'name'> & Made,
): Promise<void> {
  await tx
    .insertInto('development_proof')
    .values({
      tenant_id: tenantId,
      id: proof.id,
      case_id: owner.id,
      org_path: owner.orgPath,
      step: proof.step,
      kind: proof.kind,
      file_id: proof.fileId,
      name: proof.name,
      added_by: proof.by,
      added_at: proof.at,
    })
    .execute()
}

export type SealedVetting = { readonly id: string; readonly sealed: Buffer; readonly by: string; readonly at: Date }
/** Political reviews of a case, newest first, still sealed. */
export async function vettingsOf(db: Db, tenantId: string, caseId: string): Promise<SealedVetting[]> {
  return db
    .selectFrom('development_vetting as v')
    .select(['v.id', 'v.sealed', 'v.recorded_by as by', 'v.created_at as at'])
    .where('v.tenant_id', '=', tenantId)
    .where('v.case_id', '=', caseId)
    .orderBy('v.created_at', 'desc')
    .orderBy('v.id', 'desc')
    .execute()
}

export async function insertVetting(tx: Tx, tenantId: string, owner: Owner, vetting: SealedVetting): Promise<void> {
  await tx
    .insertInto('development_vetting')
    .values({
      tenant_id: tenantId,
      id: vetting.id,
      case_id: owner.id,
      org_path: owner.orgPath,
      sealed: vetting.sealed,
      recorded_by: vetting.by,
      created_at: vetting.at,
    })
    .execute()
}
