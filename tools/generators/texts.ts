import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

export const TEXTS = resolve(import.meta.dirname, '../../packages/contract/src/texts')
export type RefusalText = { readonly reason: string; readonly remedy: string }

/** The refusal texts of all modules in one language, `module.reason` to reason and remedy. */
export function refusalTexts(language: 'zh-CN' | 'en'): Map<string, RefusalText> {
  const files = readdirSync(TEXTS)
    .filter((name) => name.endsWith(`.${language}.json`))
    .sort()
  return new Map(
    files.flatMap((file) =>
      Object.entries(JSON.parse(readFileSync(`${TEXTS}/${file}`, 'utf8')) as Record<string, RefusalText>),
    ),
  )
}
