import type { RuleShown } from '@tongxin/contract'
import {
  candidatesOk,
  committeeAdvice,
  delegatesAdvice,
  fullMembers,
  mayUseCongress,
  standingCandidatesOk,
  type Verdict,
} from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { findUnit } from '../../org/index.ts'
import { parametersOf } from '../../settings/index.ts'
import { bodyOf } from '../elections.policy.ts'
import { countMembers } from '../queries/congress.queries.ts'
import type { Election } from '../queries/elections.queries.ts'
import { formalBelow } from '../queries/people.queries.ts'
import { quorumOf } from './hall.ts'
import type { Gathered } from './read.ts'

const shown = ({ ruleId, ok, severity, citation }: Verdict<unknown>): RuleShown => ({
  ruleId,
  ok,
  severity: ok ? 'info' : severity,
  citation,
  from: null,
})

/** Rules as they stand now, so that nobody is surprised in the hall. */
export async function rulesOf(ctx: Ctx, { election, candidates, figures }: Gathered): Promise<RuleShown[]> {
  const { seats, standing, steps } = election
  const of = (body: string) => candidates.filter((one) => one.body === body).length
  const verdicts: Verdict<unknown>[] = []
  if (seats > 0 && of(bodyOf(election)) > 0) verdicts.push(candidatesOk({ seats, candidates: of(bodyOf(election)) }))
  if (standing > 0 && of('standing') > 0)
    verdicts.push(standingCandidatesOk({ seats: standing, candidates: of('standing') }))
  if (steps.rollDrawnAt) verdicts.push(quorumOf(figures, todayOf(ctx.now)))
  if (election.kind === 'term') verdicts.push(...(await ofTheWhole(ctx, election)))
  return verdicts.map(shown)
}

const BRANCHES: ReadonlySet<string> = new Set(['branch', 'joint_branch'])

/** Of an election at the end of a term: the size of a branch committee (BR-16), the congress (ELEC-2, ELEC-23). */
async function ofTheWhole(ctx: Ctx, election: Election): Promise<Verdict<unknown>[]> {
  const { db, actor } = ctx
  const { delegates, orgPath, seats, steps } = election
  if (delegates !== null) {
    const members = await countMembers(db, actor.tenantId, orgPath)
    const asked = { orgType: 'committee', members, scattered: steps.scattered ?? false } as const
    const parameters = await parametersOf(db, actor.tenantId, orgPath)
    return [
      mayUseCongress({ ...asked, superiorApproval: steps.approval !== undefined }),
      delegatesAdvice({ delegates, onDate: election.plannedOn }, parameters),
    ]
  }
  const unit = await findUnit(db, actor, election.unitId)
  if (!unit || !BRANCHES.has(unit.kind)) return []
  const full = (await formalBelow(db, actor.tenantId, orgPath)).length
  return [committeeAdvice({ fullMembers: fullMembers(full), size: seats })]
}
