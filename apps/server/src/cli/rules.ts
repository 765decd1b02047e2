import { createCipheriv, createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { rulesRefusals } from '@tongxin/contract/rules'
import { type Cryptography, evaluateVectors, findRule, RULES, type Rule, VectorShapeError } from '@tongxin/domain'
import { causeOf } from '../platform/runtime-log.ts'
import { problemOf } from './problem.ts'
import { type Run, type Terminal, UsageError } from './terminal.ts'

const CRYPTOGRAPHY: Cryptography = {
  sm3Hex: (text) => createHash('sm3').update(text, 'utf8').digest('hex'),
  sm4EcbHex: (keyHex, blockHex) => {
    const cipher = createCipheriv('sm4-ecb', Buffer.from(keyHex, 'hex'), null).setAutoPadding(false)
    return cipher.update(blockHex, 'hex', 'hex') + cipher.final('hex')
  },
}

/** `rules eval FILE` runs a vector file, `rules explain RULE-ID` prints a rule in both languages. */
export const run: Run = async (args, terminal) => {
  const [action, operand, ...more] = args
  if (operand === undefined || more.length > 0) throw new UsageError(terminal.text('rules.usage'))
  if (action === 'eval') return await evaluate(operand, terminal)
  if (action === 'explain') return explain(operand, terminal)
  throw new UsageError(terminal.text('rules.usage'))
}

/** @returns 0 all cases pass, 1 some fail, 2 the file is no readable vector file */
async function evaluate(file: string, terminal: Terminal): Promise<number> {
  try {
    const evaluation = evaluateVectors(await readVectors(resolve(terminal.cwd, file), file), CRYPTOGRAPHY)
    terminal.answer(JSON.stringify(evaluation, null, 2))
    return evaluation.failed.length === 0 ? 0 : 1
  } catch (error) {
    const refusal = error instanceof VectorShapeError ? wrongShape(file, error.place) : error
    terminal.progress(JSON.stringify(problemOf(refusal, terminal.language), null, 2))
    return 2
  }
}

function wrongShape(file: string, place: string) {
  return rulesRefusals.file_wrong_shape.at('FILE', { file, place })
}

async function readVectors(path: string, file: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const detail = { file, cause: causeOf(error) }
    throw rulesRefusals.file_unreadable.at('FILE', detail)
  })
  try {
    return JSON.parse(text)
  } catch {
    throw rulesRefusals.file_not_json.at('FILE', { file })
  }
}

function explain(id: string, terminal: Terminal): number {
  const rule = findRule(id)
  if (!rule) {
    const detail = { id, near: nearRules(id).join(', ') }
    throw rulesRefusals.unknown_rule.at('RULE-ID', detail)
  }
  terminal.answer(explanationOf(rule))
  return 0
}

// Rules of the same area, so that a slip of the number is found again; else one of every area.
function nearRules(id: string): string[] {
  const area = id.split('-')[0]?.toUpperCase() ?? ''
  const ids = Object.keys(RULES)
  const sameArea = ids.filter((each) => each.startsWith(`${area}-`))
  return sameArea.length > 0 ? sameArea : ids.filter((each) => each.endsWith('-1'))
}

function explanationOf({ id, text, citation, severity, confidence }: Rule): string {
  return [
    `${id}  severity: ${severity}  confidence: ${confidence}`,
    `${text.zh}\n  依据：${citation.zh}`,
    `${text.en}\n  Source: ${citation.en}`,
  ].join('\n')
}
