import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { HTTP_STATUS, Refusal } from '@tongxin/contract/refusal'
import { runtimeRefusals } from '@tongxin/contract/runtime'
import type { Language } from '../platform/config.ts'
import { causeOf } from '../platform/runtime-log.ts'
import { filled, REFUSAL_TEXTS } from './terminal.ts'

type Words = { readonly reason: string; readonly remedy: string }

/** Anything thrown as problem+json (RFC 9457) with reason and remedy in the person's language. */
export function problemOf(error: unknown, language: Language): Record<string, unknown> {
  const refusal = error instanceof Refusal ? error : runtimeRefusals.unexpected({ cause: causeOf(error) })
  const words = wordsOf(language)
  const said = (code: string, facts: Readonly<Record<string, unknown>>) => {
    const { reason, remedy } = words.get(code) ?? { reason: code, remedy: '' }
    return { reason: filled(reason, facts), remedy: filled(remedy, facts) }
  }
  const { code, kind, detail, fields } = refusal
  return {
    type: `urn:tongxin:refusal:${code}`,
    title: said(code, detail).reason,
    status: HTTP_STATUS[kind],
    code,
    ...said(code, detail),
    detail,
    fields: fields.map((field) => ({ field: field.field, code: field.code, ...said(field.code, field.detail ?? {}) })),
  }
}

function wordsOf(language: Language): Map<string, Words> {
  const files = readdirSync(REFUSAL_TEXTS).filter((name) => name.endsWith(`.${language}.json`))
  return new Map(
    files.flatMap((name) =>
      Object.entries(JSON.parse(readFileSync(join(REFUSAL_TEXTS, name), 'utf8')) as Record<string, Words>),
    ),
  )
}
