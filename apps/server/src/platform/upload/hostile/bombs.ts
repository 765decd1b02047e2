import { randomBytes } from 'node:crypto'
import { strToU8, type Zippable } from 'fflate'
import type { FileFault } from '../policy.ts'
import { forge, type Hostile, office, text } from './build.ts'

const one = (what: string, bytes: Uint8Array, fault: FileFault, name = 'a.xlsx'): Hostile => ({
  what,
  name,
  bytes,
  fault,
})
const zeros = new Uint8Array(3_900_000)
const many: Zippable = Object.fromEntries(
  Array.from({ length: 60 }, (_, at) => [`xl/media/${at}.bin`, [zeros, { level: 1 }]]),
)
const swarm: Zippable = Object.fromEntries(Array.from({ length: 2001 }, (_, at) => [`xl/${at}.txt`, strToU8('')]))
const good = office('xlsx', { 'xl/a.bin': randomBytes(4000) })

export const BOMBS: readonly Hostile[] = [
  one(
    'a sheet of 40 MB in 40 kB',
    office('xlsx', { 'xl/worksheets/sheet1.xml': new Uint8Array(40_000_000) }),
    'unpacks_too_large',
  ),
  one('sixty parts that add up', office('xlsx', many), 'unpacks_too_large'),
  one('2,001 parts', office('xlsx', swarm), 'unpacks_too_large'),
  one(
    'sizes said too small',
    forge(good, 22, 24, (old) => Math.max(1, old >> 1), 4),
    'damaged',
  ),
  one(
    'sizes said too large',
    forge(good, 22, 24, (old) => old + 1_000_000, 4),
    'damaged',
  ),
  one(
    'parts with a password',
    forge(good, 6, 8, (old) => old | 1, 2),
    'encrypted',
  ),
  one('a way out of the folder', office('xlsx', { '../../etc/cron.d/x': strToU8('x') }), 'damaged'),
  one('an absolute path', office('xlsx', { '/etc/passwd': strToU8('x') }), 'damaged'),
  one('a path with backslashes', office('xlsx', { '..\\..\\x': strToU8('x') }), 'damaged'),
  one('two parts of one name', office('xlsx', { 'xl/a.xml': strToU8('<a/>'), 'XL/A.XML': strToU8('<b/>') }), 'damaged'),
  one('half a file', good.subarray(0, good.length >> 1), 'damaged'),
  one('a directory without parts', Buffer.concat([text('PK\x03\x04'), randomBytes(500)]), 'damaged'),
]
