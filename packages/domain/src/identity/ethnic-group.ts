import { ETHNIC_GROUPS } from './codes.ts'
import { plain } from './written-text.ts'

/** How people wrote an ethnic group: by code or name (silent), by a colloquial or former name, or unreadable. */
export type WrittenEthnic = { readonly code: string | null; readonly form: 'official' | 'colloquial' | 'unknown' }

const BY_STEM = new Map(Object.entries(ETHNIC_GROUPS).map(([code, name]) => [name.slice(0, -1), code]))

/** Short forms people say, other spellings, and former official names (毛难 until 1986, 崩龙 until 1985), without 族. */
const COLLOQUIAL = new Map(
  Object.entries({
    蒙: '02',
    回回: '03',
    维: '05',
    维吾: '05',
    僮: '08',
    朝: '10',
    鲜: '10',
    满洲: '11',
    哈萨: '17',
    栗粟: '20',
    佧佤: '21',
    卡佤: '21',
    畬: '22',
    柯: '29',
    柯尔: '29',
    柯尔柯孜: '29',
    达斡: '31',
    达呼尔: '31',
    毛难: '36',
    仡老: '37',
    锡: '38',
    塔吉: '41',
    乌兹别克: '43',
    乌孜: '43',
    俄: '44',
    鄂温: '45',
    崩龙: '46',
    塔塔: '50',
    鄂伦: '52',
  }),
)

/** Reads an ethnic group as code 01..56 (GB/T 3304), with or without 族, as a number, or by a colloquial name. */
export function readEthnic(written: string): WrittenEthnic {
  const bare = plain(written)
  if (/^\d{1,2}$/.test(bare)) {
    const code = bare.padStart(2, '0')
    return Object.hasOwn(ETHNIC_GROUPS, code) ? { code, form: 'official' } : { code: null, form: 'unknown' }
  }
  const stem = bare.replace(/民?族$/, '')
  const official = BY_STEM.get(stem)
  if (official !== undefined) return { code: official, form: 'official' }
  const colloquial = COLLOQUIAL.get(stem)
  return colloquial === undefined ? { code: null, form: 'unknown' } : { code: colloquial, form: 'colloquial' }
}
