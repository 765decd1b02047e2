import english from '@tongxin/contract/words/members.en.json' with { type: 'json' }
import chinese from '@tongxin/contract/words/members.zh-CN.json' with { type: 'json' }
import { EDUCATION_LEVELS, ETHNIC_GROUPS } from '@tongxin/domain/identity/codes'

export type Language = 'zh-CN' | 'en'
export type WordGroup =
  | 'columns'
  | 'fields'
  | 'portrait'
  | 'portraitPart'
  | 'meetingKind'
  | 'sex'
  | 'category'
  | 'status'
  | 'files'
  | 'dossierDocument'
  | 'loanState'
  | 'quality'
  | 'qualityColumns'
  | 'findingState'
  | 'post'
  | 'structure'
  | 'structureBy'
  | 'structureAge'
  | 'structurePartyAge'
  | 'structureEducation'
type Words = Readonly<Record<WordGroup, Readonly<Record<string, string>>>>

/** The words of records for files that leave the server; screens have the same file. */
export function wordsOf(language: Language): Words {
  return language === 'en' ? english : chinese
}

/** The name of a code; codes of the national standards have Chinese names only. */
export function codeName(language: Language, field: string, code: string | null): string | null {
  if (code === null) return null
  const words = wordsOf(language)
  if (field === 'ethnic') return ETHNIC_GROUPS[code] ?? code
  if (field === 'education') return EDUCATION_LEVELS[code] ?? code
  if (field === 'sex' || field === 'category' || field === 'status' || field === 'post')
    return words[field][code] ?? code
  return code
}
