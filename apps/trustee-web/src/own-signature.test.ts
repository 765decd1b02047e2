import { type BallotConfig, electionIdOf } from '@tongxin/ballot/config'
import { verifyConfigSignature } from '@tongxin/ballot/config-leaf'
import { holdCeremony, type TrusteeSecret } from '@tongxin/ballot/trustees'
import { beforeAll, describe, expect, it } from 'vitest'
import { ownSignature } from './own-signature.ts'

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
const PEOPLE = ['甲', '乙', '丙'].map((name) => ({ name, role: '监票人' }))
let config: BallotConfig
let secret: TrusteeSecret
let others: BallotConfig['trustees']

beforeAll(async () => {
  const [own, other] = [await holdCeremony(PEOPLE, 2, random), await holdCeremony(PEOPLE, 2, random)]
  // What a signature covers is the whole plan; what is compared here are these members of it.
  const plan = { title: '支部换届选举', election_key: own.electionKey, trustees: own.trustees, threshold: 2 }
  config = plan as unknown as BallotConfig
  secret = own.secrets[1] as TrusteeSecret
  others = other.trustees
}, 60_000)

describe('a trustee does not sign', () => {
  it.each<[string, () => Partial<BallotConfig>]>([
    ['a plan with another key', () => ({ election_key: 'A'.repeat(43) })],
    ['a plan that says more must come than the shares need', () => ({ threshold: 3 })],
    ['a plan with one trustee more', () => ({ trustees: [...config.trustees, ...others.slice(0, 1)] })],
    ['a plan whose trustees have her name and another key', () => ({ trustees: others })],
  ])('%s', (_, change) => {
    expect(ownSignature({ ...config, ...change() }, secret)).toBeNull()
  })
})

describe('the plan of her own ceremony', () => {
  it('is signed with the key that stands in it', () => {
    const own = ownSignature(config, secret)
    expect(own).toMatchObject({ electionId: electionIdOf(config), publicKey: config.trustees[1]?.key })
    expect(verifyConfigSignature(own?.electionId ?? '', own?.publicKey ?? '', own?.signature ?? '')).toBe(true)
  })
})
