import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { bundleOf, padded, utf8 } from '@tongxin/ballot'
import { APPROVAL, holdElection, named, type Sample, SINGLE } from '@tongxin/ballot/test/sample'
import { verifyBundle } from '@tongxin/ballot-verifier'
import { type Judge, run } from './judge.ts'

const PYTHON = '/usr/bin/python3'
const PROGRAM = join(import.meta.dirname, 'ballot/verify.py')
const VOTERS = 40
/** Changed bytes in each file that must be refused; one run of Python each. */
const FLIPS = 3

/** Every kind of question and every way in which a ballot can be invalid. */
const hold = (): Promise<Sample> =>
  holdElection({
    voters: VOTERS,
    isBlind: false,
    drafts: [
      APPROVAL,
      SINGLE,
      { ...APPROVAL, id: 'q3', kind: 'several' },
      { ...SINGLE, id: 'q4', kind: 'ranked', options: named('x', 'y', 'z') },
    ],
    deed(voter, { kind, plaintext_bytes }) {
      const raw = (text: string) => padded(utf8(text), plaintext_bytes)
      if (voter % 10 === 0) return 'absent'
      if (voter % 10 === 1) return 'keeps'
      if (voter % 10 === 2) return { abstain: true }
      if (voter % 10 === 3) return raw(voter > 20 ? '{"abstain":1}' : '{"abstain":true}\u0000.')
      if (voter % 10 === 4) return raw(kind === 'ranked' ? '{"ranks":["w"]}' : '{"picks":["c9"],"write_ins":[]}')
      if (voter === 5 && kind === 'approval') return raw('{"against":[],"for":["c1"],"write_ins":["m-7"]}')
      if (voter === 5 && kind === 'single') return raw('{"picks":["a","b"],"write_ins":[]}')
      if (kind === 'single') return { picks: [voter % 3 ? 'a' : 'b'], write_ins: [] }
      if (kind === 'ranked') return { ranks: voter % 3 ? ['z', 'x'] : ['y'] }
      if (kind === 'several') return { picks: ['c1'], write_ins: voter % 2 ? ['m-8'] : [] }
      return { against: ['c2'], for: ['c1'], write_ins: voter % 2 ? ['m-7'] : [] }
    },
  })

async function withBundle<T>(work: (folder: string, files: ReadonlyMap<string, Uint8Array>) => T): Promise<T> {
  const sample = await hold()
  const files = new Map(Object.entries(bundleOf(sample, sample.sign)))
  const folder = mkdtempSync(join(tmpdir(), 'tongxin-bundle-'))
  try {
    for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes)
    return work(folder, files)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A verifier in another language, written from docs/ballot-format.md, counts the same. */
export const ballots: Judge = {
  name: 'ballots',
  packages: ['python3-cryptography'],
  missing: () => (run(PYTHON, ['-c', 'import cryptography']).status === 0 ? null : 'cryptography for Python 3'),
  refusesFault: () =>
    withBundle((folder, files) => {
      let isBlind = false
      for (const [name, bytes] of files) {
        for (let flip = 0; flip < FLIPS; flip += 1) {
          const at = Math.floor((bytes.length * (2 * flip + 1)) / (2 * FLIPS))
          const changed = bytes.map((byte, place) => (place === at ? byte ^ 1 : byte))
          writeFileSync(join(folder, name), changed)
          const { status, said } = run(PYTHON, [PROGRAM, folder])
          if (status === 1 && said.includes(`"file": "${name}"`)) continue
          console.log(`${name}, byte ${at}: exit ${status}, ${said}`)
          isBlind = true
        }
        writeFileSync(join(folder, name), bytes)
      }
      return !isBlind
    }),
  accepts: () =>
    withBundle((folder) => {
      const { status, said } = run(PYTHON, [PROGRAM, folder])
      const ours = verifyBundle(folder)
      if (status !== 0 || !ours.valid) {
        console.log(said, ours)
        return false
      }
      const theirs = JSON.parse(said) as { root: string; questions: unknown }
      return theirs.root === ours.root && isDeepStrictEqual(theirs.questions, ours.questions)
    }),
}
