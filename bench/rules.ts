import { createCipheriv, createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Cryptography, evaluateVectors } from '@tongxin/domain'
import { type Figure, medianOf, RUNS } from './figure.ts'

const LEAST = 10_000
const SECONDS = 2
const VECTORS = join(import.meta.dirname, '../test-data/domain/vectors.json')
const CRYPTOGRAPHY: Cryptography = {
  sm3Hex: (text) => createHash('sm3').update(text, 'utf8').digest('hex'),
  sm4EcbHex: (keyHex, blockHex) => {
    const cipher = createCipheriv('sm4-ecb', Buffer.from(keyHex, 'hex'), null).setAutoPadding(false)
    return cipher.update(blockHex, 'hex', 'hex') + cipher.final('hex')
  },
}

/** Evaluations of the statutes a second on one core: every case of the vectors over and over, compared with its answer. */
export async function rules(): Promise<Figure> {
  const vectors: unknown = JSON.parse(readFileSync(VECTORS, 'utf8'))
  const rate = (seconds: number) => {
    const began = performance.now()
    let cases = 0
    while (performance.now() - began < seconds * 1000) {
      const evaluation = evaluateVectors(vectors, CRYPTOGRAPHY)
      if (evaluation.failed.length > 0) throw new Error(`rules: ${evaluation.failed.length} cases fail`)
      cases += evaluation.cases
    }
    return Math.round((cases * 1000) / (performance.now() - began))
  }
  rate(0.5)
  const runs = Array.from({ length: RUNS }, () => rate(SECONDS))
  const ours = medianOf(runs)
  return { name: 'rules', ratio: null, ours, floor: null, limit: LEAST, ok: ours >= LEAST, unit: 'evaluations/s', runs }
}
