import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { declaredRefusals, HTTP_STATUS, type Kind } from '@tongxin/contract/refusal'
import { refusalTexts } from './texts.ts'

const CONTRACT = resolve(import.meta.dirname, '../../packages/contract/src')

/** Every refusal code with its kind. Importing a contract file declares what it refuses. */
export async function refusalCodes(): Promise<ReadonlyMap<string, Kind>> {
  for (const file of readdirSync(CONTRACT)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort()) {
    await import(`${CONTRACT}/${file}`)
  }
  return declaredRefusals()
}

/** docs/errors.md: what can be refused, with which status, why, and what to do. */
export async function errorsPage(): Promise<string> {
  const codes = [...(await refusalCodes())].sort(([one], [other]) => (one < other ? -1 : 1))
  const [english, chinese] = [refusalTexts('en'), refusalTexts('zh-CN')]
  const cell = (text: string | undefined) => (text ?? '').replaceAll('|', '\\|').replaceAll('\n', ' ')
  const rows = codes.map(([code, kind]) => {
    const [en, zh] = [english.get(code), chinese.get(code)]
    return `| \`${code}\` | ${HTTP_STATUS[kind]} | ${cell(zh?.reason)} ${cell(zh?.remedy)} | ${cell(en?.reason)} ${cell(en?.remedy)} |`
  })
  return `${[
    '# Refusals',
    '',
    'Every expected refusal of the API and the command line. Made by `npm run generate`; do not edit.',
    'An answer is `application/problem+json` (RFC 9457) with `code`; texts live in `packages/contract/src/texts`.',
    '',
    '| code | status | 中文 | English |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n')}\n`
}
