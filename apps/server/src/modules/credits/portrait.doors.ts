import type { CreditStanding } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { inReach } from '../../platform/scope.ts'
import type { CreditPorts } from './credits.ports.ts'
import { shownAccount } from './queries/accounts.queries.ts'
import { ownRecord, personInReach } from './queries/people.queries.ts'
import { accountOf } from './service/accounts.ts'

type Asking = Pick<Ctx, 'db' | 'actor'>
type Whose = { readonly memberId: string; readonly isOwn: boolean }
const mayRead = ({ actor }: Asking, isOwn: boolean) => isOwn || actor.permissions.has('learning.read')

type YearOfLearning = {
  readonly year: number
  readonly target: number | null
  readonly earned: number
  readonly required: number
  readonly elective: number
  readonly requiredLeft: number
  readonly standing: CreditStanding
}

/** What a person has learned in a year, hours in hundredths; null without the right to see it. */
export const learningOf =
  (ports: Pick<CreditPorts, 'requiredLeftOf'>) =>
  async (ctx: Asking, { memberId, isOwn }: Whose, year: number): Promise<YearOfLearning | null> => {
    if (!mayRead(ctx, isOwn)) return null
    const { db, actor } = ctx
    const { tenantId } = actor
    const person = isOwn ? await ownRecord(db, tenantId, actor.personId) : await personInReach(db, actor, memberId)
    if (!person) return null
    const account = shownAccount(await accountOf({ db, tenantId, ports }, person, year))
    const { target, earned, required, elective, requiredLeft, standing } = account
    return { year, target, earned, required, elective, requiredLeft, standing }
  }

/** Confirmed honours of learning, the newest first, `most` at most; empty without the right to see them. */
export async function honoursOf(
  ctx: Asking,
  { memberId, isOwn }: Whose,
  most: number,
): Promise<{ year: number; title: string; unitName: string }[]> {
  if (!mayRead(ctx, isOwn)) return []
  const { db, actor } = ctx
  return db
    .selectFrom('credits_honour as h')
    .select(['h.year', 'h.title', 'h.unit_name as unitName'])
    .where('h.tenant_id', '=', actor.tenantId)
    .where('h.member_id', '=', memberId)
    .where('h.state', '=', 'confirmed')
    .where(isOwn ? sql<boolean>`h.person_id = ${actor.personId}::uuid` : inReach('h.org_path', actor))
    .orderBy('h.year', 'desc')
    .orderBy('h.id')
    .limit(most)
    .execute()
}
