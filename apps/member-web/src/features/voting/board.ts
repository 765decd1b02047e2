import { base64url, bytesOf, utf8 } from '@tongxin/ballot/bytes'
import { readCheckpoint } from '@tongxin/ballot/checkpoint'
import { readConfig } from '@tongxin/ballot/config'
import { isSignedByAll } from '@tongxin/ballot/config-leaf'
import { leafHash, treeRoot } from '@tongxin/ballot/tree'
import { refusalIn, urlOf } from '@tongxin/client/call'
import { UnreachedError } from '@tongxin/client/refused-error'
import { readPublicBoard } from '@tongxin/contract/voting.cast'
import type { MyVote } from '@tongxin/contract/voting.own'
import type { BoardFile } from '@tongxin/contract/voting.words'
import { planOf } from './ballot-acts.ts'
import type { OwnPapers } from './ballot-box.ts'
import { UnsoundError } from './unsound.ts'

/** Whole files and no cookie: who asks for one leaf tells that it is hers. */
async function fileOf(vote: MyVote, file: BoardFile): Promise<Uint8Array> {
  const path = urlOf(readPublicBoard, { params: { election: vote.electionId ?? '', file } })
  let response: Response
  try {
    response = await fetch(`${vote.castOrigin ?? ''}${path}`, { credentials: 'omit', referrerPolicy: 'no-referrer' })
  } catch (cause) {
    throw new UnreachedError(navigator.onLine === false, cause)
  }
  if (!response.ok) throw await refusalIn(response)
  return new Uint8Array(await response.arrayBuffer())
}

/** The lines of `leaves.jsonl`, each the exact bytes of a leaf. */
function linesIn(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = []
  let from = 0
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, from)) {
    lines.push(bytes.slice(from, at))
    from = at + 1
  }
  return lines
}

/**
 * Before a paper is drawn: the board, asked without saying who asks, shows the signatures of all trustees over the very
 * plan that this session was given. A plan of her own, by whose keys one voter's ballot would be known again, has none;
 * that the trustees themselves are the right ones is seen by the words of the election, which are compared in the hall.
 * @throws UnsoundError `plan`, `signatures`; UnreachedError where the board cannot be asked
 */
export async function demandSignatures(vote: MyVote): Promise<void> {
  const { plan, electionId } = planOf(vote)
  const [first] = linesIn(await fileOf(vote, 'leaves.jsonl'))
  if (!first || !isSignedByAll(plan, electionId, first)) throw new UnsoundError('signatures')
}

/**
 * The places of my ballots on the signed board, counted from 1, null for one that is not there. The whole board is
 * worked out anew: a server that shows each voter another one would have to sign all of them.
 * @throws UnsoundError `board` when leaves and signature do not agree
 */
export async function placesOnBoard(vote: MyVote, papers: OwnPapers): Promise<Record<string, number | null>> {
  const [checkpoint, leaves] = await Promise.all([fileOf(vote, 'checkpoint'), fileOf(vote, 'leaves.jsonl')])
  const hashes = linesIn(leaves).map(leafHash)
  try {
    const plan = readConfig(utf8(vote.config ?? ''))
    const signed = readCheckpoint(checkpoint, vote.electionId ?? '', plan.board_key)
    const isSame = signed.size === hashes.length && base64url(treeRoot(hashes)) === base64url(signed.root)
    if (!isSame) throw new Error('another root')
  } catch {
    throw new UnsoundError('board')
  }
  const places = new Map(hashes.map((hash, at) => [base64url(hash), at + 1]))
  return Object.fromEntries(
    papers.ballots.flatMap(({ leafHash: own }) => (own ? [[base64url(bytesOf(own)), places.get(own) ?? null]] : [])),
  )
}
