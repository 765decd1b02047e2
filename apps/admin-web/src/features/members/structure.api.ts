import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { download } from '@tongxin/client/download'
import type { Search } from '@tongxin/client/screen'
import { exportStructure, readStructure, type Structure } from '@tongxin/contract/members.structure'
import {
  AGE_BANDS,
  type EducationGroup,
  educationCodesOf,
  PARTY_AGE_BANDS,
  STRUCTURE_DIMENSIONS,
  type StructureDimension,
} from '@tongxin/domain/members/structure'
import { languageOf } from './members.api.ts'

/** What the address asks for: the unit, the day, and by what. */
function askedOf({ orgId, on, by }: Search) {
  const dimension = STRUCTURE_DIMENSIONS.find((one) => one === by) ?? 'age'
  return { by: dimension, ...(orgId ? { orgId } : {}), ...(on ? { on } : {}) }
}

export const structureQuery = (search: Search) => {
  const query = askedOf(search)
  return queryOptions({
    queryKey: ['members', 'structure', query],
    queryFn: ({ signal }) => call(readStructure, { query, signal }),
    placeholderData: keepPreviousData,
  })
}

export type StructureFormat = 'xlsx' | 'csv' | 'pdf' | 'docx'
export const saveStructure = (search: Search, format: StructureFormat, language: string): Promise<void> =>
  download(exportStructure, { body: { ...askedOf(search), format, language: languageOf(language) } })

/** The names of the bands as the list of members has them in its address. */
const BANDS = { age: AGE_BANDS, partyAge: PARTY_AGE_BANDS } as const

function filterOf(by: StructureDimension, value: string): Record<string, string> {
  if (by === 'post') return { post: value }
  if (value === 'none') return { lacking: by === 'age' ? 'bornOn' : by }
  if (by === 'education') return { education: educationCodesOf(value as EducationGroup).join(',') }
  return by in BANDS || by === 'sex' || by === 'ethnic' ? { [by]: value } : {}
}

/** The filters of the list that show the people of one cell; `value` null: of the whole row. */
export function listBehind(
  table: Structure,
  orgId: string,
  below: boolean,
  value: string | null,
): Record<string, string> {
  return {
    orgId,
    below: String(below),
    category: 'formal,probationary',
    status: 'normal,retained,restored',
    asOf: table.on,
    ...(value === null ? {} : filterOf(table.by, value)),
  }
}
