import { readFileSync } from 'node:fs'
import type { Language } from '../../platform/config.ts'

/** Words of the import template and of the error workbook. `columns` by roster field, in the order of the sheet. */
export type TemplateTexts = {
  readonly sheets: {
    readonly guide: string
    readonly organisations: string
    readonly members: string
    readonly dictionary: string
  }
  readonly guide: { readonly column: string; readonly how: string; readonly lines: readonly string[] }
  readonly columns: Readonly<Record<string, { readonly heading: string; readonly how: string }>>
  readonly organisations: Readonly<Record<'name' | 'shortName' | 'kind' | 'parent' | 'foundedOn' | 'code', string>>
  readonly organisationKinds: readonly string[]
  readonly categories: readonly string[]
  readonly sexes: readonly string[]
  readonly dictionary: Readonly<Record<'sex' | 'category' | 'organisationKind' | 'ethnic' | 'education', string>>
  readonly errors: { readonly sheet: string; readonly row: string; readonly reason: string }
}

/** Headings are Chinese in both languages: they are what rosters are recognised by. */
export function templateTexts(language: Language): TemplateTexts {
  return JSON.parse(readFileSync(new URL(`template.${language}.json`, import.meta.url), 'utf8')) as TemplateTexts
}
