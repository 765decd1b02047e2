import { base64url, bytesOf, utf8 } from '@tongxin/ballot/bytes'
import { canonicalText } from '@tongxin/ballot/canonical'
import { type Acceptance, castBody, leafHashOf, verifyAcceptance } from '@tongxin/ballot/cast'
import type { Choice } from '@tongxin/ballot/choice'
import { type BallotConfig, electionIdOf, questionOf, readConfig } from '@tongxin/ballot/config'
import { newRecoveryCode } from '@tongxin/ballot/recovery-code'
import { nameId } from '@tongxin/ballot/roll'
import { blindToken, finalizeToken, tokenOf } from '@tongxin/ballot/token'
import { refusalIn, urlOf } from '@tongxin/client/call'
import { UnreachedError } from '@tongxin/client/refused-error'
import { castBallot } from '@tongxin/contract/voting.cast'
import type { MyVote, VoteName } from '@tongxin/contract/voting.own'
import type { ChoiceShape } from '@tongxin/contract/voting.words'
import type { OwnBallot, OwnPapers } from './ballot-box.ts'
import { UnsoundError } from './unsound.ts'

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))

/** A new code of 128 bits, from which everything secret of this vote follows. */
export const newCode = (): string => newRecoveryCode(random)

/**
 * The configuration as published. The page works it out anew rather than believing an id: with another key for every
 * voter a server could tell ballots apart.
 * @throws UnsoundError `plan`
 */
export function planOf(vote: Pick<MyVote, 'config' | 'electionId'>): { plan: BallotConfig; electionId: string } {
  try {
    const plan = readConfig(utf8(vote.config ?? ''))
    const electionId = electionIdOf(plan)
    if (electionId === vote.electionId) return { plan, electionId }
  } catch {
    // Falls through: not a configuration at all is no better than another one.
  }
  throw new UnsoundError('plan')
}

/** The values to be signed blindly, one for each question; the same code gives the same values. */
export function blindPapers(vote: MyVote, code: string): { questionId: string; blinded: string }[] {
  const { plan, electionId } = planOf(vote)
  return plan.questions.map(({ id, issuer_key }) => ({
    questionId: id,
    blinded: base64url(blindToken(tokenOf(code, electionId, id), issuer_key)),
  }))
}

/** Whether the code is the one with which these papers were drawn. */
export function isCodeOf(vote: MyVote, code: string): boolean {
  try {
    const own = blindPapers(vote, code)
    return vote.papers.every((paper) => own.some((one) => one.blinded === paper.blinded))
  } catch (error) {
    if (error instanceof UnsoundError) throw error
    // Not even the form of a code.
    return false
  }
}

type Signed = readonly { readonly questionId: string; readonly blindSignature: string }[]

/** The signed tokens. @throws UnsoundError `paper`: what came back is not what the plan promises */
function tokensOf(vote: MyVote, code: string, signed: Signed) {
  const { plan, electionId } = planOf(vote)
  return plan.questions.map((question) => {
    const paper = signed.find(({ questionId }) => questionId === question.id)
    const token = tokenOf(code, electionId, question.id)
    try {
      const signature = finalizeToken(token, question.issuer_key, bytesOf(paper?.blindSignature ?? ''))
      return { token, tokenSignature: signature }
    } catch {
      throw new UnsoundError('paper')
    }
  })
}

/** Looks at what was drawn before anybody relies on it. Throws as `tokensOf`. */
export const checkPapers = (vote: MyVote, code: string, signed: Signed): void => void tokensOf(vote, code, signed)

/** The choice in the form that is sealed: lists of those for and against, abstention explicit. */
function sealedChoice(
  { options = [], marks, writeIns = [] }: ChoiceShape,
  kind: MyVote['questions'][number]['kind'],
): Choice {
  if (marks) {
    const marked = (mark: string) => Object.keys(marks).filter((id) => marks[id] === mark)
    return { for: marked('for'), against: marked('against'), write_ins: writeIns }
  }
  if (options.length === 0) return { abstain: true }
  return kind === 'ranked' ? { ranks: options } : { picks: options, write_ins: writeIns }
}

