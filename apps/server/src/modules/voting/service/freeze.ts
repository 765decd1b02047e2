import {
  type BallotConfig,
  BallotError,
  bytesOf,
  CONFIG_FORMAT,
  canonicalText,
  checkConfig,
  configLeaf,
  electionIdOf,
  plaintextBytesOf,
  rollLeaves,
  rollRoot,
  signConfig,
  verifyConfigSignature,
} from '@tongxin/ballot'
import {
  type Input,
  type giveKeys as keysContract,
  type Reply,
  votingRefusals as refusals,
  type giveSignatures as signaturesContract,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import * as asked from '../queries/questions.queries.ts'
import * as rolls from '../queries/roll.queries.ts'
import * as q from '../queries/votes.queries.ts'
import { boardKeyOf, makeIssuerKey } from '../voting.keys.ts'
import { isSealed } from '../voting.policy.ts'
import { nameOf } from './names.ts'
import { demandLocked, subjectOf } from './subjects.ts'

type KeysBody = Input<typeof keysContract>['body']

/**
 * The public half of the trustees' ceremony is known: keys for the papers are made, the roll is bound by its root and
 * everything is written into the configuration that all sign. From now on nothing of the vote can be changed.
 */
export const giveKeys =
  (castOrigin: string | null) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof keysContract>): Promise<Reply<typeof keysContract>> => {
    const vote = await demandLocked(ctx.db, ctx.actor, params.id, ['prepared', 'keyed'])
    if (!isSealed(vote)) throw refusals.not_secret()
    if (castOrigin === null) throw refusals.no_cast_origin()
    if (body.threshold > body.trustees.length) throw refusals.trustees_malformed.at('/body/threshold')
    const config = await configOf(ctx, vote, body)
    const electionId = electionIdOf(config)
    const { tenantId } = ctx.actor
    await q.insertDirectory(ctx.db, electionId, tenantId, vote.id)
    const text = canonicalText(config)
    const version = await q.setVote(
      ctx.db,
      tenantId,
      vote.id,
      {
        state: 'keyed',
        config: text,
        election_id: electionId,
        encryption_key: body.encryptionKey,
        trustees: JSON.stringify(body.trustees.map((trustee) => ({ ...trustee, signature: null }))),
        threshold: body.threshold,
      },
      ctx.now,
    )
    await publish(ctx, 'voting.keyed', subjectOf(vote), {
      voteId: vote.id,
      voters: vote.voters,
      trustees: body.trustees.length,
      threshold: body.threshold,
      electionId,
    })
    return { id: vote.id, version, config: text, electionId }
  }

async function configOf(ctx: Ctx<Tx>, vote: q.Vote, body: KeysBody): Promise<BallotConfig> {
  const { tenantId } = ctx.actor
  const roll = await rolls.wholeRoll(ctx.db, tenantId, vote.id)
  const leaves = rollLeaves(roll.map(({ memberId, salt }) => ({ memberId, salt: bytesOf(salt) })))
  const config: BallotConfig = {
    format: CONFIG_FORMAT,
    vote: vote.id,
    organisation: vote.orgName,
    title: vote.title,
    grade: 'V2',
    phases: 'split',
    hall: vote.meetingId !== null,
    // The chair opens and closes; when is told by the record of the count.
    times: { draw_opens: null, draw_closes: null, cast_opens: null, cast_closes: null },
    rule: vote.rule,
    should_attend: vote.shouldAttend,
    roll: { root: rollRoot(leaves), size: leaves.length },
    questions: await questionConfigs(ctx, vote, roll),
    revoting: false,
    election_key: body.encryptionKey,
    board_key: boardKeyOf(ctx.vault, vote.createdAt).publicKey,
    trustees: body.trustees.map(({ name, duty, publicKey }) => ({ name, role: duty, key: publicKey })),
    threshold: body.threshold,
    client_hash: null,
  }
  try {
    checkConfig(config)
  } catch (error) {
    if (!(error instanceof BallotError)) throw error
    throw refusals.key_malformed({ why: error.message })
  }
  return config
}

async function questionConfigs(
  ctx: Ctx<Tx>,
  vote: q.Vote,
  roll: readonly rolls.RollRow[],
): Promise<BallotConfig['questions']> {
  const { tenantId } = ctx.actor
  const questions = await asked.questionsOf(ctx.db, tenantId, vote.id)
  const made: BallotConfig['questions'][number][] = []
  for (const question of questions) {
    const at = { tenantId, voteId: vote.id, questionId: question.id }
    const key = await makeIssuerKey(ctx.vault, { ...at, now: ctx.now })
    await asked.setIssuerKey(ctx.db, at, key)
    const candidates = new Set(question.options.map(({ memberId }) => memberId))
    const others = question.writeIn ? roll.filter(({ memberId }) => !candidates.has(memberId)) : []
    const parts = {
      options: question.options.map(({ id, label }) => ({ id, label })),
      seats: question.seats,
      // Anybody who has heard the id of the election reads this: it names nobody.
      write_ins: others.map((row) => nameOf(row).id).sort(),
    }
    made.push({
      id: question.id,
      kind: question.kind,
      title: question.title,
      ...parts,
      issuer_key: { n: key.publicKey, e: 'AQAB' },
      plaintext_bytes: plaintextBytesOf(parts),
    })
  }
  return made
}

/** Signatures over the configuration may come one after the other: trustees sit at different computers. */
export async function giveSignatures(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof signaturesContract>,
): Promise<Reply<typeof signaturesContract>> {
  const vote = await demandLocked(ctx.db, ctx.actor, params.id, ['keyed'])
  const trustees = vote.trustees.map((trustee) => ({ ...trustee }))
  for (const [at, { publicKey, signature }] of body.signatures.entries()) {
    const trustee = trustees.find((one) => one.publicKey === publicKey)
    if (!trustee || !isGood(vote.electionId as string, publicKey, signature))
      throw refusals.signature_wrong.at(`/body/signatures/${at}`)
    trustee.signature = signature
  }
  const version = await q.setVote(ctx.db, ctx.actor.tenantId, vote.id, { trustees: JSON.stringify(trustees) }, ctx.now)
  await publish(ctx, 'voting.changed', subjectOf(vote), { voteId: vote.id, fields: ['signatures'] })
  return { id: vote.id, version }
}

function isGood(electionId: string, key: string, signature: string): boolean {
  try {
    return verifyConfigSignature(electionId, key, signature)
  } catch {
    return false
  }
}

/** The first leaf of the board: the configuration with the signatures of the board and of all trustees. */
export function firstLeafOf(vote: q.Vote, board: ReturnType<typeof boardKeyOf>) {
  const electionId = vote.electionId as string
  const config = JSON.parse(vote.config as string) as BallotConfig
  const signatures = Object.fromEntries([
    [config.board_key, signConfig(electionId, board.sign)],
    ...vote.trustees.map(({ publicKey, signature }) => [publicKey, signature ?? ''] as const),
  ])
  return configLeaf(config, electionId, signatures)
}
