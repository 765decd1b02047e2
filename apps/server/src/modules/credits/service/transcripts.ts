import { createHash, createPrivateKey, createPublicKey, type KeyObject, randomInt, sign } from 'node:crypto'
import {
  type FileReply,
  type Input,
  type issueMyTranscript,
  type issueTranscript,
  type listMyTranscripts,
  type Reply,
  creditsRefusals as refusals,
  type verifyTranscript,
} from '@tongxin/contract'
import { transcriptText } from '@tongxin/domain'
import { maskName } from '@tongxin/domain/members/masks'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, PublicCtx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import type { Platform } from '../../../platform/platform.ts'
import type { Vault } from '../../../platform/vault.ts'
import { printForm } from '../../forms/index.ts'
import type { CreditPorts } from '../credits.ports.ts'
import { type Language, printWordsOf } from '../credits.print-words.ts'
import { transcriptPaper } from '../credits.transcript.ts'
import * as q from '../queries/accounts.queries.ts'
import { listEntries, shownEntry } from '../queries/entries.queries.ts'
import * as persons from '../queries/people.queries.ts'
import {
  insertTranscript,
  issuedSince,
  type NewTranscript,
  transcriptOf,
  transcriptsOf,
} from '../queries/transcripts.queries.ts'
import { accountOf } from './accounts.ts'
import { demandYear, ownPerson } from './own.ts'

// Crockford's alphabet: nothing that is taken for another. 32 letters, 16 places: 80 bits.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const MOST_A_DAY = 20
const MOST_LINES = 1000
const DAY_MS = 86_400_000
/** PKCS #8 around the 32 bytes of an Ed25519 seed (RFC 8410, 7). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex')

export const newCode = (): string => Array.from({ length: 16 }, () => ALPHABET[randomInt(32)]).join('')
const grouped = (code: string): string => (code.match(/.{4}/g) ?? []).join('-')

/** Blanks, hyphens and small letters do not matter, and letters that are mistaken for figures are read as those. */
const canonical = (code: string): string =>
  code
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
const hashOfCode = (code: string): Buffer =>
  createHash('sha256')
    .update(`tongxin/transcript/${canonical(code)}`)
    .digest()

const keys = new WeakMap<Vault, KeyObject>()
/** The key of this installation for transcripts, of its own purpose. */
function signingKey(vault: Vault): KeyObject {
  const known = keys.get(vault)
  if (known) return known
  const der = Buffer.concat([PKCS8_ED25519, vault.derive('credits.transcript')])
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  keys.set(vault, key)
  return key
}

type Prepared = {
  readonly account: q.Account
  readonly bytes: Uint8Array
  readonly code: string
  readonly fileName: string
}
type Wanted = { readonly year: number; readonly language?: Language | undefined }

/** Prints the sheet before the transaction: a form takes a second, and no transaction waits for it. */
async function prepare(
  ctx: Ctx,
  ports: CreditPorts,
  person: persons.Person,
  wanted: Wanted,
  origin: string,
): Promise<Prepared> {
  const { tenantId } = ctx.actor
  demandYear(ctx, wanted.year, '/body/year')
  const since = new Date(ctx.now.getTime() - DAY_MS)
  if ((await issuedSince(ctx.db, tenantId, person.memberId, since)) >= MOST_A_DAY)
    throw refusals.transcripts_enough({ most: MOST_A_DAY, retryAfter: 3600 })
  const account = await accountOf({ db: ctx.db, tenantId, ports }, person, wanted.year)
  const of = { memberId: person.memberId, year: wanted.year }
  const keyset = { column: 'e.on_date', descending: false, after: null, limit: MOST_LINES }
  const lines = await listEntries(ctx.db, tenantId, of, keyset)
  const code = newCode()
  const language = wanted.language ?? 'zh-CN'
  const bytes = await printForm({
    kind: 'paper',
    format: 'pdf',
    facts: transcriptPaper({
      account,
      entries: lines.map(shownEntry),
      language,
      code: grouped(code),
      url: `${origin}/verify/transcript?c=${code}`,
      issuedOn: todayOf(ctx.now),
      printedAt: ctx.now.toISOString(),
    }),
  })
  const fileName = `${printWordsOf(language).title}-${wanted.year}.pdf`
  return { account, bytes, code, fileName }
}

