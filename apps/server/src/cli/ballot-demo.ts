import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { runtimeRefusals } from '@tongxin/contract/runtime'
import { type Run, UsageError } from './terminal.ts'

const MOST_VOTERS = 100_000

/**
 * `ballot demo --voters N --out DIR`: a complete secret election through the HTTP interface of a server of its own, on
 * a database that is thrown away. What stays is the public bundle, for `ballot verify` and for makers of verifiers.
 */
export const run: Run = async (args, terminal) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { voters: { type: 'string' }, out: { type: 'string' }, json: { type: 'boolean' } },
  })
  const voters = /^\d{1,6}$/.test(values.voters ?? '') ? Number(values.voters) : 0
  if (positionals.length > 0 || values.out === undefined || voters < 1 || voters > MOST_VOTERS)
    throw new UsageError(terminal.text('ballot.demo_usage'))
  const folder = resolve(values.out)
  if (existsSync(folder) && readdirSync(folder).length > 0) throw runtimeRefusals.folder_not_empty({ folder })
  const [{ openScratch }, { holdElection }] = await Promise.all([
    import('../demo/ballot-scratch.ts'),
    import('../demo/ballot.ts'),
  ])
  terminal.progress(terminal.text('ballot.demo_starting'))
  const scratch = await openScratch(voters)
  try {
    const { record, files } = await holdElection(scratch, ({ step, done, of }) =>
      terminal.progress(terminal.text(`ballot.demo_${step}`, { done, of })),
    )
    mkdirSync(folder, { recursive: true })
    for (const [name, body] of Object.entries(files)) writeFileSync(join(folder, name), body)
    const { outcome, electionId } = record
    const root = outcome?.board?.root ?? ''
    const words = outcome?.board?.words.join(' ') ?? ''
    terminal.answer(
      values.json
        ? JSON.stringify({ election: electionId, folder, voters, root, words, questions: outcome?.questions })
        : terminal.text('ballot.demo_done', { folder, voters, root, words }),
    )
  } finally {
    await scratch.close()
  }
  return 0
}
