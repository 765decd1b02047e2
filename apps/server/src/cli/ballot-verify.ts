import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { bytesOf, rootWords } from '@tongxin/ballot'
import { type Fault, Unreadable, type Valid, verifyBundle } from '@tongxin/ballot-verifier'
import { ballotRefusals } from '@tongxin/contract/ballot'
import { problemOf } from './problem.ts'
import { type Run, type Terminal, UsageError } from './terminal.ts'

type Count = {
  readonly question: string
  readonly issued: number
  readonly returned: number
  readonly valid: number
  readonly invalid: number
  readonly options: readonly { option: string; for: number; against: number; abstain: number }[]
  readonly write_ins: readonly { member: string; votes: number }[]
}

/**
 * `ballot verify DIR [--root ROOT] [--json]`. ROOT is the root of the minutes, in eight words or as base64url: without
 * it a bundle that was made anew from the first byte would pass.
 * @returns 0 everything holds, 1 something does not, 2 no bundle there
 */
export const run: Run = async (args, terminal) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean' }, root: { type: 'string' } },
  })
  const [folder, ...more] = positionals
  if (folder === undefined || more.length > 0) throw new UsageError(terminal.text('ballot.usage'))
  const expected = values.root === undefined ? null : rootOf(values.root, terminal)
  try {
    const verdict = against(expected, verifyBundle(resolve(terminal.cwd, folder)))
    terminal.answer(values.json ? JSON.stringify(inFull(verdict), null, 2) : worded(verdict, terminal))
    return verdict.valid ? 0 : 1
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    const refusal = ballotRefusals.unreadable.at('DIR', { folder, cause: error.message })
    terminal.progress(JSON.stringify(problemOf(refusal, terminal.language), null, 2))
    return 2
  }
}

type Verdict = Valid | Fault | (Omit<Fault, 'reason'> & { readonly reason: 'other_root' })

/** The root as given: words as they are spoken, bytes as they are in a square code. */
function rootOf(given: string, terminal: Terminal): string {
  const words = given.trim().split(/[\s,，、]+/)
  if (words.length === 8) return words.join(' ')
  try {
    bytesOf(given, 32)
    return given
  } catch {
    throw new UsageError(terminal.text('ballot.root_form'))
  }
}

const wordsOf = (root: string) => rootWords(bytesOf(root, 32)).join(' ')

function against(expected: string | null, verdict: Valid | Fault): Verdict {
  if (!verdict.valid || expected === null) return verdict
  const isSame = expected === verdict.root || expected === wordsOf(verdict.root)
  return isSame ? verdict : { valid: false, file: 'checkpoint', place: 'line 3', reason: 'other_root' }
}

const inFull = (verdict: Verdict) => (verdict.valid ? { ...verdict, words: wordsOf(verdict.root).split(' ') } : verdict)

function worded(verdict: Verdict, terminal: Terminal): string {
  if (!verdict.valid) {
    const { file, place, reason } = verdict
    const [, kind, number] = /^(line|entry) (\d+)$/.exec(place) ?? []
    const said = kind === undefined ? place : terminal.text(`ballot.${kind}`, { number })
    const where = place === '' ? file : terminal.text('ballot.where', { file, place: said })
    return terminal.text('ballot.invalid', { where, why: terminal.text(`ballot.why.${reason}`) })
  }
  const { organisation, title, election, root, size } = verdict
  const facts = { organisation, title, election, root, size, words: wordsOf(root) }
  return [
    terminal.text('ballot.valid', facts),
    ...(verdict.questions as unknown as Count[]).flatMap((count) => [
      terminal.text('ballot.question', { ...count, title: verdict.labels[count.question] }),
      ...count.options.map((option) => {
        const label = verdict.labels[`${count.question}/${option.option}`]
        return `  ${terminal.text('ballot.option', { ...option, label })}`
      }),
      // The bundle names nobody: whose these are is told to the electorate.
      ...count.write_ins.map(
        (written) => `  ${terminal.text('ballot.write_in', { ...written, label: written.member })}`,
      ),
    ]),
    terminal.text('ballot.root', facts),
  ].join('\n')
}
