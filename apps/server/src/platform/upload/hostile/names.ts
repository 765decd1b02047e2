import type { FileFault } from '../policy.ts'
import { type Hostile, pdf } from './build.ts'

const bytes = pdf('')
const one = (what: string, name: string, fault: FileFault = 'name_unusable'): Hostile => ({
  what,
  name,
  bytes,
  fault,
})

export const BAD_NAMES: readonly Hostile[] = [
  one('a name turned around', 'a\u202efdp.exe.pdf'),
  one('a device name', 'CON.pdf'),
  one('a name of dots', '..'),
  one('a folder only', 'a/'),
  one('a line feed in the name', 'a\nb.pdf'),
  one('a NUL in the name', 'a.pdf\0.jpg'),
  one('no ending', 'pdf', 'type_not_allowed'),
  one('a second ending', 'a.pdf.exe', 'type_not_allowed'),
  one('a dot at the end', 'a.pdf.'),
]
