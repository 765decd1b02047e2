import type { OrgKind } from '@tongxin/contract/org'
import { v7 as uuidv7 } from 'uuid'
import { DEMONSTRATION_PATH } from '../platform/tenants.ts'

export type ScaleUnit = {
  readonly id: string
  readonly path: string
  readonly parentId: string | null
  readonly kind: OrgKind
  readonly name: string
}

const STREETS = ['望湖', '临泽', '长滩', '白桦', '云溪', '青屿', '澜江', '松岭', '石桥', '梅园', '南渡', '北港']
const PLACES = ['春晖', '明德', '和平', '幸福', '文昌', '向阳', '建设', '光明', '新华', '湖滨', '东风', '红星']
const FIELDS = ['社区', '村', '企业', '学校', '医院', '机关']
/** As in a city: a committee for each street with about thirty general branches, of forty branches each. */
const GENERAL_BRANCHES = 30
const BRANCHES = 40

/**
 * A city of `count` organisations, parents before children: the city committee, committees of streets, general branches,
 * branches. With few organisations all but the top are branches.
 */
export function inventTree(count: number, now: Date): ScaleUnit[] {
  let serial = 0
  const unit = (parent: ScaleUnit | null, order: number, kind: OrgKind, name: string): ScaleUnit => {
    serial += 1
    const label = order.toString(36).padStart(3, '0')
    const path = parent === null ? DEMONSTRATION_PATH : `${parent.path}.${label}`
    return { id: uuidv7({ msecs: now.getTime() - count + serial }), path, parentId: parent?.id ?? null, kind, name }
  }
  const top = unit(null, 0, 'committee', '澜川市委员会')
  const units = [top]
  const whole = 1 + GENERAL_BRANCHES * (1 + BRANCHES)
  const streets = Math.max(1, Math.round((count - 1) / whole))
  const branchesOf = splitter(count - 1 - streets - streets * GENERAL_BRANCHES, streets * GENERAL_BRANCHES)
  if (count < whole / 2)
    return [top, ...Array.from({ length: count - 1 }, (_, at) => unit(top, at + 1, 'branch', branchName(at)))]
  for (let street = 0; street < streets; street += 1) {
    const committee = unit(top, street + 1, 'committee', `${word(STREETS, street)}${numbered(street, STREETS)}街道党委`)
    units.push(committee)
    for (let at = 0; at < GENERAL_BRANCHES; at += 1) {
      const general = unit(committee, at + 1, 'general_branch', `${placeName(street * 7 + at)}党总支`)
      units.push(general)
      const branches = branchesOf(street * GENERAL_BRANCHES + at)
      for (let order = 0; order < branches; order += 1)
        units.push(unit(general, order + 1, 'branch', branchName(order)))
    }
  }
  return units
}

const word = (list: readonly string[], at: number) => list[at % list.length] as string
const numbered = (at: number, list: readonly string[]) =>
  at < list.length ? '' : `第${Math.floor(at / list.length) + 1}`
const placeName = (at: number) => `${word(PLACES, at)}${word(FIELDS, Math.floor(at / 12) + at)}`
const branchName = (at: number) => `${word(PLACES, at)}${word(FIELDS, Math.floor(at / 5))}第${at + 1}党支部`

/** How many of `total` fall to each of `parts`, evenly. */
const splitter = (total: number, parts: number) => (part: number) =>
  Math.floor((total * (part + 1)) / parts) - Math.floor((total * part) / parts)
