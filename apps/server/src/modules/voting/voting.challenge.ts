import { createHash } from 'node:crypto'
import { bytesOf, drawingChallenge } from '@tongxin/ballot'

/**
 * What a passkey signs when papers are drawn. For one paper it is SHA-256(election ‖ question ‖ blinded); several drawn
 * at once are bound together by SHA-256 over these, in their order, so that one touch is enough.
 */
export function drawingChallengeOf(
  electionId: string,
  papers: readonly { readonly questionId: string; readonly blinded: string }[],
): Uint8Array {
  const each = papers.map(({ questionId, blinded }) => drawingChallenge(electionId, questionId, bytesOf(blinded)))
  const [only] = each
  if (each.length === 1 && only) return only
  const hash = createHash('sha256')
  for (const one of each) hash.update(one)
  return new Uint8Array(hash.digest())
}
