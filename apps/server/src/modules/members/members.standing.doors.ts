import type { Actor, Db } from '../../platform/ctx.ts'
import { inReach } from '../../platform/scope.ts'

/** What rules on admission ask of a person: category, standing and penalties, as on record. Nothing sealed. */
export type PersonStanding = {
  readonly memberId: string
  readonly personId: string
  readonly memberNo: string
  readonly name: string
  readonly category: string
  readonly status: string
  readonly bornOn: string | null
  readonly orgId: string
  readonly orgPath: string
  readonly penalties: readonly {
    readonly type: string
    readonly fromOn: string | null
    readonly liftedOn: string | null
  }[]
}

/** The record of a person in the tenant: for what the person does for the own cause. */
export async function ownStanding(db: Db, tenantId: string, personId: string): Promise<PersonStanding | undefined> {
  const row = await standings(db, tenantId).where('m.person_id', '=', personId).executeTakeFirst()
  return row ? { ...row, penalties: [] } : undefined
}

function standings(db: Db, tenantId: string) {
  return db
    .selectFrom('members_member as m')
    .select([
      'm.id as memberId',
      'm.person_id as personId',
      'm.member_no as memberNo',
      'm.name',
      'm.category',
      'm.status',
      'm.born_on as bornOn',
      'm.org_id as orgId',
      'm.org_path as orgPath',
    ])
    .where('m.tenant_id', '=', tenantId)
    .where('m.deleted_at', 'is', null)
}

/** Living records of the caller's scope by id; those outside it are absent. */
export async function standingsOf(db: Db, actor: Actor, memberIds: readonly string[]): Promise<PersonStanding[]> {
  if (memberIds.length === 0) return []
  const people = await standings(db, actor.tenantId)
    .where('m.id', 'in', [...memberIds])
    .where(inReach('m.org_path', actor))
    .execute()
  if (people.length === 0) return []
  const entries = await db
    .selectFrom('members_entry as e')
    .select(['e.member_id as memberId', 'e.from_on as fromOn', 'e.facts'])
    .where('e.tenant_id', '=', actor.tenantId)
    .where(
      'e.member_id',
      'in',
      people.map((person) => person.memberId),
    )
    .where('e.kind', '=', 'penalty')
    .where('e.ended_reason', 'is', null)
    .execute()
  const penaltiesOf = (memberId: string) =>
    entries
      .filter((entry) => entry.memberId === memberId)
      .map(({ fromOn, facts }) => {
        const known = facts as { type?: string; liftedOn?: string }
        return { type: known.type ?? '', fromOn, liftedOn: known.liftedOn || null }
      })
  return people.map((person) => ({ ...person, penalties: penaltiesOf(person.memberId) }))
}
