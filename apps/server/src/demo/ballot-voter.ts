import { randomBytes } from 'node:crypto'
import {
  type BallotConfig,
  base64url,
  blindToken,
  bytesOf,
  type CastBody,
  type Choice,
  castBody,
  electionIdOf,
  finalizeToken,
  newRecoveryCode,
  type QuestionConfig,
  type Token,
  tokenOf,
} from '@tongxin/ballot'

export const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length))

export type Paper = { readonly questionId: string; readonly blinded: string }
export type Drawn = { readonly questionId: string; readonly blindSignature: string }

/** What a voter's own device does: it keeps the recovery code, and nobody else ever sees it. */
export type Device = {
  /** For the drawing. */
  readonly papers: readonly Paper[]
  /** Sealed ballots of the papers that were signed. */
  ballots(drawn: readonly Drawn[], choose: (question: QuestionConfig) => Choice): CastBody[]
}

export function openDevice(config: BallotConfig): Device {
  const code = newRecoveryCode(random)
  const electionId = electionIdOf(config)
  const tokens = new Map<string, Token>(config.questions.map(({ id }) => [id, tokenOf(code, electionId, id)]))
  const tokenFor = (question: QuestionConfig) => tokens.get(question.id) as Token
  return {
    papers: config.questions.map((question) => ({
      questionId: question.id,
      blinded: base64url(blindToken(tokenFor(question), question.issuer_key)),
    })),
    ballots: (drawn, choose) =>
      config.questions.map((question) => {
        const paper = drawn.find(({ questionId }) => questionId === question.id)
        const token = tokenFor(question)
        const signature = bytesOf(paper?.blindSignature ?? '')
        const tokenSignature = finalizeToken(token, question.issuer_key, signature)
        return castBody(config, { token, tokenSignature, choice: choose(question) }, random)
      }),
  }
}
