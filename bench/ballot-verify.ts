import { bundleOf } from '@tongxin/ballot'
import { holdElection } from '@tongxin/ballot/test/sample'
import { verifyFiles } from '@tongxin/ballot-verifier'
import { againstLimit, type Figure, RUNS } from './figure.ts'

const BALLOTS = 10_000
const LIMIT_SECONDS = 60

/** Seconds to verify and count again ten thousand ballots: signatures, tree, envelopes, result. */
export async function ballotVerify(): Promise<Figure> {
  const sample = await holdElection({
    voters: BALLOTS,
    isBlind: false,
    deed: (voter) =>
      voter % 50 === 0 ? { abstain: true } : { against: ['c3'], for: [voter % 3 ? 'c1' : 'c2'], write_ins: [] },
  })
  const files = new Map(
    Object.entries(bundleOf(sample, sample.sign)).map(([name, bytes]) => [name, Buffer.from(bytes)] as const),
  )
  const runs = Array.from({ length: RUNS }, () => {
    const began = performance.now()
    const verdict = verifyFiles(files)
    if (!verdict.valid || verdict.size !== BALLOTS + 2) throw new Error(`ballot-verify: ${JSON.stringify(verdict)}`)
    return (performance.now() - began) / 1000
  })
  return againstLimit('ballot-verify', 's', LIMIT_SECONDS, runs)
}
