import { sha256 } from '@noble/hashes/sha2.js'
import { BallotError, base64url, bytesOf } from './bytes.ts'
import { canonicalBytes, readCanonical } from './canonical.ts'
import { checkIssuerKey, type IssuerKey } from './token-key.ts'

export const CONFIG_FORMAT = 'tongxin-ballot-1'

export type QuestionConfig = {
  /** `[a-z0-9][a-z0-9_-]{0,31}`; the same for options. */
  readonly id: string
  readonly kind: 'single' | 'several' | 'approval' | 'ranked'
  readonly title: string
  /** In the order of the ballot paper. */
  readonly options: readonly { readonly id: string; readonly label: string }[]
  /** Most options (several), most votes in favour with those written in (approval); 1 for single. */
  readonly seats: number
  /**
   * Who may be written in: `nameId` of each, rising, no candidates among them; empty where nobody may be. Names are
   * told to the electorate alone, which can hold them against these.
   */
  readonly write_ins: readonly string[]
  readonly issuer_key: IssuerKey
  /** Length of every plaintext of this question: `plaintextBytesOf`. */
  readonly plaintext_bytes: number
}

/** Everything that is fixed before the first ballot paper is drawn. Any change is another election. */
export type BallotConfig = {
  readonly format: typeof CONFIG_FORMAT
  /** The id of the vote in the installation that holds it. */
  readonly vote: string
  readonly organisation: string
  readonly title: string
  readonly grade: 'V2'
  /** split: casting opens after drawing has closed. */
  readonly phases: 'split' | 'overlap'
  /** Drawing needs a check-in in the hall. */
  readonly hall: boolean
  /** Instants in UTC; null where the chair opens and closes. */
  readonly times: {
    readonly draw_opens: string | null
    readonly draw_closes: string | null
    readonly cast_opens: string | null
    readonly cast_closes: string | null
  }
  /** The rule that decides, for people; the verifier counts and does not judge it. */
  readonly rule: { readonly kind: string; readonly [more: string]: string | number | boolean | null }
  readonly should_attend: number
  readonly roll: { readonly root: string; readonly size: number }
  readonly questions: readonly QuestionConfig[]
  /** A voter may cast again with a higher `seq`; the last counts. Never in elections. */
  readonly revoting: boolean
  /** X25519. Its private half exists only as shares until the tally. */
  readonly election_key: string
  /** Ed25519. */
  readonly board_key: string
  readonly trustees: readonly { readonly name: string; readonly role: string; readonly key: string }[]
  readonly threshold: number
  /** SHA-256 of the voters' client, null where it is not published. */
  readonly client_hash: string | null
}

/** base64url of the 32 bytes of SHA-256(canonical config): names the election in everything that is signed. */
export const electionIdOf = (config: BallotConfig): string => base64url(sha256(canonicalBytes(config)))

/** Longest choice that a question allows, rounded up to 512 bytes: all its ballots have this length. */
export function plaintextBytesOf(question: Pick<QuestionConfig, 'options' | 'seats' | 'write_ins'>): number {
  const listed = question.options.reduce((sum, { id }) => sum + id.length + 3, 0)
  const longest = question.write_ins.reduce((most, id) => Math.max(most, id.length), 0)
  const written = longest === 0 ? 0 : question.seats * (longest + 3)
  return 512 * Math.ceil((64 + listed + written) / 512)
}

const NAME = /^[a-z0-9][a-z0-9_-]{0,31}$/
const MEMBER = /^[A-Za-z0-9_-]{1,64}$/
const KINDS = ['single', 'several', 'approval', 'ranked']

/**
 * Refuses a config that no vote can be held by.
 * @throws BallotError `config`
 */
export function checkConfig(config: BallotConfig): void {
  const wrong = (what: string): never => {
    throw new BallotError('config', what)
  }
  if (config.format !== CONFIG_FORMAT) wrong(`format is not ${CONFIG_FORMAT}`)
  if (config.grade !== 'V2') wrong('grade is not V2')
  bytesOf(config.election_key, 32)
  bytesOf(config.board_key, 32)
  bytesOf(config.roll.root, 32)
  for (const { key } of config.trustees) bytesOf(key, 32)
  if (!(config.threshold >= 2 && config.threshold <= config.trustees.length)) wrong('threshold')
  if (!areDistinct(config.trustees.map(({ key }) => key))) wrong('one key for two trustees')
  if (config.questions.length === 0 || !areDistinct(config.questions.map(({ id }) => id))) wrong('questions')
  if (!areDistinct(config.questions.map(({ issuer_key }) => issuer_key.n))) wrong('one issuer key for two questions')
  for (const question of config.questions) {
    const reason = wrongWith(question)
    if (reason) wrong(`${question.id}: ${reason}`)
  }
}

function wrongWith(question: QuestionConfig): string | null {
  const members = question.write_ins
  if (!NAME.test(question.id) || !KINDS.includes(question.kind)) return 'id or kind'
  if (question.options.length === 0 || !question.options.every(({ id }) => NAME.test(id))) return 'options'
  if (!areDistinct(question.options.map(({ id }) => id))) return 'two options of one id'
  if (!Number.isSafeInteger(question.seats) || question.seats < 1) return 'seats'
  if (question.kind === 'single' && question.seats !== 1) return 'seats of a single choice'
  if (question.kind === 'ranked' && members.length > 0) return 'write-ins of a ranking'
  if (!members.every((id, at) => MEMBER.test(id) && (at === 0 || id > (members[at - 1] ?? '')))) return 'write_ins'
  if (question.plaintext_bytes !== plaintextBytesOf(question)) return 'plaintext_bytes'
  checkIssuerKey(question.issuer_key)
  return null
}

const areDistinct = (items: readonly string[]) => new Set(items).size === items.length

/**
 * The config of published bytes, looked through.
 * @throws BallotError `canonical` or `config`
 */
export function readConfig(bytes: Uint8Array): BallotConfig {
  const config = readCanonical(bytes) as unknown as BallotConfig
  try {
    checkConfig(config)
  } catch (error) {
    if (error instanceof BallotError) throw error
    throw new BallotError('config', 'a field is missing or of another type')
  }
  return config
}

/** @throws BallotError `question` */
export function questionOf(config: BallotConfig, id: string): QuestionConfig {
  const question = config.questions.find((one) => one.id === id)
  if (!question) throw new BallotError('question', `the election has no question ${id}`)
  return question
}
