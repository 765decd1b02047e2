import type { VoteStep } from '@tongxin/contract'
import type { Vote } from './queries/votes.queries.ts'

/** Grade V2: drawn and cast on phones so that nobody can tell who voted what. */
export const isSealed = (vote: Pick<Vote, 'secrecy' | 'channel'>): boolean =>
  vote.secrecy === 'secret' && vote.channel !== 'paper'

/** Papers are counted by hand in the hall. */
export const hasPapers = (vote: Pick<Vote, 'channel'>): boolean => vote.channel !== 'electronic'

/** By name and phone, papers are given before voting begins: a refusal after it would tell who has voted. */
export const mayGivePapers = (vote: Pick<Vote, 'secrecy' | 'channel' | 'state'>): boolean =>
  hasPapers(vote) && !(vote.secrecy === 'named' && vote.channel === 'mixed' && vote.state === 'casting')

/** Before this nobody has seen the vote and a poll may still be changed. */
export const isFrozen = (vote: Pick<Vote, 'state'>): boolean => vote.state !== 'prepared'

/** Not once it is counted: who knows a result could make it unheard of and have people vote again until it suits. */
export const isCancellable = (vote: Pick<Vote, 'state'>): boolean => !isCounted(vote) && vote.state !== 'cancelled'
export const isCounted = (vote: Pick<Vote, 'state'>): boolean => vote.state === 'counted' || vote.state === 'published'

/**
 * The next steps that officers may take. Casting opens only after drawing has closed: otherwise the times of requests
 * would tie a ballot to a person.
 */
export function stepsOf(vote: Pick<Vote, 'secrecy' | 'channel' | 'state' | 'trustees'>): VoteStep[] {
  const sealed = isSealed(vote)
  switch (vote.state) {
    case 'prepared':
      return sealed ? [] : ['announced']
    case 'keyed':
      return vote.trustees.every(({ signature }) => signature !== null) ? ['announced'] : []
    case 'announced':
      return sealed ? ['drawing'] : ['casting']
    case 'drawing':
      return ['drawing_closed']
    case 'drawing_closed':
      return ['casting']
    case 'casting':
      return ['closed']
    case 'counted':
      return ['published']
    default:
      return []
  }
}

/** With fewer the result itself tells who voted what; said to voters before they vote. */
export const FEW_VOTERS = 8