/** Seals one ballot for each question. From here on nobody reads it before the trustees open the box. */
export function sealBallots(
  vote: MyVote,
  papers: OwnPapers,
  choices: readonly { readonly questionId: string; readonly choice: ChoiceShape }[],
): OwnPapers {
  const { plan } = planOf(vote)
  const ballots = tokensOf(vote, papers.code ?? '', vote.papers).map(({ token, tokenSignature }): OwnBallot => {
    const { kind } = questionOf(plan, token.questionId)
    const choice = choices.find(({ questionId }) => questionId === token.questionId)?.choice ?? {}
    const body = castBody(plan, { token, tokenSignature, choice: sealedChoice(choice, kind) }, random)
    return {
      questionId: token.questionId,
      body: canonicalText(body),
      leafHash: base64url(leafHashOf(body)),
      acceptance: null,
    }
  })
  return { ...papers, ballots }
}

/**
 * Who may be written in, as the plan has them: all names are here, so nothing that is typed leaves the device. A name
 * that is not the one the trustees signed stops everything: a vote for one would be counted for another.
 * @throws UnsoundError `names`
 */
export function writeInsOf(
  vote: MyVote,
  questionId: string,
  names: readonly VoteName[],
): readonly { id: string; label: string }[] {
  if (vote.config === null) return []
  const known = new Map(names.map((one) => [one.id, one]))
  return questionOf(planOf(vote).plan, questionId)
    .write_ins.map((id) => {
      const one = known.get(id)
      if (!one || nameId({ name: one.name, salt: bytesOf(one.salt, 32) }) !== id) throw new UnsoundError('names')
      return { id, label: one.name }
    })
    .sort((a, b) => a.label.localeCompare(b.label, 'zh-CN'))
}

function shuffled<T>(items: readonly T[]): T[] {
  const keyed = items.map((item) => ({ item, key: crypto.getRandomValues(new Uint32Array(1))[0] ?? 0 }))
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item)
}

/**
 * Puts the ballots into the box, one request for each question in random order, so that the answers of one person
 * make no pattern. `onProgress` keeps each acceptance at once; the code goes when everything is in.
 * @throws RefusedError from the box, UnsoundError when its promise does not hold, UnreachedError when it did not answer: sending again sends the same ballots
 */
export async function castBallots(
  vote: MyVote,
  papers: OwnPapers,
  onProgress: (papers: OwnPapers) => void,
): Promise<OwnPapers> {
  const { plan, electionId } = planOf(vote)
  let now = papers
  for (const { questionId, body } of shuffled(papers.ballots.filter(({ acceptance }) => acceptance === null))) {
    const acceptance = await put(vote, body ?? '')
    const own = now.ballots.find((one) => one.questionId === questionId)
    if (acceptance.leaf !== own?.leafHash || !verifyAcceptance(plan, electionId, acceptance))
      throw new UnsoundError('acceptance')
    const ballots = now.ballots.map((one) =>
      one.questionId === questionId ? { ...one, body: null, acceptance: acceptance.signature } : one,
    )
    const isLast = ballots.every((one) => one.acceptance !== null)
    now = { ...now, ballots, code: isLast ? null : now.code }
    onProgress(now)
  }
  return now
}

/** Another origin, no cookie, no referrer: nothing of the request says whose it is. */
async function put(vote: MyVote, body: string): Promise<Acceptance> {
  let response: Response
  try {
    response = await fetch(`${vote.castOrigin ?? ''}${urlOf(castBallot)}`, {
      method: 'POST',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      headers: { 'content-type': 'application/json' },
      body,
    })
  } catch (cause) {
    throw new UnreachedError(navigator.onLine === false, cause)
  }
  if (!response.ok) throw await refusalIn(response)
  return (await response.json()) as Acceptance
}
