import type { VotePlan } from '@tongxin/domain'
import { v7 as uuidv7 } from 'uuid'
import { prepareVote } from '../modules/voting/index.ts'
import { Sessions } from '../platform/session.ts'
import { inTransaction } from '../platform/transaction.ts'
import { type Client, type Fixture, NOW } from './fixture.ts'

/** A vote as a capability prepares it, under the post of this person. */
export async function planted(
  f: Fixture,
  officer: Client,
  plan: Pick<VotePlan, 'questions' | 'voters'> & Partial<VotePlan>,
): Promise<string> {
  const hash = Sessions.hash(officer.cookie.split('=')[1] as string)
  const admitted = await f.platform.sessions.admit(hash, NOW)
  const base = {
    actor: admitted.actor,
    now: NOW,
    requestId: uuidv7(),
    vault: f.platform.vault,
    log: f.platform.log,
    expectedVersion: null,
  }
  const { voteId } = await inTransaction(f.platform, admitted, base, (ctx) =>
    prepareVote(ctx, {
      orgId: f.orgs.teachers.id,
      subject: { kind: 'meeting', id: uuidv7() },
      title: '会议表决',
      secrecy: 'named',
      channel: 'electronic',
      rule: { kind: 'resolution' },
      shouldAttend: plan.voters.length,
      writtenOpinions: false,
      meetingId: null,
      ...plan,
    }),
  )
  return voteId
}
