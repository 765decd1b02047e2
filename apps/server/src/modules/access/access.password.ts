import { accessRefusals } from '@tongxin/contract'
import type { Db } from '../../platform/ctx.ts'
import { syllablesOf } from '../../platform/pinyin.ts'
import type { Vault } from '../../platform/vault.ts'
import { nameIndexOf } from './access.names.ts'
import * as accounts from './queries/accounts.queries.ts'

/** NIST SP 800-63B-4 3.1.1.2: 15 characters when the password stands alone, 8 beside a second factor. */
export const SHORTEST = { alone: 15, withFactor: 8 } as const

/** What everybody here would think of first, in pinyin and in characters. */
const HOUSE_WORDS = new Set([
  'tongxin',
  'dangjian',
  'zhihuidangjian',
  'dangyuan',
  'dangzhibu',
  'gongchandang',
  'zhonggong',
  'zhonggongdangyuan',
  'jiandang',
  'weirenminfuwu',
  'buwangchuxin',
  'laojishiming',
  'woaizhongguo',
  'zhongguo',
  'admin',
  'administrator',
  'password',
  'passw',
  'test',
  '同心',
  '党建',
  '智慧党建',
  '党员',
  '党支部',
  '共产党',
  '中国共产党',
  '为人民服务',
  '不忘初心',
  '牢记使命',
  '我爱中国',
  '密码',
  '管理员',
])
const ROWS = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
]

/** `numbers`: ID, member number and telephone of the record, which others know as well. */
export type Owner = {
  readonly personId: string
  readonly name: string
  readonly hasFactor: boolean
  readonly numbers: readonly string[]
}

/**
 * Judges a new password by length, by what is commonly chosen and by what others know of the person. No rule of
 * composition (NIST SP 800-63B-4, ASVS 6.2.5).
 * @throws Refusal `access.password_too_short` (detail limit), `access.password_common`, `access.password_personal`
 */
export async function judgePassword(
  ctx: { readonly db: Db; readonly vault: Vault },
  fresh: string,
  owner: Owner,
  field: string,
): Promise<void> {
  const plain = fresh.normalize('NFKC')
  const limit = owner.hasFactor ? SHORTEST.withFactor : SHORTEST.alone
  const refuse = (reason: 'password_too_short' | 'password_common' | 'password_personal', detail = {}) =>
    accessRefusals[reason](detail, [{ field, code: `access.${reason}`, detail }])
  if ([...plain].length < limit) throw refuse('password_too_short', { limit })
  if (await isCommon(plain.toLowerCase())) throw refuse('password_common')
  if (await isPersonal(ctx, plain.toLowerCase(), owner)) throw refuse('password_personal')
}

let common: Promise<Set<string>> | null = null

/** The 49,000 most used passwords, loaded when the first password is chosen. */
function commonPasswords(): Promise<Set<string>> {
  common ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common'] as readonly string[]),
  )
  return common
}

async function isCommon(plain: string): Promise<boolean> {
  const letters = plain.replace(/[^a-z\u3400-\u9fff]/g, '')
  const known = await commonPasswords()
  if (known.has(plain) || HOUSE_WORDS.has(letters)) return true
  // A common word with digits and signs around it is a common password.
  if (letters.length >= 4 && letters.length * 2 >= plain.length && known.has(letters)) return true
  return new Set(plain).size < 5 || isRunOrRepetition(plain)
}

function isRunOrRepetition(plain: string): boolean {
  const reversed = [...plain].reverse().join('')
  if (ROWS.some((row) => row.includes(plain) || row.includes(reversed))) return true
  return [1, 2, 3, 4, 5, 6].some(
    (period) =>
      plain.length >= period * 2 && [...plain].every((char, at) => at < period || char === plain[at - period]),
  )
}

async function isPersonal(
  ctx: { readonly db: Db; readonly vault: Vault },
  plain: string,
  owner: Owner,
): Promise<boolean> {
  const name = owner.name.replace(/[\s·•]/g, '').toLowerCase()
  const sounded = syllablesOf(name, { isName: true }).join('')
  const letters = plain.replace(/[^a-z\u3400-\u9fff]/g, '')
  if (letters === name || (sounded.length >= 4 && letters === sounded)) return true
  if (holdsDigitsOf(owner.numbers, plain)) return true
  // Own telephone or member number, whole, somewhere in it: looked up as it would be at sign-in.
  const candidates = [plain, ...(plain.match(/\d{6,20}/g) ?? []), ...(plain.match(/1[3-9]\d{9}/g) ?? [])]
  return (
    await accounts.nameOwnersOf(
      ctx.db,
      candidates.map((part) => nameIndexOf(ctx.vault, part)),
    )
  ).has(owner.personId)
}

/** So many digits in a row of an own number (a date of birth, half a telephone) are no secret. */
const TELLING_DIGITS = 6

function holdsDigitsOf(numbers: readonly string[], plain: string): boolean {
  const runs = plain.match(/\d{6,}/g) ?? []
  return runs.some((run) =>
    Array.from({ length: run.length - TELLING_DIGITS + 1 }, (_, at) => run.slice(at, at + TELLING_DIGITS)).some(
      (digits) => numbers.some((number) => number.includes(digits)),
    ),
  )
}
