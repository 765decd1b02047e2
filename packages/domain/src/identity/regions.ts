/** Level of a GB/T 2260 administrative code, by its pattern (CODE-6). */
export type RegionLevel = 'province' | 'city' | 'county' | 'invalid'

const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82'.split(' '),
)

/** True when the first two digits name a province-level region. */
export function isProvince(code: string): boolean {
  return PROVINCES.has(code.slice(0, 2))
}

/** CODE-6: `…0000` is a province, `…00` a city, everything else a county. */
export function regionLevel(code: string): RegionLevel {
  if (!/^\d{6}$/.test(code) || !isProvince(code)) return 'invalid'
  if (code.endsWith('0000')) return 'province'
  return code.endsWith('00') ? 'city' : 'county'
}
