import { checkCharacterOf } from '@tongxin/domain/identity/citizen-id'
import type { MemberFacts } from '@tongxin/domain/members/fields'
import { v7 as uuidv7 } from 'uuid'
import { inventedRows } from '../modules/members/index.ts'
import type { Vault } from '../platform/vault.ts'
import { daysBefore } from './people.ts'
import type { Random } from './random.ts'
import type { ScaleUnit } from './scale-tree.ts'
import { GIVEN_OF_MEN, GIVEN_OF_WOMEN, PLACES, STREETS } from './words.ts'

/** Shares of a thousand, as counted in the census of 2020 for the first; the last two stand for the rare. */
const SURNAMES = weighted([
  ['王李张', 71],
  ['刘陈', 50],
  ['杨黄赵吴周', 22],
  ['徐孙马朱胡郭何林高罗', 12],
  ['郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任沈姚卢姜崔钟谭陆汪范石', 6],
  ['金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙史陶贺顾毛郝龚邵万钱严赖覃洪武莫孔汤常文施', 3],
  ['牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁', 1],
])
const RARE_SURNAMES = ['欧阳', '司徒', '上官', '诸葛', '皇甫', '仇', '晏', '笪', '郗', '佘']
const ETHNIC = weighted([
  ['01', 910],
  ['08', 14],
  ['11', 8],
  ['03', 8],
  ['06', 7],
  ['05', 6],
  ['07', 6],
  ['15', 6],
  ['02', 5],
  ['04', 5],
  ['10', 2],
  ['33', 1],
])
const EDUCATION = weighted([
  ['21', 380],
  ['31', 260],
  ['61', 120],
  ['71', 85],
  ['14', 65],
  ['41', 50],
  ['81', 24],
  ['11', 12],
  ['90', 4],
])
const CATEGORIES = weighted([
  ['formal', 920],
  ['probationary', 30],
  ['activist', 25],
  ['applicant', 15],
  ['candidate', 10],
])
const STATUSES = weighted([
  ['normal', 9940],
  ['suspended', 15],
  ['retained', 5],
  ['deceased', 25],
  ['transferred', 10],
  ['expelled', 5],
])
const STATES = weighted([
  ['approved', 985],
  ['changing', 5],
  ['first_review', 4],
  ['second_review', 4],
  ['draft', 2],
])

type Weighted = { readonly words: readonly string[]; readonly sums: readonly number[] }

/** One-letter words may stand together; each has the weight. */
function weighted(rows: readonly (readonly [string, number])[]): Weighted {
  const each = rows.flatMap(([words, weight]) =>
    (/^\w+$/.test(words) ? [words] : [...words]).map((word) => ({ word, weight })),
  )
  let sum = 0
  return { words: each.map(({ word }) => word), sums: each.map(({ weight }) => (sum += weight)) }
}

function pickWeighted(random: Random, { words, sums }: Weighted): string {
  const at = random.next() * (sums.at(-1) as number)
  return words[sums.findIndex((sum) => at < sum)] as string
}

const givenNames = [GIVEN_OF_WOMEN, GIVEN_OF_MEN].map((letters) => [
  ...letters,
  ...letters.flatMap((first) => letters.map((second) => first + second)),
])

/** How many have been born on a day: the order figure of their ID numbers. */
export type Births = Map<string, number>
export type Registry = { readonly random: Random; readonly vault: Vault; readonly births: Births; readonly now: Date }

/** One invented person as the row that the application would have stored: sealed, indexed and keyed like all others. */
export function inventMember(
  registry: Registry,
  tenantId: string,
  unit: ScaleUnit,
  serial: number,
): ReturnType<typeof inventedRows> {
  const { random, vault, now } = registry
  const at = new Date(now.getTime() - random.int(0, 3 * 365 * 86_400) * 1000)
  const [id, personId] = [uuidv7({ msecs: at.getTime() }), uuidv7({ msecs: at.getTime() })]
  return inventedRows(vault, {
    tenantId,
    id,
    personId,
    orgId: unit.id,
    orgPath: unit.path,
    number: { year: 1960 + (serial % 60), running: Math.floor(serial / 60) + 1 },
    recordState: pickWeighted(random, STATES),
    facts: factsOf(registry, unit, serial),
    at,
  })
}

function factsOf({ random, births, now }: Registry, unit: ScaleUnit, serial: number): MemberFacts {
  const isMan = random.chance(0.7)
  const category = pickWeighted(random, CATEGORIES)
  const age = category === 'formal' ? random.int(21, 92) : random.int(18, 45)
  const bornOn = daysBefore(now, age * 365 + random.int(6, 360))
  const joinedAge = Math.min(age - 1, random.int(20, 50))
  const joinedOn = daysBefore(now, Math.max(30, (age - joinedAge) * 365 - random.int(0, 300)))
  const order = births.get(bornOn) ?? 0
  births.set(bornOn, order + 1)
  const isMember = category === 'formal' || category === 'probationary'
  return {
    name: nameOf(random, isMan),
    idNumber: idNumberOf(bornOn, order),
    sex: isMan ? '1' : '2',
    ethnic: pickWeighted(random, ETHNIC),
    bornOn,
    nativePlace: random.pick(PLACES),
    education: pickWeighted(random, EDUCATION),
    category,
    status: pickWeighted(random, STATUSES),
    appliedOn: daysBefore(now, 30 + random.int(0, 900)),
    ...(isMember ? { joinedOn, joinedAtBranch: unit.name } : {}),
    ...(category === 'formal' ? { convertedOn: joinedOn, branchEnteredOn: joinedOn } : {}),
    workplace: `${random.pick(PLACES)}${unit.name.replace(/第.*$/, '')}`,
    jobTitle: random.pick(['干部', '职工', '教师', '医生', '农民', '工程师', '退休']),
    // No operator was given the range 154.
    phone: `154${String(serial % 100_000_000).padStart(8, '0')}`,
    ...(random.chance(0.8)
      ? { homeAddress: `${random.pick(PLACES)}${random.pick(STREETS)}${random.int(1, 180)} 号` }
      : {}),
  }
}

function nameOf(random: Random, isMan: boolean): string {
  const surname = random.chance(0.002) ? random.pick(RARE_SURNAMES) : pickWeighted(random, SURNAMES)
  return surname + random.pick(givenNames[isMan ? 1 : 0] as readonly string[])
}

/**
 * Right check character, but the county 99 of the province 11 was never given out (GB/T 2260), so nobody has the
 * number. People of one birthday beyond a thousand are put under the next county that was not given out either.
 */
function idNumberOf(bornOn: string, order: number): string {
  const county = 99 - Math.floor(order / 1000)
  const digits = `1100${county}${bornOn.replaceAll('-', '')}${String(order % 1000).padStart(3, '0')}`
  return digits + checkCharacterOf(digits)
}
