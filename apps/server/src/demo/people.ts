import { checkCharacterOf } from '@tongxin/domain/identity/citizen-id'
import type { MemberFacts } from '@tongxin/domain/members/fields'
import { BRANCHES, type Crowd, type InventedUnit } from './committee.ts'
import type { Random } from './random.ts'
import { ETHNIC, GIVEN_OF_MEN, GIVEN_OF_WOMEN, MAJORS, PLACES, STREETS, SURNAMES } from './words.ts'

export type InventedPerson = {
  readonly unitKey: string
  readonly facts: MemberFacts & { name: string; category: string }
}

const DAY = 86_400_000
const AGES: Record<Crowd, readonly [number, number]> = {
  staff: [26, 58],
  students: [19, 22],
  graduates: [22, 28],
  retired: [61, 88],
}
/** Out of a hundred: full members, on probation, candidates, activists, applicants. The rest of a hundred is nobody. */
const MIX: Record<Crowd, readonly [number, number, number, number, number]> = {
  staff: [88, 4, 2, 3, 3],
  students: [22, 24, 14, 22, 18],
  graduates: [52, 20, 8, 12, 8],
  retired: [100, 0, 0, 0, 0],
}
/** Application at eighteen, then a year as activist and a year of probation, take their time. */
const LEAST_AGE = { formal: 21, probationary: 21, candidate: 20, activist: 19, applicant: 19 } as const
const CATEGORIES = ['formal', 'probationary', 'candidate', 'activist', 'applicant'] as const

/** Everyone of the demonstration, branch by branch; the first people of a branch are full members (its committee). */
export function inventPeople(random: Random, now: Date): InventedPerson[] {
  let serial = 0
  return BRANCHES.flatMap((unit) =>
    Array.from({ length: unit.people ?? 0 }, (_, place) => {
      serial += 1
      return inventPerson(random, now, unit, { serial, place })
    }),
  )
}

function inventPerson(
  random: Random,
  now: Date,
  unit: InventedUnit,
  at: { serial: number; place: number },
): InventedPerson {
  const crowd = unit.crowd as Crowd
  const category = at.place < 6 ? 'formal' : categoryOf(random, crowd)
  const isMan = random.chance(unit.key === 'b08' ? 0.12 : 0.52)
  const [youngest, oldest] = AGES[crowd]
  const born = daysBefore(now, random.int(Math.max(youngest, LEAST_AGE[category]) * 366, oldest * 365 + 364))
  const way = wayIntoParty(random, now, born, category)
  const isStudent = crowd === 'students' || crowd === 'graduates'
  return {
    unitKey: unit.key,
    facts: {
      name: nameOf(random, isMan),
      idNumber: idNumberOf(born, at.serial, isMan),
      sex: isMan ? '1' : '2',
      ethnic: random.pick(ETHNIC),
      bornOn: born,
      nativePlace: random.pick(PLACES),
      education:
        crowd === 'students' ? '21' : crowd === 'graduates' ? '11' : random.pick(['11', '21', '21', '31', '14']),
      school: isStudent ? '澜川大学' : null,
      major: isStudent ? MAJORS[unit.parentKey as keyof typeof MAJORS] : null,
      category,
      ...way,
      joinedAtBranch: category === 'formal' || category === 'probationary' ? unit.name : null,
      branchEnteredOn: way.joinedOn ?? way.appliedOn,
      workplace: unit.workplace ?? null,
      jobTitle: isStudent
        ? '学生'
        : crowd === 'retired'
          ? '退休'
          : random.pick(['讲师', '副教授', '科员', '工程师', '护师', '主任']),
      occupation: isStudent ? '学生' : crowd === 'retired' ? '退休人员' : '教学与管理人员',
      // No operator was given the range 154.
      phone: `154${String(10_000_000 + at.serial * 1379).padStart(8, '0')}`,
      homeAddress: random.chance(0.85) ? `${random.pick(PLACES)}${random.pick(STREETS)}${random.int(1, 180)} 号` : null,
      email: random.chance(0.5) ? `p${at.serial}@example.cn` : null,
      isRetired: crowd === 'retired' ? 'yes' : null,
    },
  }
}

function categoryOf(random: Random, crowd: Crowd): (typeof CATEGORIES)[number] {
  let left = random.int(1, 100)
  for (const [at, share] of MIX[crowd].entries()) {
    left -= share
    if (left <= 0) return CATEGORIES[at] as (typeof CATEGORIES)[number]
  }
  return 'formal'
}

function nameOf(random: Random, isMan: boolean): string {
  const given = isMan ? GIVEN_OF_MEN : GIVEN_OF_WOMEN
  return random.pick(SURNAMES) + random.some(given, random.chance(0.3) ? 1 : 2).join('')
}

/**
 * Right check character, but the county 99 of the province 11 was never given out (GB/T 2260), so nobody has the
 * number. Three figures for the order: even for women; people of one birthday are told apart by it.
 */
function idNumberOf(bornOn: string, serial: number, isMan: boolean): string {
  const order = ((serial * 2) % 1000) + (isMan ? 1 : 0)
  const digits = `110099${bornOn.replaceAll('-', '')}${String(order % 1000).padStart(3, '0')}`
  return digits + checkCharacterOf(digits)
}

/** Dates in the order of the Regulations on Admission: a year as activist, a year of probation. */
function wayIntoParty(random: Random, now: Date, bornOn: string, category: string) {
  const none = { appliedOn: null, activistOn: null, candidateOn: null, joinedOn: null, convertedOn: null }
  const adult = new Date(`${bornOn}T00:00:00Z`).getTime() + 18 * 365.25 * DAY
  const years = (now.getTime() - adult) / DAY / 365
  const back = (days: number) => daysBefore(now, Math.round(days))
  if (category === 'applicant') return { ...none, appliedOn: back(random.int(20, 200)) }
  if (category === 'activist')
    return { ...none, appliedOn: back(random.int(300, 360)), activistOn: back(random.int(60, 280)) }
  if (category === 'candidate')
    return {
      ...none,
      appliedOn: back(random.int(560, 600)),
      activistOn: back(random.int(450, 500)),
      candidateOn: back(random.int(20, 70)),
    }
  if (category === 'probationary') {
    const joined = random.int(40, 320)
    return {
      ...none,
      appliedOn: back(joined + 620),
      activistOn: back(joined + 480),
      candidateOn: back(joined + 90),
      joinedOn: back(joined),
    }
  }
  const joined = random.int(380, Math.max(380, Math.floor(years * 365) - 650))
  return {
    appliedOn: back(joined + 640),
    activistOn: back(joined + 480),
    candidateOn: back(joined + 90),
    joinedOn: back(joined),
    convertedOn: back(joined - 366),
  }
}

/** The calendar day `days` before today, in Shanghai. */
export function daysBefore(now: Date, days: number): string {
  return new Date(now.getTime() - days * DAY + 8 * 3600_000).toISOString().slice(0, 10)
}