/** Signs what the sheet says and the hash of its file; whoever has the code can read this, and nothing else. */
async function issue(ctx: Ctx<Tx>, { account, bytes, code, fileName }: Prepared): Promise<FileReply> {
  const { tenantId } = ctx.actor
  const { memberId, personId, year, target, standing, unitName } = account
  const now = await q.findAccount(ctx.db, tenantId, memberId, year)
  // Something was counted while the sheet was printed.
  if (now && (now.earned !== account.earned || now.standing !== standing)) throw refusals.recount_stale()
  const name = maskName(account.name)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const facts = { code, name, year, hundredths: account.earned, target: target ?? 0, state: standing, sha256 }
  const signedText = transcriptText({ ...facts, issuedAt: ctx.now.toISOString() })
  const key = signingKey(ctx.vault)
  const transcript: NewTranscript = {
    id: newId(ctx),
    codeHash: hashOfCode(code),
    tenantId,
    memberId,
    personId,
    year,
    shown: { name, target, standing, issuer: unitName },
    hundredths: account.earned,
    sha256,
    signedText,
    signature: sign(null, Buffer.from(signedText), key).toString('base64url'),
    publicKey: createPublicKey(key).export({ format: 'jwk' }).x as string,
    issuedAt: ctx.now,
  }
  await insertTranscript(ctx.db, transcript)
  const subject = { kind: 'credits_transcript', id: transcript.id, orgPath: account.orgPath, personId }
  await publish(ctx, 'credits.transcript_issued', subject, { memberId, year, sha256 })
  return { fileName, make: () => Promise.resolve(bytes) }
}

export const ownTranscript = (ports: CreditPorts) => ({
  prepare: async (ctx: Ctx, { body }: Input<typeof issueMyTranscript>, _: unknown, platform: Platform) =>
    prepare(ctx, ports, await ownPerson(ctx), body, platform.publicOrigin),
  write: (ctx: Ctx<Tx>, _: unknown, prepared: Prepared) => issue(ctx, prepared),
})

export const transcriptOfMember = (ports: CreditPorts) => ({
  prepare: async (ctx: Ctx, { params, body }: Input<typeof issueTranscript>, _: unknown, platform: Platform) => {
    const person = await persons.personInReach(ctx.db, ctx.actor, params.memberId)
    if (!person) throw refusals.no_such_member()
    return prepare(ctx, ports, person, body, platform.publicOrigin)
  },
  write: (ctx: Ctx<Tx>, _: unknown, prepared: Prepared) => issue(ctx, prepared),
})

export async function listOwn(ctx: Ctx): Promise<Reply<typeof listMyTranscripts>> {
  const person = await ownPerson(ctx)
  const rows = await transcriptsOf(ctx.db, ctx.actor.tenantId, person.memberId)
  return {
    rows: rows.map(({ id, year, hundredths, issuedAt, sha256, supersededAt }) => ({
      id,
      year,
      hundredths,
      issuedAt: issuedAt.toISOString(),
      sha256,
      isSuperseded: supersededAt !== null,
    })),
  }
}

/** For anyone: 80 bits are not found by trying, and guesses are counted by address all the same. */
export const verify =
  (countGuess: (ctx: PublicCtx) => Promise<{ passed(): Promise<void> }>) =>
  async (ctx: PublicCtx, { body }: Input<typeof verifyTranscript>): Promise<Reply<typeof verifyTranscript>> => {
    const guess = await countGuess(ctx)
    const found = await transcriptOf(ctx.db, hashOfCode(body.code))
    if (!found) throw refusals.transcript_unknown.at('/body/code')
    await guess.passed()
    const { shown, year, hundredths, sha256, signedText, signature, publicKey } = found
    return {
      ...shown,
      year,
      hundredths,
      issuedAt: found.issuedAt.toISOString(),
      isSuperseded: found.supersededAt !== null,
      sha256,
      signedText,
      signature,
      publicKey,
    }
  }
