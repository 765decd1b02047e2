import { parseCitizenId } from '@tongxin/domain/identity/citizen-id'
import type { Facts } from './members.record.ts'

/** What an ID number itself says of its holder: date of birth and sex (GB 11643-1999). */
export function derivedFrom(idNumber: string | null, today: string): Facts {
  const id = idNumber === null ? null : parseCitizenId(idNumber, today)
  return id?.valid ? { bornOn: id.birth, sex: id.sex } : {}
}
