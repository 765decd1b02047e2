import { constants, createPrivateKey, generateKeyPairSync, privateDecrypt, randomBytes } from 'node:crypto'
import type { BallotConfig } from '@tongxin/ballot'
import { abreast, advance, anyChoice, drawFor, prepareElection } from '../apps/server/src/demo/ballot.ts'
import { openScratch } from '../apps/server/src/demo/ballot-scratch.ts'
import { type Device, type Drawn, openDevice } from '../apps/server/src/demo/ballot-voter.ts'
import { openSigner } from '../apps/server/src/modules/voting/signer.ts'
import { againstFloor, againstLimit, type Figure, percentilesOfThirds, worseOf } from './figure.ts'

const SIGNATURES = 300
/** Everybody of a large organisation; fewer come at the same rate for as long as they last. */
const VOTERS = 10_000
const MINUTES = 10
/** Requests of a second so that drawing and casting together fit the ten minutes. */
const RATE = (2 * VOTERS) / (MINUTES * 60)

const rateOf = async (work: () => Promise<void> | void): Promise<number> => {
  const began = performance.now()
  await work()
  return (SIGNATURES * 1000) / (performance.now() - began)
}

/** Blind signatures on the server's threads against Node's raw RSA operation alone, on one core each. */
export async function ballotIssue(): Promise<Figure> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 3072 })
  const key = createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' }))
  const values = Array.from({ length: SIGNATURES }, () => Buffer.concat([Buffer.of(0), randomBytes(383)]))
  const signer = openSigner(1)
  await signer.sign(key, values[0] as Buffer)
  try {
    return await againstFloor('ballot-issue', 'signatures/s', 0.8, 'more', {
      floor: () =>
        rateOf(() => values.forEach((value) => void privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, value))),
      ours: () => rateOf(async () => void (await Promise.all(values.map((value) => signer.sign(key, value))))),
    })
  } finally {
    await signer.close()
  }
}

/**
 * Members draw and cast at the rate at which ten thousand are done within ten minutes, each request begun at its time
 * whether or not the ones before were answered. What voters' own devices compute is done between the phases: it is not
 * the server's. A run is every third voter; its figure is the worse of the two 99th percentiles.
 */
export const ballotCast =
  (voters = VOTERS) =>
  async (): Promise<Figure> => {
    const scratch = await openScratch(voters)
    try {
      const { voteId, config, castOrigin } = await prepareElection(scratch)
      const devices = scratch.voters.map(() => openDevice(config as BallotConfig))
      const drawn: (readonly Drawn[])[] = []
      const drawing = await paced(devices, async (device, at) => {
        drawn[at] = await drawFor(scratch, voteId, scratch.voters[at] as string, device.papers)
      })
      await advance(scratch, voteId, 'drawing_closed')
      await advance(scratch, voteId, 'casting')
      const ballots = devices.map((device: Device, at) => JSON.stringify(device.ballots(drawn[at] ?? [], anyChoice)[0]))
      const casting = await paced(ballots, async (body) => {
        const headers = { 'content-type': 'application/json' }
        const answer = await fetch(`${castOrigin}/api/v1/cast/ballots`, { method: 'POST', headers, body })
        if (answer.status !== 200) throw new Error(`casting: ${answer.status} ${await answer.text()}`)
        await answer.arrayBuffer()
      })
      await advance(scratch, voteId, 'closed')
      return againstLimit('ballot-cast', 'ms (p99 of drawing and of casting)', 500, worseOf(drawing, casting))
    } finally {
      await scratch.close()
    }
  }

/** Begins each at its moment. @returns the 99th percentiles of every third answer, in milliseconds from that moment */
async function paced<T>(items: readonly T[], work: (item: T, at: number) => Promise<void>): Promise<number[]> {
  const began = performance.now()
  const took: number[] = []
  await abreast(items, items.length, async (item, at) => {
    const due = began + (at * 1000) / RATE
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())))
    await work(item, at)
    took[at] = performance.now() - due
  })
  return percentilesOfThirds(took)
}
