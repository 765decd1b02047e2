import type { OrgKind } from '@tongxin/contract'

/** Who belongs to a branch: decides ages, schooling, and how many are on the way into the Party. */
export type Crowd = 'staff' | 'students' | 'graduates' | 'retired'
export type InventedUnit = {
  readonly key: string
  readonly name: string
  readonly kind: OrgKind
  readonly parentKey: string | null
  /** Of branches only. */
  readonly crowd?: Crowd
  readonly people?: number
  readonly workplace?: string
}

/** A university that does not exist, and says so in its name. */
export const COMMITTEE_NAME = '澜川大学委员会（演示）'
const branch = (key: string, parentKey: string, name: string, crowd: Crowd, people: number, workplace: string) =>
  ({ key, name, kind: 'branch', parentKey, crowd, people, workplace }) as const

/** Four general branches or offices, twelve branches, four hundred people. */
export const UNITS: readonly InventedUnit[] = [
  { key: 'top', name: COMMITTEE_NAME, kind: 'committee', parentKey: null },
  { key: 'machines', name: '机械工程学院党总支', kind: 'general_branch', parentKey: 'top' },
  { key: 'letters', name: '文学院党总支', kind: 'general_branch', parentKey: 'top' },
  { key: 'medicine', name: '医学院党总支', kind: 'general_branch', parentKey: 'top' },
  branch('b01', 'machines', '机械工程学院教工党支部', 'staff', 28, '机械工程学院'),
  branch('b02', 'machines', '机械工程学院本科生党支部', 'students', 42, '机械工程学院'),
  branch('b03', 'machines', '机械工程学院研究生党支部', 'graduates', 36, '机械工程学院'),
  branch('b04', 'letters', '文学院教工党支部', 'staff', 24, '文学院'),
  branch('b05', 'letters', '文学院学生党支部', 'students', 40, '文学院'),
  branch('b06', 'medicine', '医学院教工党支部', 'staff', 26, '医学院'),
  branch('b07', 'medicine', '医学院学生党支部', 'students', 38, '医学院'),
  branch('b08', 'medicine', '附属医院护理党支部', 'staff', 44, '附属医院'),
  branch('b09', 'top', '机关第一党支部', 'staff', 30, '学校办公室'),
  branch('b10', 'top', '机关第二党支部', 'staff', 26, '教务处'),
  branch('b11', 'top', '后勤保障部党支部', 'staff', 22, '后勤保障部'),
  branch('b12', 'top', '离退休第一党支部', 'retired', 44, '离退休工作处'),
]

export const BRANCHES = UNITS.filter((unit) => unit.crowd !== undefined)
